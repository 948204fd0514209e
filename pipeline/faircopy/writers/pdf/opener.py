"""The opener of a page: a title that fits, what stands under it in proportion, and its pictures.

Pure arithmetic in points; ``headings`` measures words for it, ``plates`` sets the pictures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from faircopy.theme.tokens import Style

SIZES = ((1.0, 3), (0.85, 3), (0.72, 3), (0.6, 4), (0.5, 4), (0.42, 5))
"""Shares of its size in which a title is set, with the lines that it may take at most."""
SMALLER = 0.7
"""The least share of its size to which a title is set smaller so that no line is a mere stub."""
COMPACT = 0.72
"""The largest share beside or above a picture."""
SUBTITLE, STANDFIRST = 0.62, 0.56
"""The most that a subtitle and a standfirst have of the title's size,"""
LEAST = 1.12
"""and the least of the body's: a title stands above all, and all of it above the text."""
STANDFIRST_LINES = 5
"""Lines of a standfirst; a longer one is set smaller, and as wide as the title."""

Lines = Callable[[float, float], int]
"""Gives how many lines words take at a size and a measure; 99 where one of them does not fit."""
Stubs = Callable[[float, float], bool]
"""Tells whether a line of the words is next to nothing at a size and a measure."""


class Opening(msgspec.Struct, frozen=True):
    """How an opener is set: its styles, and the standfirst's measure in points."""

    styles: Mapping[str, Style]
    measure: float


def fitted(
    styles: Mapping[str, Style],
    lines: Mapping[str, Lines],
    title_measure: float,
    standfirst_measure: float,
    *,
    stubs: Stubs | None = None,
    compact: bool = False,
) -> Opening:
    """Return the styles of title, subtitle and standfirst that agree with each other.

    Args:
        styles: those of the page, by name.
        lines: measures the words of each that is there.
        title_measure: the widest that title and subtitle may be.
        standfirst_measure: the widest that a standfirst of few lines may be.
        stubs: tells of the title's words where a smaller size looks better.
        compact: whether a picture wants room.
    """
    body, title = styles["body"].size, styles["title"]
    if "title" in lines:
        sizes = [(share, most) for share, most in SIZES if not compact or share <= COMPACT]
        fits = [
            share
            for share, most in sizes
            if lines["title"](title.size * share, title_measure) <= most
        ]
        share = _share(fits, lambda share: bool(stubs and stubs(title.size * share, title_measure)))
        share = share or sizes[-1][0]
        title = _times(title, share)
    found = {"title": title}
    for name, most in (("subtitle", SUBTITLE), ("standfirst", STANDFIRST)):
        bound = max(title.size * most, body * LEAST)
        found[name] = _times(styles[name], min(1.0, bound / styles[name].size))
    measure = min(standfirst_measure, title_measure)
    if "standfirst" in lines:
        found["standfirst"], measure = _standfirst(
            found["standfirst"], lines["standfirst"], measure, title_measure, body * LEAST
        )
    return Opening(found, measure)


def _share(fits: list[float], has_stub: Callable[[float], bool]) -> float:
    """Return the largest share that fits, a smaller one where its lines are fuller; 0 for none."""
    largest = fits[0] if fits else 0.0
    near = (share for share in fits if share >= largest * SMALLER)
    return next((share for share in near if not has_stub(share)), largest)


def _standfirst(
    style: Style, lines: Lines, measure: float, widest: float, least: float
) -> tuple[Style, float]:
    for wide in (measure, widest):
        for share in (1.0, 0.9, 0.8):
            size = max(style.size * share, min(least, style.size))
            if lines(size, wide) <= STANDFIRST_LINES:
                return _times(style, size / style.size), wide
    return _times(style, max(0.8, min(1.0, least / style.size))), widest


def _times(style: Style, share: float) -> Style:
    if share >= 1.0:
        return style
    return Style(round(style.size * share, 2), round(style.lead * share * 4) / 4)
