"""Lines of even length for headings, which CSS calls ``text-wrap: balance``.

WeasyPrint has no such thing: the narrowest measure that keeps the number of lines is found
here from the words' widths, and given to the element as its ``max-width``.
"""

from __future__ import annotations

from collections.abc import Sequence

SLACK = 1.5
"""Points added, since kerning across a space is not measured."""


STUB = 0.34
"""Share of the widest line that a line has at least which does not look like a slip."""


def lines(widths: Sequence[float], space: float, measure: float) -> int:
    """Return how many lines words of these widths take, broken greedily at ``measure``."""
    return len(broken(widths, space, measure))


def broken(widths: Sequence[float], space: float, measure: float) -> list[float]:
    """Return how wide the lines of words of these widths are, broken greedily at ``measure``."""
    found: list[float] = []
    for width in widths:
        if found and found[-1] + space + width <= measure:
            found[-1] += space + width
        else:
            found.append(width)
    return found or [0.0]


def has_stub(widths: Sequence[float], space: float, measure: float) -> bool:
    """Whether one of the lines is next to nothing, as they would be set at ``measure``."""
    found = broken(widths, space, balanced(widths, space, measure) or measure)
    return min(found) < STUB * max(found)


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
