"""Styles that no look describes: the bare ones that Word wants, and the house's table."""

from __future__ import annotations

from faircopy.writers.docx.looks import Sheet, style_id
from faircopy.writers.docx.ooxml import EIGHTHS, Element, give, make, plain

_SIDES = ("top", "left", "bottom", "right")
_WORDS_PADDING = (0, 108)
PADDING = (60, 100)
"""Twips between a cell's text and its edges: above and below, at the sides."""


def bare(kind: str, name: str) -> Element:
    """Return the default style of a kind: it says nothing, and all others rest on it."""
    return make(
        "style",
        make("name", val=name),
        make("uiPriority", val=99),
        make("semiHidden"),
        make("unhideWhenUsed"),
        type=kind,
        default=True,
        styleId=style_id(name),
    )


def tables(sheet: Sheet) -> tuple[Element, Element]:
    """Return the bare table that every table rests on, and the house's, with its head and foot."""
    normal = bare("table", "Normal Table")
    give(normal, styleId="TableNormal")
    normal.append(make("tblPr", make("tblInd", w=0, type="dxa"), padding(*_WORDS_PADDING)))
    thin = max(2, round(sheet.hairline * EIGHTHS))
    borders = make(
        "tblBorders",
        _border("top", thin * 2, sheet.ink),
        _border("bottom", thin * 2, sheet.ink),
        _border("insideH", thin, sheet.rule),
    )
    head = make(
        "tcPr",
        make("tcBorders", _border("bottom", thin * 2, sheet.ink)),
        make("shd", val="clear", color="auto", fill=plain(sheet.tint)),
        make("vAlign", val="bottom"),
    )
    foot = make("tcPr", make("tcBorders", _border("top", thin * 2, sheet.ink)))
    table = make(
        "style",
        make("name", val="Table"),
        make("basedOn", val="TableNormal"),
        make("uiPriority", val=90),
        make("qFormat"),
        make("tblPr", borders, padding(*PADDING)),
        make("tblStylePr", make("pPr", make("keepNext")), _bold(), head, type="firstRow"),
        make("tblStylePr", _bold(), foot, type="lastRow"),
        make("tblStylePr", _bold(), type="firstCol"),
        type="table",
        customStyle=True,
        styleId="Table",
    )
    return normal, table


def padding(above: int, beside: int) -> Element:
    """Return the space within a table's cells, above and below their words and beside them."""
    widths = (above, beside, above, beside)
    return make(
        "tblCellMar",
        *(make(side, w=w, type="dxa") for side, w in zip(_SIDES, widths, strict=True)),
    )


def _border(side: str, size: int, colour: str) -> Element:
    return make(side, val="single", sz=size, space=0, color=plain(colour))


def _bold() -> Element:
    return make("rPr", make("b"), make("bCs"))
