"""Footnotes on the page of their reference.

WeasyPrint 70 takes a note to the next page in two cases where no typesetter would: when the line
after its reference finds no room otherwise, and when rounding makes a page's notes seem higher
than their area. With each note it sets all notes of the page anew, to see how high they are;
here each is set once by itself and once below the one before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf
from typing import Any, TypeAlias

from weasyprint.formatting_structure.build import create_anonymous_boxes
from weasyprint.layout import LayoutContext
from weasyprint.layout.block import block_level_layout

Heights: TypeAlias = tuple[float, float]
_Key: TypeAlias = tuple[float, tuple[int, ...]]


class Notes(list[Any]):
    """A page's notes.

    They are true within columns only: elsewhere WeasyPrint asks whether there are any in order to
    move them to the next page.
    """

    def __init__(self, context: Context, notes: Iterable[Any]) -> None:
        super().__init__(notes)
        self._context = context

    def __bool__(self) -> bool:
        return len(self) > 0 and self._context.in_column


class Waiting(list[Any]):
    """The notes that stand on no page yet.

    For each box of each line WeasyPrint asks whether its note is among them, and a box without one
    is compared with all: with 3,000 notes that took a third of a book's time.
    """

    def __init__(self, notes: Iterable[Any]) -> None:
        super().__init__(notes)
        self._known = set(map(id, self))  # of boxes, which are equal to none but themselves

    def __contains__(self, note: object) -> bool:
        return id(note) in self._known

    def append(self, note: Any) -> None:
        """Let a note wait."""
        super().append(note)
        self._known.add(id(note))

    def remove(self, note: Any) -> None:
        """Let a note wait no longer."""
        super().remove(note)
        self._known.remove(id(note))


class Context(LayoutContext):  # type: ignore[misc]
    """WeasyPrint's state of a layout, whose notes stay."""

    heights: dict[_Key, Heights]

    @property
    def footnotes(self) -> Waiting:
        """The notes that stand on no page yet."""
        return self._waiting

    @footnotes.setter
    def footnotes(self, notes: Iterable[Any]) -> None:
        self._waiting = Waiting(notes)

    @property
    def current_page_footnotes(self) -> Notes:
        """The notes of the page that is being made."""
        return self._notes

    @current_page_footnotes.setter
    def current_page_footnotes(self, notes: Iterable[Any]) -> None:
        self._notes = Notes(self, notes)
        self._sums: list[tuple[Any, float, float]] = []

    def _update_footnote_area(self) -> bool:
        """Measure the notes; they never overflow, as their area has no greatest height."""
        area = self.current_footnote_area
        if area.height != "auto" and not self.in_column:
            self.page_bottom += area.margin_height()
        inside, outside = self._heights(self._notes)
        area.children = self._notes
        area.height = inside
        if not self.in_column:
            self.page_bottom -= outside if len(self._notes) else area.margin_height()
        return False

    def _heights(self, notes: Sequence[Any]) -> Heights:
        """Return how high the area of some notes is, in pixels, without and with what is around.

        A note adds to the one before it what both take less what that one takes alone, whatever
        else stands above: what lies between two blocks depends on these two. Notes come and go at
        the end, so that the sums of those before them stand.
        """
        sums = self._sums
        while sums and (len(sums) > len(notes) or sums[-1][0] is not notes[len(sums) - 1]):
            sums.pop()
        for at in range(len(sums), len(notes)):
            inside, outside = self._measured(notes[max(at - 1, 0) : at + 1])
            if at:
                before, (_, above, around) = self._measured(notes[at - 1 : at]), sums[-1]
                inside, outside = above + inside - before[0], around + outside - before[1]
            sums.append((notes[at], inside, outside))
        return sums[-1][1:] if sums else (0.0, 0.0)

    def _measured(self, notes: Sequence[Any]) -> Heights:
        """Return what one or two notes take in an area of this width; each is set once a round."""
        area = self.current_footnote_area
        key = area.page.width, tuple(map(id, notes))  # the document's own notes, which all live
        if key not in self.heights:
            area.children = list(notes)
            box = create_anonymous_boxes(area.deepcopy())
            box = block_level_layout(self, box, -inf, None, area.page)[0]
            self.heights[key] = float(box.height), float(box.margin_height())
        return self.heights[key]


def keep(context: LayoutContext) -> None:
    """Let every note stand on the page that refers to it."""
    waiting = context.footnotes
    context.__class__ = Context
    context.footnotes = waiting
    context.current_page_footnotes = ()
    forget(context)


def forget(context: LayoutContext) -> None:
    """Measure every note anew, as something may be set otherwise now."""
    context.heights = {}
