"""Footnotes on the page of their reference.

WeasyPrint 70 takes a note to the next page in two cases where no typesetter would: when the line
after its reference finds no room otherwise, and when rounding makes a page's notes seem higher
than their area.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from weasyprint.layout import LayoutContext


class Notes(list[Any]):
    """A page's notes.

    Outside columns they are true only while their area is measured: elsewhere WeasyPrint asks
    whether there are any in order to move them to the next page.
    """

    def __init__(self, context: Context, notes: Iterable[Any]) -> None:
        super().__init__(notes)
        self._context = context

    def __bool__(self) -> bool:
        return len(self) > 0 and (self._context.in_column or self._context.measuring)


class Context(LayoutContext):  # type: ignore[misc]
    """WeasyPrint's state of a layout, whose notes stay."""

    measuring = False

    @property
    def current_page_footnotes(self) -> Notes:
        """The notes of the page that is being made."""
        return self._notes

    @current_page_footnotes.setter
    def current_page_footnotes(self, notes: Iterable[Any]) -> None:
        self._notes = Notes(self, notes)

    def _update_footnote_area(self) -> bool:
        """Measure the notes; they never overflow, as their area has no greatest height."""
        self.measuring = True
        super()._update_footnote_area()
        self.measuring = False
        return False


def keep(context: LayoutContext) -> None:
    """Let every note stand on the page that refers to it."""
    context.__class__ = Context
    context.current_page_footnotes = ()
