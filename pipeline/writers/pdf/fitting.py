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

from collections.abc import Sequence

import msgspec

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
        need = levelled(self._needed(scale), room)
        wish = [max(line * scale, least) for line, least in zip(self.lines, need, strict=True)]
        spare, wanted = max(0.0, room - sum(need)), sum(wish) - sum(need)
        given = min(1.0, spare / wanted) if wanted else 0.0
        found = [least + given * (most - least) for least, most in zip(need, wish, strict=True)]
        stretch = max(1.0, room / sum(found)) if sum(found) else 1.0
        return tuple(width * stretch for width in found)

    def _needed(self, scale: float) -> list[float]:
        """Return what the words of each column need, but for those that may be broken."""
        return [min(word, LONGEST * self.em) * scale + _ROUNDING for word in self.words]


class Fit(msgspec.Struct, frozen=True):
    """How a table is set: across the columns or not, its size, and its columns if words break."""

    spans: bool = False
    scale: float = 1.0
    widths: tuple[float, ...] = ()


def fitted(columns: Columns, room: float, page: float | None) -> Fit:
    """Return how a table is set.

    Args:
        columns: what it holds.
        room: the width of where it stands, in pixels.
        page: the width if it spans the page's columns; None where it can't.
    """
    if columns.least(whole=True) <= room + _ROUNDING:
        return Fit()
    tries = [(False, 1.0), (False, STEPS[0])]
    if page is not None:
        tries += [(True, 1.0)]
    tries += [(page is not None, scale) for scale in STEPS]
    for spans, scale in tries:
        given = page if spans and page is not None else room
        if columns.least(scale, whole=True) <= given:
            return Fit(spans, scale)
        if columns.least(scale) <= given:
            return Fit(spans, scale, columns.shared(given, scale))
    least = STEPS[-1]
    return Fit(page is not None, least, columns.shared(page or room, least))


def levelled(widths: Sequence[float], room: float) -> list[float]:
    """Return widths of which none is larger than a level, so that they have ``room``."""
    level = left = max(0.0, room)
    for place, width in enumerate(sorted(widths)):
        level = left / (len(widths) - place)
        if width > level:
            break
        left -= width
    else:
        return list(widths)
    return [min(width, level) for width in widths]
