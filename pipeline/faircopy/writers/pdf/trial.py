"""Setting a paragraph several ways, to choose the best.

WeasyPrint breaks lines greedily. Where that leaves gaping word spaces, ladders or the rest of a
word by itself, the paragraph is broken anew as a whole: each line is tried with narrower spaces,
as it comes, and ending earlier, and the lines that are even together are taken (after Knuth and
Plass, Breaking Paragraphs into Lines, 1981, with a beam in place of all paths). A trial costs a
few lines of layout, not a page.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from faircopy.writers.pdf.breaks import Place
from faircopy.writers.pdf.setting.again import Wish
from faircopy.writers.pdf.setting.rules import HYPHEN, LADDER, RUNT, SHRINK, STRETCH

BEAM = 3
"""Ways of breaking that are followed at the same time."""
EARLIER = 2
"""How often a line is tried to end earlier."""
BAD = 10.0
"""Cost of what a house rule forbids."""


class Try(msgspec.Struct, frozen=True):
    """One line as it could be.

    Attributes:
        take: what it may take in beyond the measure, in pixels.
        resume: where the next begins, as WeasyPrint knows it; None for the last line.
        text: as drawn.
        stretch: what its word spaces grow, in em; below 0 where they shrink. For a ragged line,
            how much of the measure it leaves empty.
        fill: how much of the measure a last line fills.
    """

    take: float
    resume: Any
    text: str
    stretch: float
    hyphenated: bool
    fill: float = 1.0


class Way(msgspec.Struct, frozen=True):
    """The first lines of a paragraph, broken one way.

    ``wish`` is for a paragraph whose lines were set before.
    """

    cost: float = 0.0
    takes: tuple[tuple[Place, float], ...] = ()
    count: int = 0
    ladder: int = 0
    text: str = ""
    resume: Any = None
    hyphenated: bool = False
    read: int = 0
    wish: Wish = Wish()


Lines = Callable[[Way], Iterable[Try]]
"""Gives how the line after a way's could be."""


def search(
    following: Lines,
    place: Callable[[Any], Place],
    *,
    closed: frozenset[int] = frozenset(),
    lean: int = 0,
) -> dict[int, Way]:
    """Return the best way for each number of lines that was found.

    Args:
        following: gives the tries for a next line.
        place: names where a line begins.
        closed: numbers of lines that must not end in a hyphen.
        lean: 1 to look for more lines, -1 for fewer, 0 for the most even.
    """
    ways = [Way()]
    best: dict[int, Way] = {}
    while ways:
        further: dict[tuple[Place, bool], Way] = {}
        for way in ways:
            for line in following(way):
                longer = _with(way, line, place(way.resume), closed)
                if line.resume is None:
                    if longer.cost < best.get(longer.count, _DEAR).cost:
                        best[longer.count] = longer
                    continue
                key = place(line.resume), line.hyphenated
                if longer.cost < further.get(key, _DEAR).cost:
                    further[key] = longer
        ways = sorted(further.values(), key=lambda way: way.cost + lean * way.read * 0.08)[:BEAM]
    return best


_DEAR = Way(math.inf)


def _with(way: Way, line: Try, at: Place, closed: frozenset[int]) -> Way:
    """Return a way with one more line."""
    ladder = way.ladder + 1 if line.hyphenated else 0
    last = line.resume is None
    cost = _loose(0.0 if last and line.stretch > 0 else line.stretch)
    cost += 0.5 if line.hyphenated else 0.0
    cost += BAD if ladder > LADDER or (ladder and way.count + 1 in closed) else 0.0
    if last and way.count:
        cost += BAD if is_runt(way.text, line.text) else 0.0
        cost += 1.0 if line.fill < _SHORT else 0.0
    takes = (*way.takes, (at, line.take)) if line.take else way.takes
    return Way(
        cost=way.cost + cost,
        takes=takes,
        count=way.count + 1,
        ladder=ladder,
        text=line.text,
        resume=line.resume,
        hyphenated=line.hyphenated,
        read=way.read + len(line.text),
    )


_SHORT = 0.08
"""How much of the measure a last line fills at least, if it can be had."""


def _loose(stretch: float) -> float:
    """Return what it costs that word spaces grow or shrink by so many em."""
    if stretch <= 0:
        return (stretch / SHRINK) ** 2
    over = BAD + 50 * (stretch - STRETCH) if stretch > STRETCH else 0.0
    return 3 * (stretch / STRETCH) ** 3 + over


def is_runt(before: str, last: str) -> bool:
    """Whether a last line is next to nothing, or but the end of a word (house rule B4)."""
    alone = " " not in last.replace("\u00a0", " ")
    return len(last) < RUNT or (before.endswith(HYPHEN) and alone)
