"""A word that finds no room goes to the next line; only one that is longer than a line is cut.

WeasyPrint 70 takes the beginning of any text within an inline element for that of the line, so that
``overflow-wrap`` cuts a word in the middle of it: “Journ|al of …”, in italics. Here the beginning
of a line is where it is. Where a line would be too long by that, since nothing in it may be broken,
it is made once more as WeasyPrint would.
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

_split_inline_box, _split_text_box = inline.split_inline_box, inline.split_text_box
_NEAR = 0.5
"""Ems from a line's beginning at which a text still begins it: the padding of an element."""

_SPACE = 0.5
"""Ems by which a line may be too long: the space at its end, which is dropped later."""


def split(context: Any, box: Any, x: float, most: float, *rest: Any) -> Any:
    """Do what ``split_inline_box`` does; of a line, know where it begins."""
    if not isinstance(box, boxes.LineBox):
        return _split_inline_box(context, box, x, most, *rest)
    before = getattr(context, "line_begins", None)
    kept = [(item, list(item)) for item in rest if isinstance(item, list)]
    context.line_begins = x
    made = _split_inline_box(context, box, x, most, *rest)
    if x + made[0].width > most + _SPACE * box.style["font_size"]:
        for item, was in kept:
            item[:] = was
        context.line_begins = None
        made = _split_inline_box(context, box, x, most, *rest)
    context.line_begins = before
    return made


def _text(context: Any, box: Any, room: float, skip: int, is_line_start: bool = True) -> Any:
    begins = getattr(context, "line_begins", None)
    if is_line_start and begins is not None:
        is_line_start = box.position_x - begins < _NEAR * box.style["font_size"]
    return _split_text_box(context, box, room, skip, is_line_start)


def install() -> None:
    """Let WeasyPrint know where a line begins; `breaks` has lines made by `split`."""
    inline.split_text_box = _text
