"""Tables and formulas that are wider than their column, set so that they fit.

WeasyPrint 70 gives a table no less than its longest words need, and lets it stand over what is
beside it. Here that width is measured before the pages are made, and ``fitting`` says how the table
is set. A formula that stands alone spans the columns as well; the lines of a listing are wrapped,
and those that go on are indented. What fits is left as it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any, TypeAlias
from xml.etree import ElementTree

import msgspec
from weasyprint.formatting_structure import boxes
from weasyprint.formatting_structure.build import create_anonymous_boxes
from weasyprint.layout.preferred import table_and_columns_preferred_widths

from faircopy.writers.pdf import drawn
from faircopy.writers.pdf.fitting import Columns, Fit, fitted

Element: TypeAlias = ElementTree.Element

WIDE = "wide"
"""Class of what spans the columns of a page."""
TIGHT = "tight"
"""Class of a table with little space between its columns."""
BROKEN = "broken"
"""Class of a table whose words may be broken."""
HUNG = "hung"
"""Class of a listing whose lines are wrapped."""
LETTER = 0.6
"""Em that a letter of a listing is wide, by the fonts of fixed width."""
_SIDES = ("margin", "padding")


class Room(msgspec.Struct, frozen=True):
    """The widths that a page has, in pixels: of a column, and of all its text."""

    column: float
    page: float


# --- in WeasyPrint's boxes -----------------------------------------------------------------------


def fit(root: Any, context: Any, room: Room) -> bool:
    """Change the elements of what is too wide; whether there was any.

    Args:
        root: the box of the whole document, before it is laid out.
        context: WeasyPrint's state of the layout, which has the notes.
        room: the page's widths.
    """
    across = room.page if room.column < room.page else None
    found = [
        _fit(text, block, box, (context, within, across))
        for text in _texts(root)
        for block in text.children
        for box, within in _wide(block, room.column)
    ]
    found += [
        _fit(note, note, box, (context, within, None))
        for note in map(_whole, context.footnotes)
        for box, within in _wide(note, room.page)
    ]
    return any(found)


def _fit(text: Any, block: Any, box: Any, room: tuple[Any, float, float | None]) -> bool:
    """Change the element of a box that may be too wide; whether it is."""
    context, within, across = room
    if box.element_tag == "pre":
        spans = across if _alone(block, box) else None
        drawn = _draw(box, within, spans)
        if drawn and drawn < 0:
            _span(text.element, block.element)
        return bool(drawn) or _hang(box, within)
    if not box.is_table_wrapper:
        wide = across is not None and _alone_in(block, box, within)
        if wide:
            _span(text.element, block.element)
        return wide
    columns = _columns(context, box)
    how = fitted(columns, within, across if _alone(block, box) else None) if columns else Fit()
    _set(box.get_wrapped_table(), how)
    if how.spans:
        _span(text.element, block.element)
    return how != Fit()


def _whole(note: Any) -> Any:
    """Return a note with the boxes around its tables, which WeasyPrint makes late."""
    if note.element.find(".//table") is None:
        return note
    return create_anonymous_boxes(note.deepcopy())


def _texts(box: Any) -> Iterator[Any]:
    """Yield the boxes that hold the text's blocks."""
    for child in getattr(box, "children", ()):
        if "text" in _classes(child):
            yield child
        elif isinstance(child, boxes.BlockContainerBox):
            yield from _texts(child)


def _wide(box: Any, room: float) -> Iterator[tuple[Any, float]]:
    """Yield the tables, listings and displayed formulas of a block, with the width they have."""
    if box.is_table_wrapper or "math-display" in _classes(box):
        yield box, room
    elif isinstance(box, boxes.BlockContainerBox):
        within = room - _sides(box)
        if box.element_tag == "pre":
            yield box, within
            return
        for child in box.children:
            yield from _wide(child, within)


_ENDS = ("left", "right")


def _side(length: Any) -> float:
    pixels = length != "auto" and getattr(length, "unit", "").lower() == "px"
    return float(length.value) if pixels else 0.0


def _classes(box: Any) -> list[str]:
    return str(box.element.get("class", "")).split() if box.element is not None else []


def _alone(block: Any, box: Any) -> bool:
    """Whether a table is a block of the text, or in one that keeps it whole."""
    return block is box or (block.element_tag == "div" and list(block.children) == [box])


def _alone_in(block: Any, box: Any, room: float) -> bool:
    """Whether a formula is wider than ``room`` and all that its paragraph holds."""
    width = _side(box.style["width"])
    return width > room and block.element_tag == "p" and "image-alone" in _classes(block)


def _columns(context: Any, wrapper: Any) -> Columns | None:
    """Return what the columns of a table need, as WeasyPrint measures it."""
    table = wrapper.get_wrapped_table()
    cells = [cell for group in table.children for row in group.children for cell in row.children]
    if not cells:
        return None
    _, _, words, lines, *_ = table_and_columns_preferred_widths(context, wrapper, False)
    inner = sum(_side(cells[0].style[f"padding_{end}"]) for end in _ENDS)
    return Columns(
        tuple(max(0.0, word - inner) for word in words),
        tuple(max(0.0, line - inner) for line in lines),
        inner,
        float(table.style["font_size"]),
    )


# --- in the tree ---------------------------------------------------------------------------------


def _set(table: Any, how: Fit) -> None:
    """Give a table's element its size, and its cells their widths."""
    element: Element = table.element
    if how.scale < 1:
        _add_class(element, TIGHT)
        size, lead = table.style["font_size"], table.style["line_height"]
        line = lead.value if hasattr(lead, "value") else size * 1.2
        _add_style(element, f"font-size: {size * how.scale:.3f}px")
        _add_style(element, f"line-height: {line * (1 + how.scale) / 2:.3f}px")
    if how.widths:
        _add_class(element, BROKEN)
        row = next(iter(element.iter("tr")), ())
        at = 0
        for cell in row:
            count = int(cell.get("colspan", "1"))
            _add_style(cell, f"width: {sum(how.widths[at : at + count]):.3f}px")
            at += count


def _draw(listing: Any, room: float, across: float | None) -> float:
    """Set a drawing smaller that is too wide; return its share of its size.

    The share is 0 where the listing fits or is none, and below 0 where it spans the columns.
    """
    code = listing.element.find("code")
    lines = (code.text or "").split("\n") if code is not None and not len(code) else []
    if not drawn.is_drawing(lines):
        return 0.0
    size, lead = float(listing.style["font_size"]), listing.style["line_height"]
    wide = max(map(_letters, lines)) * LETTER * size
    share, spans = room / wide, False
    if share < drawn.SPANS and across is not None:
        share, spans = min(1.0, (across - _sides(listing)) / wide), True
    if share >= 1.0 and not spans:
        return 0.0
    if share < drawn.SMALLEST:
        return 0.0
    line = lead.value if hasattr(lead, "value") else size * 1.2
    _add_style(listing.element, f"font-size: {size * share:.3f}px")
    _add_style(listing.element, f"line-height: {line * share:.3f}px")
    return -share if spans else share


def _sides(listing: Any) -> float:
    """Return what a listing has at both sides of its lines."""
    return sum(_side(listing.style[f"{side}_{end}"]) for side in _SIDES for end in _ENDS)


def _hang(listing: Any, room: float) -> bool:
    """Make each line of a listing a block, if one is too long: it hangs where it goes on."""
    code = listing.element.find("code")
    if code is None or len(code) or not code.text:
        return False
    letter = LETTER * float(listing.style["font_size"])
    lines = code.text.removesuffix("\n").split("\n")
    if max(map(_letters, lines)) * letter <= room:
        return False
    _add_class(listing.element, HUNG)
    code.text = None
    for line in lines:
        ElementTree.SubElement(code, "span", {"class": "line"}).text = line or " "
    return True


def _letters(line: str) -> int:
    """Return how many letters of a fixed width a line is long."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


def _span(text: Element, block: Element) -> None:
    """Let a block of the text span the page's columns.

    WeasyPrint 70 goes on with a block that spans the columns and two pages only where that has one
    child: a table, which has its caption beside it, is wrapped.
    """
    if block.tag == "table":
        around = ElementTree.Element("div", {"class": WIDE})
        around.tail, block.tail = block.tail, None
        at = list(text).index(block)
        text[at] = around
        around.append(block)
    else:
        _add_class(block, WIDE)


def _add_class(element: Element, name: str) -> None:
    element.set("class", " ".join(dict.fromkeys([*element.get("class", "").split(), name])))


def _add_style(element: Element, style: str) -> None:
    parts = (element.get("style", "").strip().rstrip(";"), style)
    element.set("style", "; ".join(part for part in parts if part))
