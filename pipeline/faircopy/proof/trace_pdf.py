"""Find the ids of the structure elements that veraPDF's path to a place in a PDF leads to.

A path names either elements of the structure tree by their objects' numbers, or a page and an
operator of its content, counted from 0, for what is wrong with a glyph or a picture. Content is
in marked sequences (ISO 32000-1, 14.7.4.2), each of which one element owns.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import pikepdf

_OBJECT = re.compile(r"\((\d+) \d+ obj")
_OPERATOR = re.compile(r"/pages\[(\d+)\].*?/operators\[(\d+)\]")
_NO_MARK = -1


class _Held(msgspec.Struct, frozen=True):
    """A structure element: the IDs in it, its own first, and the number of the one above it."""

    names: tuple[str, ...]
    above: int


class Structure:
    """The structure tree of one file."""

    def __init__(self, data: bytes) -> None:
        """Read the tree; a file that is no PDF, or has none, has no elements."""
        self._data = data
        self._held: dict[int, _Held] = {}
        self._owners: dict[tuple[int, int], int] = {}
        self._marks: dict[int, list[int]] = {}
        try:
            with pikepdf.open(io.BytesIO(data)) as pdf:
                pages = {int(page.objgen[0]): at for at, page in enumerate(pdf.pages)}
                root = pdf.Root.get("/StructTreeRoot")
                if root is not None:
                    self._gather(root, 0, _NO_MARK, pages)
        except pikepdf.PdfError:
            return

    def names(self, path: str) -> Iterator[str]:
        """Yield the IDs in, and then around, the innermost element of a path of veraPDF."""
        numbers = [int(number) for number in _OBJECT.findall(path)]
        at = next((n for n in reversed(numbers) if n in self._held), 0)
        if operator := _OPERATOR.search(path):
            page, number = map(int, operator.groups())
            at = self._owners.get((page, self._mark(page, number)), at)
        while held := self._held.get(at):
            yield from held.names
            at = held.above

    def _gather(self, element: Any, above: int, page: int, pages: Mapping[int, int]) -> list[str]:
        """Note an element and what is in it; return the IDs of all."""
        number = element.objgen[0]
        names = [str(element.ID)] if "/ID" in element else []
        page = pages.get(element.Pg.objgen[0], page) if "/Pg" in element else page
        kids = element.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                self._owners[page, kid] = number
            elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                names += self._gather(kid, number, page, pages)
            elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
                there = pages.get(kid.Pg.objgen[0], page) if "/Pg" in kid else page
                self._owners[there, int(kid.MCID)] = number
            elif isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid:
                self._held[kid.Obj.objgen[0]] = _Held((), number)
        self._held[number] = _Held(tuple(names), above)
        return names

    def _mark(self, page: int, operator: int) -> int:
        """Return the number of the marked sequence that an operator of a page stands in."""
        if page not in self._marks:
            with pikepdf.open(io.BytesIO(self._data)) as pdf:
                there = page < len(pdf.pages)
                self._marks[page] = list(_marks(pdf.pages[page])) if there else []
        marks = self._marks[page]
        return marks[operator] if operator < len(marks) else _NO_MARK


def _marks(page: pikepdf.Page) -> Iterator[int]:
    """Yield, for each operator of a page, the marked sequence that it stands in."""
    open_marks: list[int] = []
    for instruction in pikepdf.parse_content_stream(page):
        name = str(instruction.operator)
        if name in ("BDC", "BMC"):
            about = instruction.operands[-1]
            numbered = isinstance(about, pikepdf.Dictionary) and "/MCID" in about
            open_marks.append(int(about.MCID) if numbered else _NO_MARK)
        elif name == "EMC" and open_marks:
            open_marks.pop()
        yield next((mark for mark in reversed(open_marks) if mark != _NO_MARK), _NO_MARK)
