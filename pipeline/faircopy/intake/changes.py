"""Tracked changes: counted with their authors, and accepted or rejected all together.

ECMA-376, part 1, 17.13.5. What was inserted stands in ``w:ins`` and ``w:moveTo``, what was deleted
in ``w:del`` and ``w:moveFrom``; in the properties of a paragraph's mark or of a table's row the
same names say it of the mark or the row. Changes of looks alone are not counted; where changes are
rejected, words look again as they did (17.13.5.29, 17.13.5.31).
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum

import msgspec

from faircopy.intake.names import Element, child, value, w
from faircopy.translation.xml import local

_IN = frozenset({w("ins"), w("moveTo")})
_OUT = frozenset({w("del"), w("moveFrom")})
_LOOKS = frozenset({w("rPrChange"), w("pPrChange"), w("tblPrChange"), w("sectPrChange")})


class Choice(StrEnum):
    """What becomes of tracked changes; empty where nobody has said it.

    As queries they are asked, and the text stays as it was before them.
    """

    UNSAID = ""
    ACCEPT = "accept"
    REJECT = "reject"
    QUERIES = "queries"


class Tracked(msgspec.Struct, frozen=True):
    """Tracked changes by their kinds, and the people who made them."""

    inserted: int = 0
    deleted: int = 0
    authors: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.inserted or self.deleted)


def tracked(*roots: Element) -> Tracked:
    """Return the changes of words, paragraphs and rows that are tracked in these parts."""
    kinds: Counter[bool] = Counter()
    authors: dict[str, None] = {}
    for root in roots:
        for one in root.iter(*_IN, *_OUT):
            if _inner(one):
                continue
            kinds[one.tag in _IN] += 1
            authors[value(one, "author") or "somebody unnamed"] = None
    return Tracked(kinds[True], kinds[False], tuple(authors))


def _inner(element: Element) -> bool:
    """Whether a mark says something of looks alone: of a numbering, or within a change of looks."""
    return any(one.tag in _LOOKS or local(one) == "numPr" for one in element.iterancestors())


def gone(choice: Choice) -> frozenset[str]:
    """Return the elements whose content is left out."""
    return _IN if choice is Choice.REJECT else _OUT


def joins(paragraph: Element, choice: Choice) -> bool:
    """Whether the end of a paragraph is left out, so that the next one goes on in it."""
    marks = child(paragraph, "pPr", "rPr")
    return marks is not None and any(one.tag in gone(choice) for one in marks)


def leaves(row: Element, choice: Choice) -> bool:
    """Whether a table's row is left out."""
    marks = child(row, "trPr")
    return marks is not None and any(one.tag in gone(choice) for one in marks)


def with_old_looks(root: Element) -> None:
    """Give words and paragraphs the looks that they had before tracked changes of looks."""
    for change in [*root.iter(w("rPrChange"), w("pPrChange"))]:
        about = change.getparent()
        if about is None or len(change) == 0:
            continue
        stays = [one for one in about if about.tag == w("pPr") and one.tag in _OF_THE_END]
        about[:] = [*change[0], *stays]


_OF_THE_END = frozenset((w("rPr"), w("sectPr")))
"""What a paragraph's properties say of its end, which a change of its looks leaves out."""
