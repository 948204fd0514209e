"""House rule B7: nothing leaves its column, and nothing is printed over something else.

Read from the finished pages, once: what leaves its column is told by the line of the manuscript;
what stands over other text, or off the page, is an error, for nobody could read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeAlias

import msgspec
from weasyprint.formatting_structure import boxes

from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.passes import figures
from faircopy.writers.pdf.layout import bottom

SLACK = 2.0
"""Pixels by which something may stand out: a hanging mark, or rounding."""
BLEED = 38.0
"""Pixels by which a picture may run over the paper's edge: a centimetre."""
OVER = 3.0
"""Pixels by which two lines must cover each other, in both directions, to be unreadable."""
SMALLEST = 0.7
"""Share of its size to which a formula may be made smaller."""

Rectangle: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom edge, in pixels."""


class Kind(StrEnum):
    """What is wrong, by the finding's code; the worst last."""

    SMALL = "layout-small-formula"
    OUT = "layout-b7"
    OVERPRINT = "layout-overprint"
    OFF_PAGE = "layout-off-page"


class Breach(msgspec.Struct, frozen=True):
    """One thing that does not fit.

    Attributes:
        kind: what is wrong.
        page: counts from 1.
        text: the words, or the picture's alternative text.
        ids: of the elements around it, the nearest first; then of the last one that has begun.
        amount: pixels by which it stands out; the share of its size that a formula has.
    """

    kind: Kind
    page: int
    text: str
    ids: tuple[str, ...]
    amount: float


class _Item(msgspec.Struct, frozen=True):
    """A line or a picture, and the frame that it is to stand in."""

    box: Any
    area: Rectangle
    frame: Rectangle
    ids: tuple[str, ...]


def breaches(pages: Sequence[Any]) -> Iterator[Breach]:
    """Yield what leaves its column: of each block of the text on a page the worst.

    Args:
        pages: WeasyPrint's page boxes.
    """
    for number, page in enumerate(pages, 1):
        items = list(_Reader(page).items())
        worst: dict[str, Breach] = {}
        for item in items:
            found = _breach(item, items, number, page)
            if found is not None:
                block = found.ids[-2] if len(found.ids) > 1 else found.ids[-1]
                if block not in worst or _badness(worst[block]) < _badness(found):
                    worst[block] = found
        yield from worst.values()


def _badness(breach: Breach) -> tuple[int, float]:
    return list(Kind).index(breach.kind), breach.amount


def _breach(item: _Item, items: Iterable[_Item], number: int, page: Any) -> Breach | None:
    sheet = (0.0, 0.0, page.margin_width(), page.margin_height())
    if _bleeds(item.box):
        sheet = (-BLEED, -BLEED, sheet[2] + BLEED, sheet[3] + BLEED)
    by = _outside(item.area, sheet if _bleeds(item.box) else item.frame)
    if by > SLACK:
        covers = any(_cover(item.area, other.area) for other in items if other is not item)
        kind = Kind.OVERPRINT if covers else Kind.OUT
        kind = Kind.OFF_PAGE if _outside(item.area, sheet) > 0 else kind
        return Breach(kind, number, _said(item.box), item.ids, by)
    if _is_formula(item.box):
        share = item.box.width / item.box.style["width"].value
        if share < SMALLEST:
            return Breach(Kind.SMALL, number, _said(item.box), item.ids, share)
    return None


def _outside(area: Rectangle, frame: Rectangle) -> float:
    """Return by how much an area leaves a frame; below 0 where it does not."""
    return max(frame[0] - area[0], frame[1] - area[1], area[2] - frame[2], area[3] - frame[3])


def _cover(one: Rectangle, other: Rectangle) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > OVER and down > OVER


def _bleeds(box: Any) -> bool:
    """Whether a box is a picture that is meant to run over the paper's edge."""
    element = box.element
    return (
        isinstance(box, boxes.ReplacedBox)
        and figures.BLEED in str(element.get("class", "")).split()
    )


def _is_formula(box: Any) -> bool:
    element = box.element
    return (
        isinstance(box, boxes.ReplacedBox)
        and "math-display" in str(element.get("class", "")).split()
        and getattr(box.style["width"], "unit", "") == "px"
    )


def _said(box: Any) -> str:
    """Return the words of a line, or the alternative text of its pictures."""
    within = list(box.descendants()) if isinstance(box, boxes.LineBox) else [box]
    words = "".join(item.text for item in within if isinstance(item, boxes.TextBox)).strip()
    pictures = [item.element for item in within if isinstance(item, boxes.ReplacedBox)]
    return words or " ".join(item.get("alt", "") for item in pictures if item is not None)


class _Reader:
    """Reads one page; it knows which element with an id it has come by last."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._last = ""

    def items(self) -> Iterator[_Item]:
        """Yield the lines and pictures of the page, without running heads."""
        page = self._page
        left, top = page.content_box_x(), page.content_box_y()
        text = (left, top, left + page.width, bottom(page))
        notes = (left, top, left + page.width, top + page.height)
        for child in page.children:
            if not isinstance(child, boxes.MarginBox):
                frame = notes if isinstance(child, boxes.FootnoteAreaBox) else text
                yield from self._within(child, frame, ())

    def _within(self, box: Any, frame: Rectangle, ids: tuple[str, ...]) -> Iterator[_Item]:
        if not box.is_in_normal_flow():
            return
        if box.element is not None and (name := box.element.get("id")):
            self._last = name
            ids = (name, *ids) if name not in ids else ids
        if isinstance(box, boxes.LineBox):
            if (area := _inked(box, frame)) is not None:
                yield _Item(box, area, frame, (*ids, self._last))
        elif isinstance(box, boxes.ReplacedBox):
            yield _Item(box, _area(box), frame, (*ids, self._last))
        elif isinstance(box, boxes.ParentBox):
            if getattr(box, "is_column", False) or isinstance(box, boxes.TableCellBox):
                area = _area(box)
                frame = (max(area[0], frame[0]), frame[1], min(area[2], frame[2]), frame[3])
            for child in box.children:
                yield from self._within(child, frame, ids)


def _area(box: Any) -> Rectangle:
    left, top = box.border_box_x(), box.border_box_y()
    return left, top, left + box.border_width(), top + box.border_height()


def _inked(line: Any, frame: Rectangle) -> Rectangle | None:
    """Return where a line has something to see; None for one that has nothing.

    The letters are looked at only where the line's boxes leave the frame.
    """
    if not line.children:
        return None
    found = list(line.children)
    left = min(child.position_x for child in found)
    right = max(child.position_x + child.margin_width() for child in found)
    if left < frame[0] - SLACK or right > frame[2] + SLACK:
        found = [
            box
            for box in line.descendants()
            if (isinstance(box, boxes.TextBox) and box.text.strip())
            or isinstance(box, boxes.ReplacedBox)
        ]
        if not found:
            return None
        left = min(child.position_x for child in found)
        right = max(child.position_x + child.width for child in found)
    return left, line.position_y, right, line.position_y + line.height


# --- reporting -----------------------------------------------------------------------------------

_SAID = {
    Kind.OUT: "stands out of its column",
    Kind.OVERPRINT: "is printed over other text",
    Kind.OFF_PAGE: "leaves the page",
    Kind.SMALL: "is made smaller than one can read",
}
_REMEDY = {
    Kind.SMALL: "Break the formula into lines, with \\begin{aligned} … \\\\ … \\end{aligned}.",
}
_OTHERWISE = "Shorten it there, or give it a place where it can be broken; report this if it can."


def report(
    found: Iterable[Breach], page: str, places: Mapping[str, Place]
) -> tuple[Diagnostic, ...]:
    """Return what does not fit, with the place in the manuscript, for the editor."""
    return tuple(
        Diagnostic(
            breach.kind.value,
            Severity.WARNING if breach.kind in (Kind.OUT, Kind.SMALL) else Severity.ERROR,
            f"{page.upper()}, page {breach.page}: “{breach.text[:60]}” {_SAID[breach.kind]}.",
            _REMEDY.get(breach.kind, _OTHERWISE),
            next((places[name] for name in breach.ids if name in places), None),
        )
        for breach in found
    )
