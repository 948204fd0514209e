"""Lists: the styles of their items, and the marks and indents of their levels."""

from __future__ import annotations

from faircopy.writers.docx.looks import style_id
from faircopy.writers.docx.ooxml import Element, make, put, q, twips, value

_NO_MARK = "1000"
"""Pandoc's numbering for an item's further paragraphs: it has no mark."""
_HEX = 8
_TASK = style_id("List Task")
_PLAIN = frozenset({style_id(name) for name in ("Compact", "First Paragraph", "Body Text")} | {""})
_BULLETS = ("•", "–", "·")


def style_items(body: Element, numbering: Element) -> None:
    """Give the paragraphs of lists the styles List Bullet, List Number or List Continue."""
    formats = _formats(numbering)
    for paragraph in body.iter(q("pPr")):
        number = paragraph.find(q("numPr"))
        if number is None:
            continue
        style = paragraph.find(q("pStyle"))
        name = "" if style is None else value(style)
        id_, level = (number.find(q(tag)) for tag in ("numId", "ilvl"))
        if id_ is None or level is None:
            continue
        if name == _TASK:
            put(number, make("numId", val=_NO_MARK))
        elif name in _PLAIN:
            kind = formats.get((value(id_), value(level)), "")
            put(paragraph, make("pStyle", val=_style(value(id_), kind)))


def _style(number: str, kind: str) -> str:
    if number == _NO_MARK:
        return style_id("List Continue")
    return style_id("List Bullet" if kind == "bullet" else "List Number")


def _formats(numbering: Element) -> dict[tuple[str, str], str]:
    """Return the format of each level of each numbering: ``bullet``, ``decimal`` and the like."""
    abstract = {
        value(one, "abstractNumId"): {
            value(level, "ilvl"): _format(level) for level in one.iter(q("lvl"))
        }
        for one in numbering.iter(q("abstractNum"))
    }
    out: dict[tuple[str, str], str] = {}
    for number in numbering.iter(q("num")):
        rests_on = number.find(q("abstractNumId"))
        levels = abstract.get("" if rests_on is None else value(rests_on), {})
        out |= {(value(number, "numId"), level): kind for level, kind in levels.items()}
    return out


def _format(level: Element) -> str:
    found = level.find(q("numFmt"))
    return "" if found is None else value(found)


def set_levels(numbering: Element, step: float) -> None:
    """Indent each level by ``step`` points more, and mark bullets with signs of the text's font.

    Numbers of two or more digits push their text on by a tab, as they do in Word.
    """
    for level in numbering.iter(q("lvl")):
        depth = int(value(level, "ilvl"))
        paragraph = level.find(q("pPr"))
        if paragraph is None:
            paragraph = make("pPr")
            level.append(paragraph)
        indent = make("ind", left=twips(step * (depth + 1)), hanging=twips(step))
        put(paragraph, indent)
        sign = level.find(q("lvlText"))
        if _format(level) != "bullet" or sign is None or not value(sign).strip():
            continue
        sign.set(q("val"), _BULLETS[depth % len(_BULLETS)])
        for formats in level.findall(q("rPr")):
            level.remove(formats)


def shorten_ids(numbering: Element) -> None:
    """Cut what tells one list from another to eight hexadecimal digits: Word mends longer ones.

    Pandoc 3.9 writes a list's first number into it (``nsid`` and ``tmpl`` are ST_LongHexNumber,
    ECMA-376 Part 1, 17.18.50: four bytes).
    """
    for mark in numbering.iter(q("nsid"), q("tmpl")):
        mark.set(q("val"), value(mark)[-_HEX:].rjust(_HEX, "0"))
