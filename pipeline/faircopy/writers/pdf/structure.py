"""The structure tree (ISO 32000-1, 14.7) that WeasyPrint 70 writes, as it is to be mended.

WeasyPrint makes an element for each box and forgets which; ``recorded`` keeps it, so that what
an element stands for is read from the HTML and not guessed. It makes them page by page, so that
a paragraph over two pages becomes two, and a table's head is there once a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

import msgspec
import pydyf
from weasyprint.formatting_structure.boxes import PageBox
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags

PDF: TypeAlias = Any  # pydyf ships no types
Element: TypeAlias = Any
"""A structure element: a dictionary of pydyf."""

_BLOCKS = frozenset(
    f"/{name}"
    for name in (
        *("Div", "BlockQuote", "P", "H1", "H2", "H3", "H4", "H5", "H6", "NonStruct", "Caption"),
        *("L", "LI", "LBody", "Table", "TBody", "TR", "TH", "TD"),
    )
)
"""Types of what may go on on the next page."""
_NEEDLESS = frozenset({"/Span", "/NonStruct", "/Div", "/P"})
"""Types of elements that say nothing when they are empty."""


class Made(msgspec.Struct, frozen=True):
    """What the structure was made of: WeasyPrint's boxes.

    ``boxes`` goes by the number of an element's object, ``texts`` by page (from 0) and number
    (MCID) of the marked content that a box has drawn.
    """

    boxes: dict[int, Any]
    texts: dict[tuple[int, int], Any]


@contextmanager
def recorded() -> Iterator[Made]:
    """Write down the box of each structure element that is made within."""
    made = Made({}, {})
    original = tags._build_box_tree

    def build(box: Any, *rest: Any) -> Iterator[Element]:
        if isinstance(box, PageBox):
            *_, page, _, _, drawn = rest
            made.texts.update({(page, mark["mcid"]): text for text, mark in drawn.items()})
        real = box._box if isinstance(box, AbsolutePlaceholder) else box
        for element in original(box, *rest):
            made.boxes.setdefault(element.number, real)
            yield element

    tags._build_box_tree = build
    try:
        yield made
    finally:
        tags._build_box_tree = original


class Tree:
    """A document's structure elements, with what each stands for in the HTML."""

    def __init__(self, pdf: PDF, made: Made) -> None:
        self.pdf = pdf
        self._boxes = made.boxes
        self.root = self.object(pdf.catalog["StructTreeRoot"])

    def object(self, reference: bytes) -> Any:
        """Return the object that is referred to."""
        return self.pdf.objects[int(reference.split()[0])]

    # --- what is there ---------------------------------------------------------------------------

    def kids(self, element: Element) -> list[Element]:
        """Return the elements directly below one."""
        found = (self.object(kid) for kid in element.get("K", ()) if isinstance(kid, bytes))
        return [kid for kid in found if kid.get("Type") == "/StructElem"]

    def below(self, element: Element) -> Iterator[Element]:
        """Yield all elements below one, in reading order."""
        left = self.kids(element)[::-1]
        while left:
            kid = left.pop()
            yield kid
            left += self.kids(kid)[::-1]

    def all(self) -> Iterator[Element]:
        """Yield all elements in reading order."""
        return self.below(self.root)

    def parent(self, element: Element) -> Element:
        """Return the element above."""
        return self.object(element["P"])

    def owners(self) -> dict[int, Any]:
        """Return, by page (from 0), which element owns each number (MCID), to be changed."""
        numbers = self.object(self.root["ParentTree"])["Nums"]
        return dict(zip(numbers[::2], numbers[1::2], strict=True))

    def annotations(self, element: Element) -> Iterator[Any]:
        """Yield the annotations that an element owns."""
        for kid in element.get("K", ()):
            if isinstance(kid, bytes) and self.object(kid).get("Type") == "/OBJR":
                yield self.object(self.object(kid)["Obj"])

    def source(self, element: Element) -> Any:
        """Return the HTML element, or None."""
        box = self._boxes.get(element.number)
        return box.element if box is not None else None

    def tag(self, element: Element) -> str:
        """Return the name of the HTML element or pseudo-element; "" when there is none."""
        box = self._boxes.get(element.number)
        return (box.element_tag or "") if box is not None and box.element is not None else ""

    def has_class(self, element: Element, name: str) -> bool:
        """Say whether an element stands for HTML of this class."""
        source = self.source(element)
        return source is not None and name in source.get("class", "").split()

    # --- changes ---------------------------------------------------------------------------------

    def make(self, kind: str, page: bytes) -> Element:
        """Return a new element that hangs nowhere yet."""
        values = {"Type": "/StructElem", "S": kind, "K": pydyf.Array(), "Pg": page}
        element = pydyf.Dictionary(values)
        self.pdf.add_object(element)
        return element

    def append(self, parent: Element, element: Element) -> None:
        """Hang an element below another, behind what is there."""
        parent["K"].append(element.reference)
        element["P"] = parent.reference

    def insert_after(self, before: Element, element: Element) -> None:
        """Hang an element behind another."""
        parent = self.parent(before)
        parent["K"].insert(parent["K"].index(before.reference) + 1, element.reference)
        element["P"] = parent.reference

    def wrap(self, element: Element, kind: str) -> Element:
        """Put a new element around another and return it."""
        around = self.make(kind, element["Pg"])
        parent = self.parent(element)
        parent["K"][parent["K"].index(element.reference)] = around.reference
        around["P"] = parent.reference
        self.append(around, element)
        return around

    def unwrap(self, element: Element) -> None:
        """Put what an element holds in its place."""
        parent = self.parent(element)
        at = parent["K"].index(element.reference)
        parent["K"][at : at + 1] = element["K"]
        for kid in self.kids(element):
            kid["P"] = parent.reference

    def take_out(self, element: Element) -> None:
        """Take an element out of the tree; what it owns goes with it."""
        self.parent(element)["K"].remove(element.reference)

    def discard(self, element: Element) -> None:
        """Take an element out for good, with the links in it.

        What it owns becomes an artifact, which may not hold a link (UA-1, 7.18.5).
        """
        self.take_out(element)
        for item in (element, *self.below(element)):
            item.pop("ID", None)
            for annotation in self.annotations(item):
                self._remove(annotation)

    def _remove(self, annotation: Any) -> None:
        for page in self.pdf.page_references:
            annotations = self.object(page).get("Annots", [])
            if annotation.reference in annotations:
                annotations.remove(annotation.reference)
        annotation.pop("StructParent", None)

    def discard_where(self, condition: Callable[[Element], bool]) -> None:
        """Discard every element of which the condition holds."""
        for element in [item for item in self.all() if condition(item)]:
            self.discard(element)

    def unwrap_where(self, condition: Callable[[Element], bool]) -> None:
        """Put what every element holds of which the condition holds in its place."""
        for element in [item for item in self.all() if condition(item)]:
            self.unwrap(element)

    def flatten(self) -> None:
        """Take out the anonymous boxes of a paragraph, as around the text beside a float."""
        for element in list(self.all()):
            parent = self.parent(element)
            same = parent.get("S") == element["S"] and self.tag(parent) == self.tag(element) != ""
            if same and self.source(parent) is self.source(element):
                self.unwrap(element)

    def prune(self) -> None:
        """Take out elements that hold nothing, the inner ones first."""
        for element in reversed(list(self.all())):
            if element["S"] in _NEEDLESS and not element["K"]:
                self.take_out(element)


# --- what goes on on the next page ---------------------------------------------------------------


def join(tree: Tree) -> None:
    """Make one element of each that WeasyPrint has made once a page.

    A table's head stays where it is first and its foot where it is last; the others are
    repetitions for the eye.
    """
    join_within(tree, tree.kids(tree.root)[0])


def join_within(tree: Tree, parent: Element) -> None:
    """Do so with what is below one element."""
    table = parent["S"] == "/Table"
    aside = table or parent["S"] == "/TR"  # its cells go on side by side
    before: dict[Any, Element] = {}
    for kid in tree.kids(parent):
        key = (kid["S"], id(tree.source(kid)), tree.tag(kid))
        last = before.get(key) if tree.tag(kid) and kid["S"] in _BLOCKS else None
        if last is not None:
            _move(tree, kid, last)
            continue
        if not aside:
            before.clear()
        before[key] = kid
    if table:
        _heads_and_feet(tree, parent)
    for kid in tree.kids(parent):
        join_within(tree, kid)


def _move(tree: Tree, part: Element, whole: Element) -> None:
    """Move what an element holds to the end of another."""
    for kid in tree.kids(part):
        kid["P"] = whole.reference
    whole["K"].extend(part["K"])
    part["K"] = pydyf.Array()
    tree.take_out(part)


def _heads_and_feet(tree: Tree, table: Element) -> None:
    kids = tree.kids(table)
    heads = [kid for kid in kids if kid["S"] == "/THead"]
    feet = [kid for kid in kids if kid["S"] == "/TFoot"]
    for foot in feet[-1:]:
        tree.take_out(foot)
        tree.append(table, foot)
    if not heads[1:] and not feet[1:]:
        return
    names = {id(tree.source(cell)): cell["ID"] for cell in tree.below(heads[0]) if "ID" in cell}
    known = {
        cell["ID"].string: names[id(tree.source(cell))]
        for head in heads
        for cell in tree.below(head)
        if "ID" in cell and id(tree.source(cell)) in names
    }
    for element in (*heads[1:], *feet[:-1]):
        tree.discard(element)
    for cell in tree.below(table):
        headers = cell.get("A", {}).get("Headers")
        if headers:
            cell["A"]["Headers"] = pydyf.Array(known.get(item.string, item) for item in headers)
