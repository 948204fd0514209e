"""What must be right in a manuscript's tree before it is given its structure."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Blocks, Node
from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.core.limits import ID, NESTING
from faircopy.manuscript import hypertext
from faircopy.manuscript.cleaning import Cleaner
from faircopy.manuscript.depths import deepest
from faircopy.manuscript.finder import Finder, Headings, short
from faircopy.manuscript.ids import giving_way
from faircopy.manuscript.ids import ids as ids_of
from faircopy.manuscript.notes import AlternativeText, within_notes
from faircopy.manuscript.source import Source

_WORDS = (ast.Str, ast.Space, str)
_WRITTEN = (ast.Str, ast.Code, ast.CodeBlock, ast.Math, ast.Image)
_NEVER_IN_ID = re.compile(r"[\s!-,/;-@\[-^`{-~]")
"""Signs of ASCII that pandoc puts into no id that it makes of a heading's words."""
_LONGEST_ID = 40
"""Characters of a bookmark's name in Word."""


class Checked(msgspec.Struct, frozen=True):
    """A tree without what no edition may show, and what was found in it."""

    blocks: Blocks
    diagnostics: tuple[Diagnostic, ...]


def check(blocks: Blocks, source: Source) -> Checked:
    """Check headings, ids, links, raw markup and depth; drop what cannot be shown safely."""
    found: list[Diagnostic] = [*depth(blocks, source)]
    if not found and (read := hypertext.read(blocks)) is not blocks:
        blocks = read
        found += depth(blocks, source)
    if found:
        return Checked((), tuple(found))
    blocks = giving_way(blocks, source.text)
    finder = Finder(source)
    alt = AlternativeText(blocks, finder)
    blocks = ast.rewrite(blocks, alt.change, ast.Image)
    found += alt.found
    ids = [*ids_of(blocks)]
    found += _headings(blocks, source)
    found += within_notes(blocks, finder)
    found += _duplicates(ids, source)
    found += _written_ids(ids, source)
    clean = Cleaner(frozenset(ids), source, finder)
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
    return Checked(blocks, (*found, *clean.told()))


def _duplicates(ids: list[str], source: Source) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for id in ids:
        if id in seen:
            given = rf"(?:#|\b(?:id|name)\s*=\s*[\"']?){re.escape(id)}(?![\w-])"
            uses = [found.start() for found in re.finditer(given, source.text)]
            again = None if uses else _second_reference(source)
            if again:
                yield Diagnostic(
                    "duplicate-id",
                    Severity.ERROR,
                    f"The note {again[0]} has a heading and is referred to twice, so that the "
                    "heading would stand twice.",
                    "Write its heading as a paragraph, or refer to the note once.",
                    again[1],
                )
                continue
            place = source.place(uses[:2][-1]) if uses else Place(source.name)
            yield Diagnostic(
                "duplicate-id",
                Severity.ERROR,
                f"the id “{id}” is given twice",
                "Change one of the two; an id names one place.",
                place,
            )
        seen.add(id)


def _second_reference(source: Source) -> tuple[str, Place] | None:
    """Return the first note that is referred to a second time, and where that is."""
    seen: set[str] = set()
    for found in re.finditer(r"\[\^[^\]\s]+\](?!:)", source.text):
        if found[0] in seen:
            return found[0], source.place(found.start())
        seen.add(found[0])
    return None


def _written_ids(ids: list[str], source: Source) -> Iterator[Diagnostic]:
    """Ids of the author's that could not be a name in every edition; pandoc's own are right."""
    for id in dict.fromkeys(ids):
        if re.fullmatch(r"[\w.:-]+", id) and len(id) <= ID.most:
            continue
        found = None
        if id in source.text:  # most are pandoc's, of the words of a long heading
            written = re.compile(rf"#{re.escape(id)}|\bid\s*=\s*[\"']?{re.escape(id)}")
            found = written.search(source.text, source.body)
        if not found and _NEVER_IN_ID.search(id):
            found = re.compile(r"\bid\s*=").search(source.text, source.body)
        if found:
            yield Diagnostic(
                "id-unfit",
                Severity.ERROR,
                f"the id “{short(id)}” cannot be a name in every edition",
                f"Write letters, digits, hyphens, full stops and colons, at most {ID.most}.",
                source.place(found.start()),
            )


def _headings(blocks: Blocks, source: Source) -> Iterator[Diagnostic]:
    """A heading may be one level deeper than the last, not more (WCAG technique G141)."""
    places = Headings(source)
    headings = list(ast.find(blocks, ast.Header))
    # Where a text has no heading of level 1, those of level 2 stand right below its title.
    last = 0 if any(node.level == 1 for node in headings) else 1
    for node in headings:
        place = places.place(node)
        if node.level > last + 1:
            why = f"follows one of level {last}, which costs the PDF's claim to PDF/UA"
            if not last:
                why = "stands before those of level 1: in EPUB and web page a level is left out"
            yield Diagnostic(
                "heading-skipped",
                Severity.WARNING,
                f"a heading of level {node.level} {why}",
                f"Make it a heading of level {last + 1}: {'#' * (last + 1)}",
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


def depth(tree: object, source: Source) -> Iterator[Diagnostic]:
    """Find out, without calling itself, whether a tree nests deeper than what walks it can go."""
    stack: list[tuple[object, int]] = [(tree, 0)]
    while stack:
        value, depth = stack.pop()
        if depth > NESTING.most:
            yield too_deep(source)
            return
        if isinstance(value, dict):
            stack += [(item, depth) for item in value.values()]
        elif isinstance(value, msgspec.Struct):
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
    for id in ids_of(blocks):
        if len(id) > _LONGEST_ID:
            yield Diagnostic(
                "id-long",
                Severity.NOTE,
                f"the id “{short(id, 50)}” has {len(id)} characters; Word's bookmarks have 40",
                "Give the heading a short id of its own: {#short-id}.",
                places.get(id),
            )
