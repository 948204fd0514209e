"""Tables: as wide as the text, their cells in styles, their heads and feet in the table's style."""

from __future__ import annotations

from collections.abc import Iterator
from operator import gt

from faircopy.writers.columns import Cell, counted, shared
from faircopy.writers.docx.looks import style_id
from faircopy.writers.docx.ooxml import (
    PER_CENT,
    TWIPS,
    Element,
    give,
    local,
    make,
    properties,
    put,
    q,
    twips,
    value,
)
from faircopy.writers.docx.table_styles import PADDING, padding

_CELL_STYLES = {
    "": "Table Text",
    "left": "Table Text Left",
    "center": "Table Text Centred",
    "right": "Table Text Right",
}
_SET_APART = frozenset(
    style_id(name)
    for name in (
        "Source Code",
        "Block Text",
        "Verse",
        "Figure",
        "Captioned Figure",
        "Table Caption",
    )
)
"""Styles that a paragraph keeps within a cell; any other becomes the table's text."""
_LESS = 0.55
"""Share of the space beside its words that a table has which is too wide."""
_HEAVY = 1.08
"""By how much a word may be wider than its letters are on the average: a head's are bold."""
_LOOK = {
    "firstRow": 0x0020,
    "lastRow": 0x0040,
    "firstColumn": 0x0080,
    "lastColumn": 0x0100,
    "noHBand": 0x0200,
    "noVBand": 0x0400,
}
"""Bits of the older form of ``w:tblLook`` (ECMA-376, 17.4.55)."""


def dress(body: Element, width: float, size: float, *, rtl: bool = False) -> None:
    """Give every table in the text its width, its looks and space around it.

    ``width`` is the text's and ``size`` the tables' type's, in points. Columns keep the
    proportions that pandoc wrote, unless a word has no room in its own.
    """
    for table in list(body.iter(q("tbl"))):
        _size(table, rtl=rtl)
        _share(table, width, size)
        for row in table.findall(q("tr")):
            put(properties(row, "trPr"), make("cantSplit"))
        for cell in table.iter(q("tc")):
            _dress_cell(cell)
        _set_off(table)


def _size(table: Element, *, rtl: bool) -> None:
    about = properties(table, "tblPr")
    put(about, make("tblW", w=100 * PER_CENT, type="pct"))
    if rtl:
        put(about, make("bidiVisual"))
    look = about.find(q("tblLook"))
    if look is not None:
        give(look, lastRow=_has_foot(table), firstColumn=_has_heads(table))
        give(look, noHBand=True, noVBand=True)
        on = sum(bit for name, bit in _LOOK.items() if value(look, name) == "1")
        give(look, val=f"{on:04X}")


def _share(table: Element, width: float, size: float) -> None:
    """Say how wide each column is; a table that is too wide has less space beside its words."""
    columns = list(table.iter(q("gridCol")))
    total = sum(int(value(column, "w") or 0) for column in columns) or 1
    widths = [width * int(value(column, "w") or 0) / total for column in columns]
    needs = counted(_rows(table))
    words = [word * size * _HEAVY for word in needs.words]
    beside = 2 * PADDING[1] / TWIPS
    if len(words) == len(widths) and any(map(gt, words, (own - beside for own in widths))):
        if sum(words) + beside * len(words) > width:
            beside *= _LESS
            put(properties(table, "tblPr"), padding(PADDING[0], round(PADDING[1] * _LESS)))
        room = width - beside * len(words)
        lines = [line * size for line in needs.lines]
        widths = [own + beside for own in shared(words, lines, room)]
    for column, own in zip(columns, widths, strict=True):
        give(column, w=twips(own))


def _rows(table: Element) -> Iterator[list[Cell]]:
    for row in table.findall(q("tr")):
        yield [Cell(_words(cell), _span(cell)) for cell in row.findall(q("tc"))]


def _words(cell: Element) -> str:
    return " ".join(
        "".join(text.text or "" for text in paragraph.iter(q("t")))
        for paragraph in cell.iter(q("p"))
    )


def _span(cell: Element) -> int:
    span = cell.find(f"{q('tcPr')}/{q('gridSpan')}")
    return 1 if span is None else int(value(span))


def _marked(cell: Element | None, style: str) -> bool:
    """Whether a cell's text has a style that ``roles`` marked it with."""
    if cell is None:
        return False
    return any(value(found) == style_id(style) for found in cell.iter(q("pStyle")))


def _has_foot(table: Element) -> bool:
    rows = table.findall(q("tr"))
    return bool(rows) and _marked(rows[-1].find(q("tc")), "Table Foot")


def _has_heads(table: Element) -> bool:
    return any(_marked(row.find(q("tc")), "Table Head") for row in table.findall(q("tr")))


def _dress_cell(cell: Element) -> None:
    for paragraph in cell.iter(q("p")):
        formats = properties(paragraph, "pPr")
        style, align = formats.find(q("pStyle")), formats.find(q("jc"))
        if style is not None and value(style) in _SET_APART:
            continue
        kind = "" if align is None else value(align)
        put(formats, make("pStyle", val=style_id(_CELL_STYLES.get(kind, "Table Text"))))
        if align is not None:
            formats.remove(align)


def _set_off(table: Element) -> None:
    """Put empty lines around a table, which has no space of its own in Word.

    They also keep two tables apart: Word joins those that touch.
    """
    parent = table.getparent()
    if parent is None or local(parent) != "body":
        return
    table.addnext(_gap())
    before = table.getprevious()
    while before is not None and local(before) in ("bookmarkStart", "bookmarkEnd"):
        before = before.getprevious()
    style = None if before is None else before.find(f"{q('pPr')}/{q('pStyle')}")
    if style is None or value(style) != style_id("Table Caption"):
        table.addprevious(_gap())


def _gap() -> Element:
    return make("p", make("pPr", make("pStyle", val=style_id("Table Space"))))
