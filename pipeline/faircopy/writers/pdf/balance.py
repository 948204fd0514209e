"""Lines of even length for headings, which CSS calls ``text-wrap: balance``.

WeasyPrint has no such thing: the narrowest measure that keeps the number of lines is found
here from the words' widths, and given to the element as its ``max-width``.
"""

from __future__ import annotations

from collections.abc import Sequence

SLACK = 1.5
"""Points added, since kerning across a space is not measured."""


def lines(widths: Sequence[float], space: float, measure: float) -> int:
    """Return how many lines words of these widths take, broken greedily at ``measure``."""
    count, filled = 1, 0.0
    for width in widths:
        if filled and filled + space + width > measure:
            count, filled = count + 1, width
        else:
            filled += (space if filled else 0) + width
    return count


def balanced(widths: Sequence[float], space: float, measure: float) -> float | None:
    """Return the measure at which the lines are even, or None for a single line.

    All lengths are in the same unit, points by convention.
    """
    count = lines(widths, space, measure)
    if count == 1:
        return None
    low, high = max(*widths, measure / count), measure
    while high - low > 0.5:
        middle = (low + high) / 2
        if lines(widths, space, middle) <= count:
            high = middle
        else:
            low = middle
    return min(high + SLACK, measure)
