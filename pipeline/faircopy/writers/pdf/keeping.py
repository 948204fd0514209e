"""What stays together on the page, and what stands by itself, marked for the style sheet."""

from __future__ import annotations

from lxml import etree

from faircopy.writers import html
from faircopy.writers.html import Element

FOOT = "foot"
"""Class of a note at its reference; "footnote" is the role of the units in it."""
KEPT = "kept"
"""Class of what is not broken over pages."""
SHORT_TABLE = 8
"""Rows of a table that is not broken over pages."""
SHORT_LISTING = 14
"""Lines of a listing that is not broken over pages."""
SHORT_LIST = 4
"""Items of a list that is not broken over pages,"""
SHORT_ITEMS = 280
"""and the characters that they hold at most."""
FLOWS = "flows"
"""Class of a table's row that goes on on the next page:"""
LONG_ROW = 900
"""one of whose cells has so many characters, by the share of the table's width that it has."""
_COLONS = (":", "：", "︓")


def mark(body: Element) -> None:
    """Mark short blocks, which are kept whole, and paragraphs by what is next to them."""
    for listing in html.find(body, "pre"):
        if str(listing.xpath("string()")).count("\n") < SHORT_LISTING:
            html.add_class(listing, KEPT)
    for item in html.find(body, "ol", "ul"):
        if len(list(html.find(item, "li"))) <= SHORT_LIST and len(html.words(item)) <= SHORT_ITEMS:
            html.add_class(item, KEPT)
    for table in html.find(body, "table"):
        rows = list(html.find(table, "tr"))
        long = [row for row in rows if _longest(row) > LONG_ROW]
        for row in long:
            html.add_class(row, FLOWS)
        if len(rows) <= SHORT_TABLE and not long:
            _keep_whole(table)
    for paragraph in html.find(body, "p"):
        _paragraph(paragraph)


def _longest(row: Element) -> int:
    """Return how many characters a row's longest cell would have with the whole table's width."""
    return max((len(html.words(cell)) for cell in row), default=0) * len(row)


def _paragraph(paragraph: Element) -> None:
    """Mark one that leads to the next block, by its colon, and one that is an image alone."""
    text = _without_notes(paragraph).strip()
    if text.endswith(_COLONS) and paragraph.getnext() is not None:
        html.add_class(paragraph, "leading")
    elif not text and next(html.find(paragraph, "img"), None) is not None:
        html.add_class(paragraph, "image-alone")


def _without_notes(element: Element) -> str:
    """Return the text of an element but for its notes."""
    parts = [element.text or ""] if isinstance(element.tag, str) else []
    for child in element:
        parts += ["" if html.has_class(child, FOOT) else _without_notes(child), child.tail or ""]
    return "".join(parts)


def _keep_whole(table: Element) -> None:
    """Wrap a table, so that it is not broken and its caption stays with it."""
    parent = table.getparent()
    if parent is not None:
        box = etree.Element("div", {"class": KEPT})
        box.tail, table.tail = table.tail, None
        parent.replace(table, box)
        box.append(table)
