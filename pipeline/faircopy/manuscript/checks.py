"""What must be right in a manuscript's tree before it is given its structure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Blocks, Node
from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.core.limits import ID, NESTING
from faircopy.manuscript import hypertext
from faircopy.manuscript.depths import deepest
from faircopy.manuscript.finder import Finder, short
from faircopy.manuscript.notes import AlternativeText, within_notes
from faircopy.manuscript.raw import without_any_code
from faircopy.manuscript.source import Source
from faircopy.passes.addresses import SCHEMES, scheme

_WORDS = (ast.Str, ast.Space, str)
_WRITTEN = (ast.Str, ast.Code, ast.CodeBlock, ast.Math, ast.Image)
_LONGEST_ID = 40
"""Characters of a bookmark's name in Word."""


class Checked(msgspec.Struct, frozen=True):
    """A tree without what no edition may show, and what was found in it."""

    blocks: Blocks
    diagnostics: tuple[Diagnostic, ...]


def check(blocks: Blocks, source: Source) -> Checked:
    """Check headings, ids, links, raw markup and depth; drop what cannot be shown safely."""
    found: list[Diagnostic] = [*_depth(blocks, source)]
    if not found and (read := hypertext.read(blocks)) is not blocks:
        blocks = read
        found += _depth(blocks, source)
    if found:
        return Checked((), tuple(found))
    finder = Finder(source)
    alt = AlternativeText(blocks, finder)
    blocks = ast.rewrite(blocks, alt.change, ast.Image)
    found += alt.found
    ids = [*_ids(blocks)]
    found += _headings(blocks, source)
    found += within_notes(blocks, finder)
    found += _duplicates(ids, source)
    found += _written_ids(ids, source)
    clean = _Cleaner(frozenset(ids), source, finder)
    blocks = ast.rewrite(blocks, clean.change, ast.Link, ast.RawInline, ast.RawBlock)
    if not any(ast.find(blocks, *_WRITTEN)):
        found.append(
            Diagnostic(
                "manuscript-empty",
                Severity.ERROR,
                "the manuscript has no text under its front matter",
                "Write the text after the closing ---.",
                source.place(source.body),
            )
        )
    return Checked(blocks, (*found, *clean.found))


class _Cleaner:
    """Takes out raw markup and unsafe or dead links, and keeps account of it."""

    def __init__(self, ids: frozenset[str], source: Source, finder: Finder) -> None:
        self._ids = ids
        self._source = source
        self._finder = finder
        self.found: list[Diagnostic] = []

    @cached_property
    def _raw(self) -> Finder:
        """Finds tags where they are meant: the same in code is text."""
        return Finder(self._source, without_any_code(self._source.text))

    def change(self, node: Node) -> Node | tuple[Node, ...]:
        match node:
            case ast.RawInline() | ast.RawBlock():
                if not node.text.strip().startswith("<!--"):
                    self.found.append(
                        Diagnostic(
                            "raw-markup",
                            Severity.WARNING,
                            f"raw {node.format} “{short(node.text)}” is left out: no edition "
                            "shows it",
                            hypertext.remedy(node),
                            self._place(node),
                        )
                    )
                return ()
            case ast.Link():
                return self._link(node)
        return node

    def _place(self, node: ast.RawInline | ast.RawBlock) -> Place:
        """Return where raw markup stands: bare, or as code that says that it is none."""
        first = node.text.split("\n")[0]
        for written in (f"{first}`{{={node.format}}}", f"{{={node.format}}}\n{first}"):
            if written in self._source.text:
                return self._finder.next(written)
        return self._raw.next(first)

    def _link(self, link: ast.Link) -> Node | tuple[Node, ...]:
        url = link.url
        kind = scheme(url)
        if not link.inlines:
            self._say(
                "link-empty",
                Severity.WARNING,
                f"the link to “{short(url)}” has no words, so that no edition shows it",
                "Write [words](address), or <address> to show the address itself.",
                f"]({url}" if url else "]()",
            )
        elif url.startswith("#"):
            if url[1:] in self._ids or url == "#":
                return link
            near = f" “{url}”"
            self._say(
                "link-dead",
                Severity.ERROR,
                f"the link{near} leads to no heading or id of this manuscript",
                "Correct the id, or give the place that is meant one: {#id}.",
                url,
            )
        elif kind in SCHEMES:
            return link
        elif kind:
            self._say(
                "link-scheme",
                Severity.WARNING,
                f"the link to “{short(url)}” is left out: {kind}: is not a safe scheme",
                f"Use one of {', '.join(SCHEMES)}.",
                url,
            )
        else:
            self._say(
                "link-relative",
                Severity.WARNING,
                f"the link to “{short(url)}” is left out: no edition contains that file",
                "Link to a full address, or to a heading of this manuscript: (#id).",
                url,
            )
        return link.inlines

    def _say(self, code: str, severity: Severity, message: str, remedy: str, needle: str) -> None:
        place = self._finder.next(needle)
        self.found.append(Diagnostic(code, severity, message, remedy, place))


def _ids(blocks: Blocks) -> Iterator[str]:
    for node in ast.find(blocks, *_ATTRIBUTED):
        assert isinstance(node, _ATTRIBUTED)
        if node.attr.id:
            yield node.attr.id
        if isinstance(node, ast.Table):
            parts = (node.head.attr, node.foot.attr, *(body.attr for body in node.bodies))
            yield from (part.id for part in parts if part.id)


_ATTRIBUTED = (
    ast.Span,
    ast.Header,
    ast.Div,
    ast.Link,
    ast.Image,
    ast.Code,
    ast.CodeBlock,
    ast.Table,
    ast.Figure,
)


def _duplicates(ids: list[str], source: Source) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for id in ids:
        if id in seen:
            uses = [m.start() for m in re.finditer(rf"#{re.escape(id)}(?![\w-])", source.text)]
            place = source.place(uses[1] if len(uses) > 1 else source.body)
            yield Diagnostic(
                "duplicate-id",
                Severity.ERROR,
                f"the id “{id}” is given twice",
                "Change one of the two; an id names one place.",
                place,
            )
        seen.add(id)


def _written_ids(ids: list[str], source: Source) -> Iterator[Diagnostic]:
    """Ids of the author's that could not be a name in every edition; pandoc's own are right."""
    for id in dict.fromkeys(ids):
        if re.fullmatch(r"[\w.:-]+", id) and len(id) <= ID.most:
            continue
        at = source.text.find(f"#{id}", source.body)
        if at >= 0:
            yield Diagnostic(
                "id-unfit",
                Severity.ERROR,
                f"the id “{short(id)}” cannot be a name in every edition",
                f"Write letters, digits, hyphens, full stops and colons, at most {ID.most}.",
                source.place(at),
            )


def _headings(blocks: Blocks, source: Source) -> Iterator[Diagnostic]:
    """A heading may be one level deeper than the last, not more (WCAG technique G141)."""
    finder = Finder(source)
    last: int | None = None
    for node in ast.find(blocks, ast.Header):
        first = next((word.c for word in ast.find(node.inlines, ast.Str)), "")
        place = finder.next("#" * node.level + (f" {first}" if first else "\n"))
        if (last is None and node.level > 2) or (last is not None and node.level > last + 1):
            above = last or 1
            yield Diagnostic(
                "heading-skipped",
                Severity.ERROR,
                f"a heading of level {node.level} follows one of level {above}",
                f"Make it a heading of level {above + 1}: {'#' * (above + 1)}",
                place,
            )
        if not ast.text(node.inlines).strip():
            yield Diagnostic(
                "heading-empty",
                Severity.ERROR,
                "a heading has no words",
                "Write the heading, or delete its line.",
                place,
            )
        last = node.level


def _depth(blocks: Blocks, source: Source) -> Iterator[Diagnostic]:
    stack: list[tuple[object, int]] = [(blocks, 0)]
    while stack:
        value, depth = stack.pop()
        if depth > NESTING.most:
            yield too_deep(source)
            return
        if isinstance(value, msgspec.Struct):
            deeper = depth + isinstance(value, Node)
            stack += [(getattr(value, name), deeper) for name in value.__struct_fields__]
        elif isinstance(value, tuple):
            few = depth < NESTING.most  # most of a text has nothing inside
            stack += [(item, depth) for item in value if not (few and isinstance(item, _WORDS))]


def too_deep(source: Source) -> Diagnostic:
    """Return the finding that a manuscript nests too deep."""
    return Diagnostic(
        "nesting-too-deep",
        Severity.ERROR,
        f"lists, quotations or emphasis nest more than {NESTING.most} deep",
        "Flatten them.",
        source.place(deepest(source)),
    )


def long_ids(blocks: Blocks, places: dict[str, Place]) -> Iterator[Diagnostic]:
    """Note explicit ids that Word cannot hold as a bookmark's name."""
    for id in _ids(blocks):
        if len(id) > _LONGEST_ID:
            yield Diagnostic(
                "id-long",
                Severity.NOTE,
                f"the id “{short(id, 50)}” has {len(id)} characters; Word's bookmarks have 40",
                "Give the heading a short id of its own: {#short-id}.",
                places.get(id),
            )
