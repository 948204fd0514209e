"""The columns of a finished PDF, found by how its lines are read, and how full each is.

A column ends where the next line that is read stands higher on the page. Lengths are points; y
grows upwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from statistics import median

import msgspec

from faircopy.languages import locale
from faircopy.languages.tags import direction
from faircopy.proof.typography.lines import Line, Pages

EARLY = 2
"""Lines that a column ends early at most where text goes on."""
LEAST = 4
"""Lines that a last page is high at least."""
EDGE = 1.5
"""By how many points lines differ that end at one edge: what hangs, and what is rounded."""
_COMMON = 0.4
"""What part of a column's lines ends at an edge at least, if they have one."""
_LINE = 0.5
"""Of a line: less is none more."""
_SPACE = 1.5
"""Lines from the last baseline above notes to the first of theirs, with the rule between."""

Ink = Callable[[int, float, float, float], float]
"""Says how low anything is drawn on a page between two places across it, below a height."""


class Column(msgspec.Struct, frozen=True):
    """The lines of the running text in one column of a page, or of a paragraph's part there."""

    page: int
    lines: tuple[Line, ...]

    def edge(self) -> float | None:
        """Return where its full lines end, counted in the direction of reading; None if ragged.

        Lines of a script without spaces end where a character does.
        """
        if any(unspaced(line.lang) for line in self.lines):
            return None
        ends = Counter(round(end(line)) for line in self.lines)
        place, _ = max(ends.items(), key=lambda item: (item[1], item[0]))
        near = [end(line) for line in self.lines if abs(end(line) - place) < EDGE]
        return median(near) if len(near) >= max(2, _COMMON * len(self.lines)) else None


def unspaced(lang: str) -> bool:
    """Whether words of a language are not parted by spaces."""
    return not locale(lang).spaces


def end(line: Line) -> float:
    """Return where a line ends, on an axis that grows in the direction in which it is read."""
    return -line.left if direction(line.lang) == "rtl" else line.right


def columns(pages: Pages) -> tuple[Column, ...]:
    """Return the columns of the running text, in reading order."""
    found: list[list[Line]] = []
    for line in pages.lines:
        if line.aside:
            continue
        before = found[-1][-1] if found else None
        if before is None or line.page != before.page or line.y > before.y + _LINE * line.size:
            found.append([])
        found[-1].append(line)
    return tuple(Column(lines[0].page, tuple(lines)) for lines in found)


class Fullness:
    """How far the columns of a document reach, in lines of its text."""

    def __init__(self, pages: Pages, found: Sequence[Column], ink: Ink) -> None:
        self._pages, self._columns, self._ink = pages, found, ink
        steps = [
            one.y - other.y
            for column in found
            for one, other in pairwise(column.lines)
            if one.block == other.block
        ]
        self._lead = median(steps) if steps else 0.0
        self._floor = min((line.y for column in found for line in column.lines), default=0.0)
        after = [line.y for column in found for line in column.lines if line.page > 1]
        self._top = max(after, default=0.0)

    def short(self) -> Iterator[tuple[Line, float]]:
        """Yield the last line of each column that ends early, and by how many lines.

        The last page ends where it may, and so does one before a part or a chapter.
        """
        for column, after in pairwise(self._columns):
            last, first = column.lines[-1], after.lines[0]
            ends = first.page > last.page and first.kind in ("H", "H1", "Title")
            if ends or last.page == self._last or not self._lead:
                continue
            early = (self._lowest(column) - self._foot(column)) / self._lead
            if early > EARLY + _LINE:
                yield last, early

    def stubs(self) -> Iterator[tuple[Line, float]]:
        """Yield the last line of a last page with next to nothing on it, and how high that is."""
        here = [column for column in self._columns if column.page == self._last]
        if self._last < 2 or not here or not self._lead:
            return
        lowest = min(self._lowest(column) for column in here)
        high = (self._top - lowest) / self._lead + 1
        if high + len(here) - 1 < LEAST - _LINE:
            yield here[-1].lines[-1], high

    @property
    def _last(self) -> int:
        return self._columns[-1].page if self._columns else 0

    def _beside(self, column: Column) -> Iterator[Line]:
        """Yield what stands aside on a column's page, above or below its lines."""
        left, right = _sides(column)
        for line in self._pages.lines:
            if line.aside and line.page == column.page and line.left < right and line.right > left:
                yield line

    def _foot(self, column: Column) -> float:
        """Return how low the last line of a column may stand: above the notes, if it has any."""
        notes = [line.y for line in self._beside(column) if line.kind == "Note"]
        return max(self._floor, max(notes) + _SPACE * self._lead) if notes else self._floor

    def _lowest(self, column: Column) -> float:
        """Return how low a column reaches, with the tables and pictures below its last line."""
        others = [line.y for line in self._beside(column) if line.kind != "Note"]
        lowest = min([column.lines[-1].y, *others])
        if lowest - self._foot(column) <= (EARLY + _LINE) * self._lead:
            return lowest
        left, right = _sides(column)
        return max(
            self._foot(column),
            min(lowest, self._ink(column.page, left, right, self._foot(column))),
        )


def _sides(column: Column) -> tuple[float, float]:
    """Return where a column begins and ends across the page, as its last lines say."""
    lines = column.lines[-LEAST:]
    return min(line.left for line in lines), max(line.right for line in lines)
