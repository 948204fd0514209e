"""Setting a paragraph several ways, to choose the best.

WeasyPrint breaks lines greedily. Where that leaves gaping word spaces, the paragraph is laid
out by itself with its spaces and letters a hair tighter or wider, as a typesetter would, and
the way with the most even lines is taken. A trial costs a few lines of layout, not a page.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from pipeline.writers.pdf.check import RUNT, STRETCH
from pipeline.writers.pdf.composition import Setting
from pipeline.writers.pdf.layout import Line

WAYS = (
    (Setting(), 0.0),
    (Setting(word=-0.03, letter=-0.002), 0.5),
    (Setting(word=0.03, letter=0.004), 0.5),
    (Setting(word=-0.05, letter=-0.006), 1.0),
    (Setting(word=0.04, letter=0.012), 1.0),
    (Setting(ragged=True), 6.0),
)
"""The ways, and what each costs in itself: the plainest wins a tie, ragged is the last."""


def best(alone: Callable[[Setting], Sequence[Line]]) -> Setting:
    """Return the best way to set a paragraph.

    Args:
        alone: gives the lines it has when it is set in a way. It is asked for no more ways
            than can still be the best.
    """
    chosen, least = WAYS[0][0], math.inf
    for way, own in WAYS:
        if own >= least:
            break
        cost = own + _badness(alone(way))
        if cost < least:
            chosen, least = way, cost
    return chosen


def _badness(lines: Iterable[Line]) -> float:
    """Return how uneven a paragraph is; 0 when no rule is broken."""
    found = list(lines)
    excess = [line.stretch / line.size - STRETCH for line in found]
    loose = sum(3 + 20 * amount for amount in excess if amount > 0)
    ladder = sum(
        10
        for one, two, three in zip(found, found[1:], found[2:], strict=False)
        if one.hyphenated and two.hyphenated and three.hyphenated
    )
    runt = 10 if len(found) > 1 and _is_runt(found[-2], found[-1]) else 0
    return loose + ladder + runt


def _is_runt(before: Line, last: Line) -> bool:
    alone = " " not in last.text.replace("\u00a0", " ")
    return len(last.text) < RUNT or (before.hyphenated and alone)
