"""Tables: as wide as the text, their cells in styles, their heads and feet in the table's style."""

from __future__ import annotations

from pipeline.writers.docx.looks import style_id
from pipeline.writers.docx.ooxml import (
    PER_CENT,
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

_CELL_STYLES = {
    "": "Table Text",
    "left": "Table Text",
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
_LOOK = {
    "firstRow": 0x0020,
    "lastRow": 0x0040,
    "firstColumn": 0x0080,
    "lastColumn": 0x0100,
    "noHBand": 0x0200,
    "noVBand": 0x0400,
}
"""Bits of the older form of ``w:tblLook`` (ECMA-376, 17.4.55)."""


def dress(body: Element, width: float, *, rtl: bool = False) -> None:
    """Give every table in the text its width, its looks and space around it.

    ``width`` is the text's, in points. Columns keep the proportions that pandoc wrote.
    """
    for table in list(body.iter(q("tbl"))):
        _size(table, width, rtl=rtl)
        for row in table.findall(q("tr")):
            put(properties(row, "trPr"), make("cantSplit"))
        for cell in table.iter(q("tc")):
            _dress_cell(cell)
        _set_off(table)


def _size(table: Element, width: float, *, rtl: bool) -> None:
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
    columns = list(table.iter(q("gridCol")))
    total = sum(int(value(column, "w") or 0) for column in columns) or 1
    for column in columns:
        share = int(value(column, "w") or 0) / total
        give(column, w=round(twips(width) * share))


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
