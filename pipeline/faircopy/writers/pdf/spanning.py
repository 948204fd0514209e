"""The columns of a page, the blocks that span them, and the notes below.

WeasyPrint 70 knows the notes of a page's columns only within each set of columns: a block that
spans them, and the columns below it, are laid out as if the page had no notes, and stand over
them. Here the room that the notes take is told before each such block.

Where a page's columns are given up, since what begins the next one has no room there, it forgets
their text and keeps their notes, which the next page then has not. Here they are given back.
"""

from __future__ import annotations

from typing import Any

import msgspec
from weasyprint.layout import block, column

_columns_layout, _report_footnotes = block.columns_layout, column._report_footnotes
_block_level_layout = block.block_level_layout


class _Page(msgspec.Struct):
    """A page when its columns are begun: where it ends, and how high its notes are, in pixels.

    ``spanned`` is how high they are with those of the last block that spans the columns.
    """

    bottom: float
    notes: float
    spanned: float = 0.0


def _notes(context: Any) -> float:
    area = context.current_footnote_area
    return 0.0 if area.height == "auto" else float(area.margin_height())


def _columns(context: Any, *rest: Any) -> Any:
    """Lay out columns as WeasyPrint does, and remember how the page was before."""
    context.page_with_columns = _Page(context.page_bottom, _notes(context))
    before = list(context.current_page_footnotes)
    made = _columns_layout(context, *rest)
    _give_back(context, made[0], before)
    return made


def _give_back(context: Any, box: Any, before: list[Any]) -> None:
    """Take off the page the notes whose references did not stay on it."""
    taken = [*context.current_page_footnotes, *context.reported_footnotes]
    new = [note for note in taken if note not in before]
    if not new:
        return
    called = {id(item.footnote) for item in box.descendants()} if box is not None else set()
    for note in new:
        if id(note) not in called:
            context.unlayout_footnote(note)


def _block(context: Any, box: Any, *rest: Any) -> Any:
    """Lay out a block as WeasyPrint does; one that spans the columns, above the notes."""
    if not (context.in_column and box.style["column_span"] == "all"):
        return _block_level_layout(context, box, *rest)
    page: _Page = context.page_with_columns
    bottom = page.bottom + page.notes - _notes(context)
    context.page_bottom, context.in_column = bottom, False
    made = _block_level_layout(context, box, *rest)
    page.spanned = _notes(context)
    # The columns below take their own notes off, and with them those of this block.
    context.page_bottom, context.in_column = bottom, True
    return made


def _report(context: Any, height: float) -> None:
    """Take notes to the next page as WeasyPrint does, but none of a block that has room here."""
    page: _Page = context.page_with_columns
    context.page_bottom = page.bottom
    area = context.current_footnote_area
    empty = 0.0 if area.height == "auto" else area.margin_height() - area.height
    # Where no note is left, there is none to be taken on, however high the empty area is.
    _report_footnotes(context, max(height, page.spanned, empty))


def install() -> None:
    """Let WeasyPrint keep blocks that span columns above the notes."""
    block.columns_layout, column._report_footnotes = _columns, _report
    block.block_level_layout = _block
