"""Pictures of the front matter that open a text: `lead-image` and `portrait`.

They become figures at the head of the text, so that every edition shows them with their words,
translators get these, and the proof holds them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from faircopy.core import ast
from faircopy.core.ast import Attr, Blocks, Inlines, MetaValue
from faircopy.core.diagnostics import Place
from faircopy.core.model import Metadata, Picture
from faircopy.manuscript.source import Source
from faircopy.manuscript.values import Wrong, inlines, near, one_of, string
from faircopy.passes import figures

KEYS = ("file", "alt", "caption", "credit", "spans")
_SAFE = "/:?#[]@!$&'()*+,;=%~"


def picture(value: MetaValue) -> Picture:
    """Read a picture: `file` and `alt`; `caption`, `credit` and `spans` where they are given."""
    if not isinstance(value, ast.MetaMap):
        raise Wrong(
            "has no keys under it",
            "Indent a line for each: “  file: lead.jpg” and “  alt: what it shows”; `caption` and "
            "`credit` may follow.",
        )
    given = value.c
    for key in given:
        if key not in KEYS:
            raise Wrong(f"has a key “{key}”{near(key, KEYS)}", f"Known are: {', '.join(KEYS)}.")
    made = Picture(
        file=_text(given, "file"),
        alt=_text(given, "alt"),
        caption=_inlines(given, "caption"),
        credit=_inlines(given, "credit"),
        spans=one_of(*figures.SPANS)(given["spans"]) if "spans" in given else "",
    )
    if not made.file:
        raise Wrong("has no “file”", "Name an image in the manuscript's folder: file: lead.jpg")
    if not made.alt:
        raise Wrong(
            "has no “alt”", "Say what the picture shows, for those who cannot see it: alt: A lake"
        )
    return made


def _text(given: Mapping[str, MetaValue], key: str) -> str:
    return string(given[key]).strip() if key in given else ""


def _inlines(given: Mapping[str, MetaValue], key: str) -> Inlines:
    return inlines(given[key]) if key in given else ()


def blocks(metadata: Metadata) -> Blocks:
    """Return the front matter's pictures as figures, in the order in which they are shown."""
    return tuple(_figure(name, found) for name, found in _given(metadata))


def used(metadata: Metadata, source: Source) -> tuple[tuple[str, Place], ...]:
    """Return their addresses, with the places of their keys."""
    start = Place(source.name, 1, 1)
    return tuple((address(found), source.keys.get(name, start)) for name, found in _given(metadata))


def places(found: Blocks, source: Source) -> dict[str, Place]:
    """Return the place of each unit in the figures ``found``: the key of its picture."""
    start = Place(source.name, 1, 1)
    return {
        span.attr.id: source.keys.get(name, start)
        for figure in found
        if isinstance(figure, ast.Figure)
        for name in figures.OPENING
        if name in figure.attr.classes
        for span in ast.find(figure, ast.Span)
        if span.attr.id
    }


def address(found: Picture) -> str:
    """Return a picture's path as the address that the tree has."""
    return quote(found.file, safe=_SAFE)


def _given(metadata: Metadata) -> Iterator[tuple[str, Picture]]:
    for name in figures.OPENING:
        found = getattr(metadata, name.replace("-", "_"))
        if found is not None:
            yield name, found


def _figure(name: str, found: Picture) -> ast.Figure:
    image = ast.Image((Attr(), figures.words(found.alt), (address(found), "")))
    credit = (ast.Span((Attr("", (figures.CREDIT,)), found.credit)),) if found.credit else ()
    words = (*found.caption, *_between(found), *credit)
    caption = ast.Caption(None, (ast.Plain(words),) if words else ())
    classes = (name, *((found.spans,) if found.spans else ()))
    return ast.Figure((Attr("", classes), caption, (ast.Plain((image,)),)))


def _between(found: Picture) -> Inlines:
    """Return what parts a caption and a credit: a line, where no mark ends the caption."""
    said = ast.text(found.caption).rstrip()
    if not said or not found.credit:
        return ()
    ended = unicodedata.category(said[-1]).startswith("P")
    return (ast.Space(),) if ended else (ast.LineBreak(),)
