"""Raw markup and links that lead nowhere or are not safe: taken out of a tree, and told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from faircopy.core import ast
from faircopy.core.ast import Node
from faircopy.core.diagnostics import Diagnostic, Place, Severity, together
from faircopy.manuscript import hypertext
from faircopy.manuscript.finder import Finder, short
from faircopy.manuscript.raw import without_any_code
from faircopy.manuscript.source import Source
from faircopy.passes.addresses import SCHEMES, encoded, is_sound, scheme

_OF_TABLES = frozenset(("caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"))


_DEAD = "link-dead"


class Cleaner:
    """Takes out raw markup and unsafe or dead links, and keeps account of it."""

    def __init__(self, ids: frozenset[str], source: Source, finder: Finder) -> None:
        """``ids`` are those that a link may lead to; ``finder`` knows where things stand."""
        self._ids = ids
        self._source = source
        self._finder = finder
        self._found: list[Diagnostic] = []
        self._opened: Counter[str] = Counter()

    @cached_property
    def _raw(self) -> Finder:
        """Finds tags where they are meant: the same in code is text."""
        return self._finder.among(without_any_code(self._source.text))

    def told(self) -> Iterator[Diagnostic]:
        """Yield what was found; dead links to one place are one finding."""
        dead: dict[str, list[Diagnostic]] = {}
        for item in self._found:
            if item.code == _DEAD:
                dead.setdefault(item.message, []).append(item)
            else:
                yield item
        yield from map(together, dead.values())

    def change(self, node: Node) -> Node | tuple[Node, ...]:
        """Return a node as it may stay, or what stays in its place."""
        match node:
            case ast.RawInline() | ast.RawBlock():
                place = self._place(node)
                if not node.text.strip().startswith("<!--") and not self._is_told(node):
                    self._found.append(
                        Diagnostic(
                            "raw-markup",
                            Severity.WARNING,
                            f"raw {node.format} “{short(node.text)}” is left out: no edition "
                            "shows it",
                            hypertext.remedy(node),
                            place,
                        )
                    )
                return ()
            case ast.Link():
                return self._link(node)
        return node

    def _is_told(self, node: ast.RawInline | ast.RawBlock) -> bool:
        """Whether a tag ends, or is a part of, an element that is told already."""
        found = hypertext.tag(node)
        if found is None or not found.alone:
            return False
        if found.ends:
            self._opened[found.name] -= 1
            return self._opened[found.name] >= 0
        self._opened[found.name] = max(0, self._opened[found.name]) + 1
        return found.name in _OF_TABLES and self._opened["table"] > 0

    def _place(self, node: ast.RawInline | ast.RawBlock) -> Place:
        """Return where raw markup stands: bare, or as code that says that it is none."""
        first = node.text.split("\n")[0]
        for written in (f"{first}`{{={node.format}}}", f"{{={node.format}}}\n{first}"):
            if written in self._source.text:
                return self._finder.next(written)
        return self._raw.next(first)

    def _link(self, link: ast.Link) -> Node | tuple[Node, ...]:
        """Return a link as it may stay: breaks at its edges stand beside it, and are no part of it.

        A line of a link that shows nothing has no words that a screen reader could say.
        """
        before, words, after = _edges(link.inlines)
        if not words:
            return self._held(link, link.inlines)
        held = self._held(ast.Link((link.attr, words, (link.url, link.title))), words)
        return (*before, *(held if isinstance(held, tuple) else (held,)), *after)

    def _held(self, link: ast.Link, words: ast.Inlines) -> Node | tuple[Node, ...]:
        url = link.url
        kind = scheme(url)
        if not _edges(words)[1]:
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
            self._say(
                _DEAD,
                Severity.ERROR,
                f"the link “{url}” leads to no heading or id of this manuscript",
                "Correct the id, or give the place that is meant one: {#id}.",
                url,
            )
        elif kind in SCHEMES and is_sound(url):
            right = encoded(url)
            return (
                link if right == url else ast.Link((link.attr, link.inlines, (right, link.title)))
            )
        elif kind in SCHEMES:
            self._say(
                "link-address",
                Severity.WARNING,
                f"the link to “{short(url)}” is left out: that is no address",
                "Correct the address: a name or number of a host, and perhaps a port and a path.",
                url,
            )
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
        self._found.append(Diagnostic(code, severity, message, remedy, place))


def _edges(inlines: ast.Inlines) -> tuple[ast.Inlines, ast.Inlines, ast.Inlines]:
    """Return the breaks and spaces that inlines begin with, the rest, and those at the end."""
    gaps = (ast.Space, ast.SoftBreak, ast.LineBreak)
    start, end = 0, len(inlines)
    while start < end and isinstance(inlines[start], gaps):
        start += 1
    while start < end and isinstance(inlines[end - 1], gaps):
        end -= 1
    return inlines[:start], inlines[start:end], inlines[end:]
