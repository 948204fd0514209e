"""Lines that end where we choose, not where WeasyPrint's greedy breaker comes to stand.

WeasyPrint 70 fills each line as far as it goes and never shrinks a space. Here a block may have a
plan: how much more or less than its measure each line may take in. A line that took in more is
drawn with narrower spaces, one that took in less with wider ones, as justified lines are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from faircopy.writers.pdf import starts
from faircopy.writers.pdf.layout import KEY
from faircopy.writers.pdf.setting.rules import SHRINK

Place: TypeAlias = tuple[int, ...]
"""Where a line begins within its block: indexes of children, then of a byte of the text."""
Plan: TypeAlias = Mapping[Place, float]
"""What lines may take in beyond the measure (below 0: less), in pixels, by their beginning."""

_ROUNDING = 0.01

_COLLAPSING = ("normal", "nowrap", "pre-line")

_remove_last_whitespace = inline.remove_last_whitespace
_can_break_inside = inline.can_break_inside
_text_align = inline.text_align


def place(skip_stack: Any) -> Place:
    """Return a beginning as WeasyPrint knows it, flat."""
    found: list[int] = []
    while skip_stack:
        ((index, skip_stack),) = skip_stack.items()
        found.append(index)
    return tuple(found)


def _plan(context: Any, box: Any) -> Plan | None:
    """Return the plan of a line's block, if it has one."""
    plans: Mapping[str, Plan] = getattr(context, "plans", {})
    if not plans or box.element is None:
        return None
    return plans.get(box.element.get(KEY, ""))


def _split(
    context: Any, box: Any, x: float, right: float, bottom: float, skip: Any, *rest: Any
) -> Any:
    """Fill a line as WeasyPrint does, to the measure that its plan gives it."""
    if isinstance(box, boxes.LineBox) and (plan := _plan(context, box)):
        right += plan.get(place(skip), 0.0)
    return starts.split(context, box, x, right, bottom, skip, *rest)


def _align(context: Any, line: Any, available: float, last: bool) -> Any:
    """Align a line as WeasyPrint does; one that took in more is set with narrower spaces."""
    excess = line.width - available
    if excess > 0 and line.style["text_align_all"] == "justify" and _plan(context, line):
        spaces = inline.count_expandable_spaces(line)
        if excess <= spaces * SHRINK * line.style["font_size"] + _ROUNDING:
            inline.justify_line(context, line, -excess)
            return 0
    return _text_align(context, line, available, last)


def _drop_last_space(context: Any, line: Any) -> None:
    """Drop the space at a line's end as WeasyPrint does, from right to left too.

    There it keeps the space's glyph and moves all of the line to the left for it: a line that is
    justified, and so loses the glyph, stands out of its column.
    """
    if line.style["direction"] != "rtl":
        _remove_last_whitespace(context, line)
        return
    outer, box = [], line
    while isinstance(box, boxes.LineBox | boxes.InlineBox) and box.children:
        outer.append(box)
        box = box.children[-1]
    text = box.text.rstrip(" ") if isinstance(box, boxes.TextBox) else ""
    if not text or text == box.text or box.style["white_space"] not in _COLLAPSING:
        _remove_last_whitespace(context, line)
        return
    width = box.width
    box.text = text
    bare, _, _ = inline.split_text_box(context, box, None, 0)
    box.pango_layout, box.width = bare.pango_layout, bare.width
    for holder in outer:
        holder.width -= width - box.width
        if holder.style["direction"] == "rtl":  # what stands to the right of the space
            for child in holder.children[:-1]:
                child.translate(dx=box.width - width, ignore_floats=True)


def _may_break(box: Any) -> bool:
    """Say whether a line may be broken within a box; where its style says so, between letters.

    WeasyPrint 70 forgets that when what follows, such as a bracket, has no room.
    """
    if isinstance(box, boxes.TextBox) and box.style["word_break"] == "break-all":
        return len(box.text) > 1
    return bool(_can_break_inside(box))


def install() -> None:
    """Let WeasyPrint fill and align lines by the plans of their blocks."""
    inline.can_break_inside = _may_break
    inline.split_inline_box, inline.text_align = _split, _align
    inline.remove_last_whitespace = _drop_last_space
