"""Where a paragraph is laid out by itself, line by line, to find the best way to break it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.layout.block import block_level_layout

from faircopy.writers.pdf import trial
from faircopy.writers.pdf.breaks import place
from faircopy.writers.pdf.setting.rules import HYPHEN, SHRINK, STRETCH
from faircopy.writers.pdf.trial import Try, Way

_LESS = 0.3
"""By how many pixels a line is made too narrow for what it held."""


_PIECE = 1.2
"""Width of what a line could take in besides, in em: three letters and a hyphen are more."""


def holds_lines(box: Any) -> bool:
    """Whether a block holds lines and nothing else."""
    return len(box.children) == 1 and isinstance(box.children[0], boxes.LineBox)


def ways(
    context: Any, key: str, box: Any, around: Any, closed: frozenset[int], lean: int
) -> Mapping[int, Way]:
    """Return the best way to break a block for each number of lines.

    Args:
        context: WeasyPrint's state of the layout; it is as before when this returns.
        key: the block's name in ``context.plans``, where it has an empty plan.
        box: the block, before it is laid out.
        around: the box that gives it its measure.
        closed: see ``trial.search``, as for ``lean``.
        lean: for more lines or fewer.
    """
    kept = context.footnotes, context.page_bottom
    context.footnotes, context.page_bottom = [], math.inf
    context.create_block_formatting_context(around)
    box.position_x = box.position_y = 0
    laid, *_ = block_level_layout(context, box, 0, None, around)
    following = _Bench(context, key, box.children[0], laid).following
    found = trial.search(following, place, closed=closed, lean=lean)
    context.finish_block_formatting_context()
    context.footnotes, context.page_bottom = kept
    return found


class _Bench:
    """One block's lines."""

    def __init__(self, context: Any, key: str, lines: Any, laid: Any) -> None:
        self._context, self._key, self._lines, self._laid = context, key, lines, laid
        self._floats = list(context.excluded_shapes)
        self._size = laid.style["font_size"]
        self._ragged = laid.style["text_align_all"] != "justify"
        self._first = next((line for line in laid.children), laid)
        inline.resolve_percentages(lines, laid)

    def following(self, way: Way) -> Iterator[Try]:
        """Yield how the next line could be: as it comes, with more, with less and less."""
        first = self._line(way, 0.0)
        if first is None:  # nothing but spaces, which WeasyPrint sets in no line: no way leads on
            return
        plain, spaces = first
        yield plain
        room = plain.stretch * spaces + spaces * SHRINK  # em
        if plain.resume is not None and not self._ragged and room > _PIECE:
            more = self._line(way, spaces * SHRINK * self._size)
            if more and place(more[0].resume) != place(plain.resume) and more[0].stretch <= 0:
                yield more[0]
        last = plain
        for _ in range(trial.EARLIER):
            if last.stretch > STRETCH:
                break
            earlier = self._line(way, self._before(last, spaces))
            if earlier is None or earlier[0].resume is None or not earlier[1]:
                break
            last, spaces = earlier
            yield last

    def _before(self, line: Try, spaces: int) -> float:
        """Return what a line may take in so that it ends earlier than this one."""
        if self._ragged or line.stretch == 0:
            return float((line.fill - 1) * self._laid.width - _LESS)
        return float(-line.stretch * self._size * spaces - _LESS)

    def _line(self, way: Way, take: float) -> tuple[Try, int] | None:
        """Lay a line out; return it and how many spaces it has, or None where none is left."""
        context, lines = self._context, self._lines
        context.plans[self._key] = {place(way.resume): take}
        context.excluded_shapes = list(self._floats) if way.count else []
        if way.count:
            lines.text_indent = 0
        else:
            inline.resolve_one_percentage(lines, "text_indent", self._laid.width)
        y = self._first.position_y + way.count * self._first.height
        line, resume = inline.get_next_linebox(
            context, lines, y, 0, way.resume, self._laid, [], [], None, None
        )
        if line is None:
            return None
        texts = [item for item in line.descendants() if isinstance(item, boxes.TextBox)]
        text = "".join(item.text for item in texts).rstrip()
        grown = [item.justification_spacing for item in texts if item.justification_spacing]
        stretch = (min(grown) if grown and min(grown) < 0 else max(grown, default=0.0)) / self._size
        if self._ragged:
            stretch = 0.0 if resume is None else 1 - line.width / self._laid.width
        return (
            Try(
                take=take,
                resume=resume,
                text=text,
                stretch=stretch,
                hyphenated=text.endswith(HYPHEN),
                fill=line.width / self._laid.width,
            ),
            inline.count_expandable_spaces(line),
        )
