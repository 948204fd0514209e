"""The texts of the front matter pass the checks of the text, before they become metadata."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Inlines, MetaValue, Node
from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.manuscript import hypertext
from faircopy.manuscript.cleaning import Cleaner
from faircopy.manuscript.finder import Finder, short
from faircopy.manuscript.source import Source


class Cleaned(msgspec.Struct, frozen=True):
    """Metadata without what no edition may show, and what was found in it."""

    meta: dict[str, MetaValue]
    diagnostics: tuple[Diagnostic, ...]


def clean(
    meta: Mapping[str, MetaValue], passed: frozenset[str], ids: frozenset[str], source: Source
) -> Cleaned:
    """Read tags as in the text; take out unsafe links, raw markup and pictures.

    Args:
        meta: as pandoc read it.
        passed: keys that are checked elsewhere, or are published nowhere.
        ids: what a link may lead to.
        source: the manuscript, for the places.
    """
    found: list[Diagnostic] = []
    out = dict(meta)
    for key, value in meta.items():
        if key in passed or key.startswith("x-"):
            continue
        place = source.keys.get(key, Place(source.name, 1, 1))
        cleaner = Cleaner(ids, source, Finder(source, start=place))
        pictures = _Pictures(key, place)
        read = ast.rewrite(hypertext.read_value(value), _as_letters, ast.RawInline)
        read = ast.rewrite(read, pictures.change, ast.Image)
        out[key] = ast.rewrite(read, cleaner.change, ast.Link, ast.RawInline, ast.RawBlock)
        found += (*pictures.found, *cleaner.told())
    return Cleaned(out, tuple(found))


def _as_letters(node: Node) -> Node:
    """What looks like TeX in a line of YAML is a path or a name."""
    if isinstance(node, ast.RawInline) and node.format == "tex":
        return ast.Str(node.text)
    return node


class _Pictures:
    """Puts a picture's words in its place: titles are shown where no picture can be."""

    def __init__(self, key: str, place: Place) -> None:
        self._key = key
        self._place = place
        self.found: list[Diagnostic] = []

    def change(self, node: Node) -> Node | Inlines:
        if not isinstance(node, ast.Image):
            return node
        self.found.append(
            Diagnostic(
                "front-matter-image",
                Severity.WARNING,
                f"the image “{short(node.url)}” in “{self._key}” is left out: it is shown where no "
                "image can be",
                "Put the image into the text.",
                self._place,
            )
        )
        return node.inlines
