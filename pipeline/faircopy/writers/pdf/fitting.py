"""How a table is set that is too wide for its column.

Pure: from what a table's columns need to their size and widths. In this order a table that does
not fit

1. breaks what no column of a table should be made for: addresses, words of more than 18 letters;
2. is set a little smaller, with less space between its columns;
3. spans the columns of the page, if it stands in none of its blocks;
4. is set smaller, step by step, down to three quarters of its size (6.5 points of 8.6);
5. breaks words of its widest columns.
"""

from __future__ import annotations

import msgspec

from faircopy.writers import columns

LONGEST = 9.0
"""Em of the longest word, or address, that a column is made for: some 18 letters."""
STEPS = (0.94, 0.88, 0.82, 0.76)
"""Shares of its size in which a table is set; the last is the floor."""
INLINE_SPACE = 0.55
"""Share of the space within cells that is left between columns of a tight table."""
_ROUNDING = 0.75
"""Pixels by which a word may come out wider than it was measured."""


class Columns(msgspec.Struct, frozen=True):
    """A table's columns, in pixels: their longest words, their longest lines, and an em.

    ``inner`` is the space at both sides of a cell's text, which the others don't have in them.
    """

    words: tuple[float, ...]
    lines: tuple[float, ...]
    inner: float
    em: float

    def least(self, scale: float = 1.0, *, whole: bool = False) -> float:
        """Return the width that it needs at ``scale``; ``whole`` if no word may be broken."""
        words = [word * scale for word in self.words] if whole else self._needed(scale)
        return sum(words) + self.space(scale) * len(words)

    def space(self, scale: float) -> float:
        """Return what a cell has at both sides of its text at ``scale``."""
        return self.inner * (INLINE_SPACE if scale < 1 else 1.0)

    def shared(self, room: float, scale: float) -> tuple[float, ...]:
        """Return the width of each column's text when they share ``room``.

        Each gets what its words need, or as much as the widest; what is left goes to the columns
        by what their lines could use.
        """
        room -= self.space(scale) * len(self.words)
        return columns.shared(self._needed(scale), [line * scale for line in self.lines], room)

    def _needed(self, scale: float) -> list[float]:
        """Return what the words of each column need, but for those that may be broken."""
        return [min(word, LONGEST * self.em) * scale + _ROUNDING for word in self.words]


class Fit(msgspec.Struct, frozen=True):
    """How a table is set: across the columns or not, its size, and its columns if words break."""

    spans: bool = False
    scale: float = 1.0
    widths: tuple[float, ...] = ()


def fitted(table: Columns, room: float, page: float | None) -> Fit:
    """Return how a table is set.

    Args:
        table: what it holds.
        room: the width of where it stands, in pixels.
        page: the width if it spans the page's columns; None where it can't.
    """
    if table.least(whole=True) <= room + _ROUNDING:
        return Fit()
    tries = [(False, 1.0), (False, STEPS[0])]
    if page is not None:
        tries += [(True, 1.0)]
    tries += [(page is not None, scale) for scale in STEPS]
    for spans, scale in tries:
        given = page if spans and page is not None else room
        if table.least(scale, whole=True) <= given:
            return Fit(spans, scale)
        if table.least(scale) <= given:
            return Fit(spans, scale, table.shared(given, scale))
    least = STEPS[-1]
    return Fit(page is not None, least, table.shared(page or room, least))
