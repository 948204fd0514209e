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
_PLAIN = frozenset({style_id(name) for name in ("Compact", "First Paragraph", "Body Text")} | {""})
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
    """Give every table in the text its width, its looks and an end.

    ``width`` is the text's, in points. Columns keep the proportions that pandoc wrote.
    """
    for table in body.iter(q("tbl")):
        _size(table, width, rtl=rtl)
        for row in table.findall(q("tr")):
            put(properties(row, "trPr"), make("cantSplit"))
        for cell in table.iter(q("tc")):
            _dress_cell(cell)
        _end(table)


def _size(table: Element, width: float, *, rtl: bool) -> None:
    about = properties(table, "tblPr")
    put(about, make("tblW", w=100 * PER_CENT, type="pct"))
    if rtl:
        put(about, make("bidiVisual"))
    look = about.find(q("tblLook"))
    foot = _has_foot(table)
    if look is not None:
        give(look, lastRow=foot, noHBand=True, noVBand=True)
        on = sum(bit for name, bit in _LOOK.items() if value(look, name) == "1")
        give(look, val=f"{on:04X}")
    columns = list(table.iter(q("gridCol")))
    total = sum(int(value(column, "w") or 0) for column in columns) or 1
    for column in columns:
        share = int(value(column, "w") or 0) / total
        give(column, w=round(twips(width) * share))


def _has_foot(table: Element) -> bool:
    """Pandoc writes a table's foot as rows like any other; it marks them with ``w:cnfStyle``."""
    rows = table.findall(q("tr"))
    last = rows[-1].find(f"{q('trPr')}/{q('cnfStyle')}") if rows else None
    return last is not None and value(last, "lastRow") == "1"


def _dress_cell(cell: Element) -> None:
    for paragraph in cell.iter(q("p")):
        formats = properties(paragraph, "pPr")
        style, align = formats.find(q("pStyle")), formats.find(q("jc"))
        if style is not None and value(style) not in _PLAIN:
            continue
        kind = "" if align is None else value(align)
        put(formats, make("pStyle", val=style_id(_CELL_STYLES.get(kind, "Table Text"))))
        if align is not None:
            formats.remove(align)


def _end(table: Element) -> None:
    """Put an empty paragraph behind a table: Word joins two tables that touch."""
    if local(table.getparent()) == "body":
        style = make("pStyle", val=style_id("Table End"))
        table.addnext(make("p", make("pPr", style)))
