"""How a title is broken and how large it can be: the widest even lines that the cover holds."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache

import msgspec

Measure = Callable[[str], float]
"""Width of a text set in one line at a size of 1."""
MAX_LINES, USUAL_LINES = 6, 3
"""How many lines a title may have at most, and has unless it were too small to be read then."""
LEGIBLE = 120
"""Size from which a title of 1600 pixels' width is read on a thumbnail a tenth as wide."""
_OPENING = frozenset({"Ps", "Pi"})
_WIDE = frozenset({"W", "F"})
_SPACES = " \u3000"
"""What parts words, also between Chinese and Japanese characters."""
_GLUE = "\u00a0\u202f\u2060"
"""What holds words together, also there (UAX #14, class GL and WJ)."""


class Fit(msgspec.Struct, frozen=True):
    """Lines and the size at which they fill the measure."""

    lines: tuple[str, ...]
    size: float


def fit(
    text: str, measure: Measure, *, width: float, height: float, lead: float, largest: float
) -> Fit:
    """Break ``text`` so that it can be as large as possible within ``width`` and ``height``.

    For each number of lines the most even break is found; the number that allows the largest
    size wins, the smaller one when two are within a tenth. More than three lines are tried
    only when three leave the title illegible. ``lead`` is the leading as a multiple of the
    size. A text without a place to break is one line. Chinese does not show where a word ends,
    so that a title is broken no more often than legibility asks for.
    """
    words = pieces(text)
    blind = " " not in text.strip()
    best = Fit((text,), 0.0)
    for count in range(1, min(MAX_LINES, len(words)) + 1):
        enough = best.size >= LEGIBLE
        if enough and (blind or count > USUAL_LINES):
            break
        lines = _even(words, count, measure)
        wide = max(map(measure, lines))
        size = min(largest, height / (lead * count), width / wide if wide else largest)
        if size > best.size * 1.1:
            best = Fit(lines, size)
    return best


def balance(text: str, measure: Measure, width: float) -> tuple[str, ...]:
    """Break ``text`` into as few lines as ``width`` (at a size of 1) allows, evenly."""
    words = pieces(text)
    fewest = max(1, int(measure(text) / (width + measure(" "))))
    for count in range(min(fewest, len(words)), len(words) + 1):
        for by_sense in (True, False):
            lines = _even(words, count, measure, by_sense=by_sense)
            if max(map(measure, lines)) <= width:
                return lines
    return (text,)


def pieces(text: str) -> tuple[str, ...]:
    """Cut a text where a line may end; each piece keeps the space behind it.

    Spaces part words, wide ones too (no-break spaces do not); Chinese and Japanese part between
    characters, but not before a closing mark or behind an opening one (UAX #14).
    """
    out: list[str] = []
    for char in text:
        if not out or _may_part(out[-1][-1], char):
            out.append(char)
        else:
            out[-1] += char
    return tuple(out)


def _may_part(before: str, after: str) -> bool:
    if after in _SPACES or before in _GLUE or after in _GLUE:
        return False
    if before in _SPACES:
        return True
    kinds = unicodedata.category(before), unicodedata.category(after)
    if kinds[0] in _OPENING or (kinds[1][0] == "P" and kinds[1] not in _OPENING):
        return False
    return any(unicodedata.east_asian_width(char) in _WIDE for char in (before, after))


def _even(
    words: tuple[str, ...], count: int, measure: Measure, *, by_sense: bool = True
) -> tuple[str, ...]:
    """Break into exactly ``count`` lines whose widest is as narrow as possible.

    By sense, a line that ends in a short word (an article, a preposition) counts as wider, so
    that the word goes to the noun that it belongs to.
    """

    @cache
    def cost(start: int, end: int) -> float:
        line = "".join(words[start:end]).rstrip()
        last = words[end - 1].strip()
        short = by_sense and end < len(words) and len(last) < 4 and last.islower()
        return measure(line) * (1.25 if short else 1)

    @cache
    def best(start: int, left: int) -> tuple[float, float, tuple[int, ...]]:
        if left == 1:
            only = cost(start, len(words))
            return only, only**2, (len(words),)
        options = []
        for end in range(start + 1, len(words) - left + 2):
            here = cost(start, end)
            widest, square, ends = best(end, left - 1)
            options.append((max(here, widest), here**2 + square, (end, *ends)))
        return min(options)

    ends = best(0, count)[2]
    return tuple(
        "".join(words[start:end]).strip() for start, end in zip((0, *ends), ends, strict=False)
    )
