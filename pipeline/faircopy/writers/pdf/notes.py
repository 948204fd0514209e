"""Footnotes in the structure tree (ISO 32000-1, 14.8.4.4.1; ISO 14289-1, 7.9).

WeasyPrint 70 hangs a footnote at the end of its page, as a span. Here it becomes a ``Note`` with
an ID and its number as ``Lbl``, read behind the block that refers to it, and the number in the
text a ``Reference``.
"""

from __future__ import annotations

from typing import Any

import pydyf

from faircopy.writers.pdf.keeping import FOOT
from faircopy.writers.pdf.structure import Element, Tree, join_within

_HOLDERS = frozenset(
    {"/Document", "/Div", "/BlockQuote", "/LBody", "/TD", "/TH", "/Caption", "/Note"}
)
"""What may hold a note beside its text."""
_INLINE = frozenset({"/Span", "/NonStruct", "/Link", "/Reference", "/Figure", "/Formula"})
_BACK = "-called"
"""What follows a note's id in the name of the place that refers to it."""
_CALL, _MARKER = "::footnote-call", "::footnote-marker"


def link(document: Any) -> None:
    """Link each number in the text with its note, and back, on the laid-out pages.

    WeasyPrint 70 makes links of ``a`` elements only.
    """
    called: set[str] = set()
    for page in document.pages:
        for box in page._page_box.descendants():
            kind = "" if box.element is None else box.element_tag
            if not kind.endswith((_CALL, _MARKER)) or not box.children:
                continue
            name = box.element.get("id", "")
            back = name + _BACK
            x, y, width, height = box.children[0].hit_area()  # the line of the box has no height
            area = (x, y, x + width, y + height)
            if kind.endswith(_MARKER):
                page.links.append(("internal", back, area, box))
            else:
                page.links.append(("internal", name, area, box))
                if back not in called:
                    called.add(back)
                    page.anchors[back] = area


def words(box: Any) -> str | None:
    """Return what the link of a note's number is called: the note, or that number going back.

    None for any other box.
    """
    if box.element_tag.endswith(_CALL):
        return " ".join("".join(box.element.itertext()).split())
    if box.element_tag.endswith(_MARKER):
        return "".join(getattr(item, "text", "") for item in box.descendants()).strip()
    return None


def take_out(tree: Tree) -> dict[int, Element]:
    """Take the notes out of the tree; return them by the identity of their HTML elements."""
    notes: dict[int, Element] = {}
    for element in list(tree.all()):
        if not tree.has_class(element, FOOT):
            continue
        kind = tree.tag(element)
        if kind.endswith(_MARKER):
            _number(tree, element)
        elif not kind.endswith(_CALL) and element["S"] == "/Span":
            note = notes.setdefault(id(tree.source(element)), element)
            if note is element:
                tree.take_out(element)
                element["S"] = "/Note"
            else:
                tree.unwrap(element)  # an anonymous box around its first lines
    return notes


def _number(tree: Tree, element: Element) -> None:
    """Make a label of a note's number; with a link back it is one that holds it."""
    if any(tree.annotations(element)):
        element["S"] = "/Link"
        tree.wrap(element, "/Lbl")
    else:
        element["S"] = "/Lbl"


def put_back(tree: Tree, notes: dict[int, Element]) -> None:
    """Hang each note behind the block that refers to it first, in the order of references."""
    calls = [element for element in tree.all() if tree.tag(element).endswith(_CALL)]
    references = [(tree.source(call), _reference(tree, call)) for call in calls]
    last: dict[int, Element] = {}
    for source, reference in references:
        note = notes.pop(id(source), None)
        if note is not None:
            note["ID"] = pydyf.String(f"note-{source.get('id')}")
            join_within(tree, note)  # its first lines stood in a box of their own
            block = _block(tree, reference)
            tree.insert_after(last.get(block.number, block), note)
            last[block.number] = note


def _reference(tree: Tree, element: Element) -> Element:
    if any(tree.annotations(element)):
        element["S"] = "/Link"
        return tree.wrap(element, "/Reference")
    element["S"] = "/Reference"
    return element


def _block(tree: Tree, reference: Any) -> Element:
    """Return the element behind which a note may stand without parting a text."""
    element = reference
    while tree.parent(element)["S"] not in _HOLDERS:
        element = tree.parent(element)
    kids = tree.kids(tree.parent(element))
    at = next(index for index, kid in enumerate(kids) if kid is element)
    if element["S"] in _INLINE:
        while at + 1 < len(kids) and kids[at + 1]["S"] in _INLINE:
            at += 1
    return kids[at]
