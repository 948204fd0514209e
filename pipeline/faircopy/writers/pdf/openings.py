"""Where each laid-out page begins in the text: what a list of printed pages is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from weasyprint.formatting_structure import boxes

from faircopy.core.model import PageStart, Publication, Role
from faircopy.passes.opener import behind, opener
from faircopy.passes.units import UNIT, units
from faircopy.writers.paging import folio, letters

_ASIDE = frozenset({Role.PULL_QUOTE, Role.FOOTNOTE})
"""Units that do not stand where they are read."""
_Spot = tuple[int, int]
"""A unit's place among all in reading order, and letters of it."""


def starts(document: Any, publication: Publication, numerals: str) -> tuple[PageStart, ...]:
    """Return where the pages of a document begin, in order.

    What was moved back (a pull quote, a figure), a table's head that is repeated and notes are not
    where a page begins: that is the first word or picture that goes on with what came before.

    Args:
        document: WeasyPrint's, laid out.
        publication: what it was made from.
        numerals: the counter style of the pages' numbers.
    """
    told = [one for one in units((opener(publication), *behind(publication))) if one.id]
    ranks = {one.id: rank for rank, one in enumerate(told) if one.role not in _ASIDE}
    counted: Counter[str] = Counter()
    reached: _Spot = (-1, 0)
    last = ""
    found: list[tuple[str, int] | None] = []
    for page in document.pages:
        first: tuple[str, int] | None = None
        furthest = reached
        for unit, text in _shown(page._page_box, ranks, last):
            last = unit
            before = counted[unit]
            counted[unit] += letters(text)
            if first is None and (ranks[unit], before) >= reached:
                first = unit, before
            furthest = max(furthest, (ranks[unit], counted[unit]))
        found.append(first)
        reached = furthest
    following: tuple[str, int] = ("", 0)
    out: list[PageStart] = []
    for number, one in reversed(list(enumerate(found, 1))):
        following = one or following
        out.append(PageStart(folio(number, numerals), *following))
    return tuple(reversed(out))


def _shown(box: Any, wanted: Mapping[str, int], last: str) -> Iterator[tuple[str, str]]:
    """Yield the texts with letters, and pictures as "", in order, each with its unit.

    Code and numbers are no units: they go with the unit before them; ``last`` is that of the page
    before.
    """
    for unit, text in _pieces(box, wanted, ""):
        last = unit or last
        if last:
            yield last, text


def _pieces(box: Any, wanted: Mapping[str, int], unit: str) -> Iterator[tuple[str, str]]:
    """Yield the same, with no unit for what is none."""
    for child in getattr(box, "children", ()):
        margin = isinstance(child, boxes.MarginBox | boxes.FootnoteAreaBox)
        if margin or "::" in (child.element_tag or ""):
            continue
        element = child.element
        name = element.get("id", "") if element is not None else ""
        inside = name if name in wanted else unit
        if not inside and element is not None and UNIT in element.get("class", "").split():
            continue  # it is read elsewhere
        if isinstance(child, boxes.TextBox):
            if letters(child.text):
                yield inside, child.text
        elif isinstance(child, boxes.ReplacedBox):
            if inside:
                yield inside, ""
        else:
            yield from _pieces(child, wanted, inside)
