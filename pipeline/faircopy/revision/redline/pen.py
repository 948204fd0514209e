"""Tracked changes as Word writes them (ECMA-376, part 1, 17.13.5): who made them, and when."""

from __future__ import annotations

import copy
from enum import StrEnum

from faircopy.intake.names import Element, w
from faircopy.revision.lines import Hand
from faircopy.writers.docx.ooxml import make, properties

_NAMELESS = "unknown"
"""An author must be named (17.13.4)."""


class Fate(StrEnum):
    """What became of something: it stayed, or it stands in one of the two texts alone."""

    KEPT = ""
    IN = "ins"
    OUT = "del"


class Pen:
    """Writes the marks of tracked changes; each has a number of its own.

    ``hand`` is whose changes they are that are written next.
    """

    def __init__(self, first: int) -> None:
        self._number = first
        self.hand = Hand()

    def mark(self, name: str, *content: Element) -> Element:
        """Return a mark such as ``ins`` around its content."""
        found = make(name, *content, id=self._number, author=self.hand.author or _NAMELESS)
        if self.hand.date:
            found.set(w("date"), self.hand.date)
        self._number += 1
        return found

    def end(self, paragraph: Element, fate: Fate) -> None:
        """Say of a paragraph's end that it came or went (17.13.5.14, 17.13.5.20)."""
        if fate is not Fate.KEPT:
            about = properties(paragraph, "pPr")
            looks = about.find(w("rPr"))
            if looks is None:
                looks = make("rPr")
                at = next((n for n, one in enumerate(about) if one.tag in _BEHIND), len(about))
                about.insert(at, looks)
            looks.insert(0, self.mark(fate))

    def row(self, row: Element, fate: Fate) -> None:
        """Say of a table's row that it came or went (17.13.5.13, 17.13.5.19)."""
        about = row.find(w("trPr"))
        if about is None:
            about = make("trPr")
            row.insert(sum(one.tag == w("tblPrEx") for one in row), about)
        about.append(self.mark(fate))

    def otherwise(self, about: Element, old: Element | None) -> None:
        """Say that properties (``pPr`` or ``rPr``) were others before (17.13.5.29, 17.13.5.31)."""
        name = about.tag.rpartition("}")[2]
        was = make(name)
        if old is not None:
            was.extend(copy.deepcopy(one) for one in old if one.tag not in _NOT_BEFORE)
        about.append(self.mark(f"{name}Change", was))


_BEHIND = frozenset((w("sectPr"), w("pPrChange")))
_NOT_BEFORE = _BEHIND | {w("rPr"), w("rPrChange")}
"""What the properties before a change leave out."""
