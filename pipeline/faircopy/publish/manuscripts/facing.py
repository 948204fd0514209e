"""What came of a file that was imported: its pages at the left, the text of them at the right.

LibreOffice sets the original, in its cage; where it is missing, or makes nothing of the file, that
is said and the text stands alone. Markdown stands at the left as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

import msgspec
import pypdfium2

from faircopy.core.diagnostics import ToolError
from faircopy.intake import TXT, markdown, plain
from faircopy.publish.manuscripts.leaf import h, leaf, picture
from faircopy.revision.lines import NOTE, THING, Line, Look, Piece, every, seen
from faircopy.writers.markup import Element

_SCALE = 96 / 72
"""Pixels a point: as large as on a screen."""
_MOST = 200
"""Pages that are shown; a hundred of them have some 6 MB."""
_AHEAD = 3
"""Pages further on that a paragraph may begin at."""
_BEGINNING = 40
"""Letters by which a paragraph is known on a page."""
_TAGS = {
    Look.EMPH: "em",
    Look.STRONG: "strong",
    Look.STRIKE: "s",
    Look.SUPER: "sup",
    Look.SUB: "sub",
    Look.UNDER: "u",
    Look.CODE: "code",
}
_THING = "[picture or formula]"
_CSS = """
.facing { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; max-width: 100rem;
  border-top: 1px solid var(--rule); padding-top: 1rem; }
.facing p { margin: 0 0 .6rem; }
.kind { color: var(--open); font-size: .75rem; }
.heading { font-weight: 600; }
.note { font-size: .85rem; padding-left: 1.5rem; }
pre { white-space: pre-wrap; margin: 0; }
@media (max-width: 40rem) { .facing { grid-template-columns: 1fr; } }
"""

Told = Sequence[tuple[str, Sequence[str]]]
"""What is said of an import: a heading, and what stands under it."""


class _Original(msgspec.Struct):
    """What stands at the left: pages, or a text, or why there is neither."""

    pdf: bytes = b""
    text: str = ""
    why: str = ""


def page(name: str, data: bytes, lines: Sequence[Line], told: Told) -> bytes:
    """Return the page of a file of a name, its bytes, and the lines that came of it."""
    original = _original(name, data)
    facts = [
        h("section", h("h2", head), h("ul", *(h("li", one) for one in items)))
        for head, items in told
        if items
    ]
    missing = "" if lines else "The text is not shown: it cannot be read until it is mended."
    why = [h("p", one, class_="open") for one in (original.why, missing) if one]
    said = h("h2", "The text as it was taken")
    return leaf(f"Import of {name}", _CSS, *facts, said, *why, *_facing(original, lines))


def _original(name: str, data: bytes) -> _Original:
    from faircopy.proof import office

    form = PurePath(name).suffix.lower()
    if form in markdown.MD:
        return _Original(text=plain.decoded(data, name))
    if form == TXT:
        data = plain.decoded(data, name).encode("utf-8-sig")
    try:
        made = office.converted(data, "pdf", form.removeprefix("."))
    except ToolError as error:
        said = " ".join(f"{one.said} {one.remedy}" for one in error.diagnostics)
        return _Original(why=f"The pages of the original are not shown. {said}")
    if made is None:
        return _Original(why="The pages of the original are not shown: LibreOffice reads none.")
    return _Original(pdf=made)


def _facing(original: _Original, lines: Sequence[Line]) -> Iterator[Element]:
    if not original.pdf:
        text = h("div", *map(_line, every(lines)))
        if original.text:
            yield h("div", h("div", h("pre", original.text)), text, class_="facing")
        else:
            yield text
        return
    with pypdfium2.PdfDocument(original.pdf) as pdf:
        pages = [_bare(one.get_textpage().get_text_range()) for one in pdf]
        for number, stretch in enumerate(_parted(lines, pages)):
            left: list[Element] = []
            if number < _MOST:
                image = pdf[number].render(scale=_SCALE).to_pil().convert("RGB")
                left.append(h("figure", picture(image, f"page {number + 1}"), class_="page"))
            right = h("div", *map(_line, every(stretch)))
            head = h("h3", f"Page {number + 1}")
            yield h("section", head, h("div", h("div", *left), right, class_="facing"))


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", seen(text)).casefold()


def _parted(lines: Sequence[Line], pages: Sequence[str]) -> list[list[Line]]:
    """Return the lines of each page: a line is of that on which it begins, else of the last."""
    out: list[list[Line]] = [[] for _ in pages]
    at = 0
    for line in lines:
        begins = _bare(line.text)[:_BEGINNING]
        ahead = range(at, min(at + _AHEAD + 1, len(pages)))
        at = next((number for number in ahead if begins and begins in pages[number]), at)
        if out:
            out[at].append(line)
    return out


def _line(line: Line) -> Element:
    name, _, _ = line.kind.partition(" ")
    label: list[Element | str] = []
    if line.kind != "text":
        label = [h("span", line.kind, class_="kind"), " "]
    return h("p", *label, *map(_piece, line.pieces), class_=name)


def _piece(piece: Piece) -> Element | str:
    text = piece.text.replace(NOTE, "").replace(THING, _THING)
    looks = sorted(piece.looks & _TAGS.keys())
    if not looks:
        return text
    made = h(_TAGS[looks[0]], text)
    for look in looks[1:]:
        made = h(_TAGS[look], made)
    return made
