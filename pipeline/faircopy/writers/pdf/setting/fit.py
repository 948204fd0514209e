"""A paragraph broken into lines as a whole.

After D. E. Knuth and M. F. Plass, Breaking Paragraphs into Lines (Software: Practice and
Experience 11, 1981): of all ways to break a paragraph the one whose lines are the most even
together, with the house rules as prices. Pure: from widths to breaks.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from enum import IntEnum
from typing import TypeAlias

import msgspec

from faircopy.writers.pdf.setting.rules import LADDER, RUNT, SHRINK, STRETCH

EASY = 0.22
"""What word spaces may grow, in em, before a word is broken for it,"""
RAGGED = 0.16
"""and how much of its measure a ragged line may leave empty for it."""
EMPTY = 0.4
"""How much of its measure a ragged line may leave empty at all."""
HALF = 0.26
"""What a word space grows by to half an em."""
_HYPHEN = 9000.0
_LADDER = 5000.0
"""What a hyphen costs, and a second in a row: as much as a line whose spaces grow by 0.16 em."""
_SHORT, _SHORT_COST = 0.08, 2500.0
"""How much of the measure a last line fills at least, if it can be had, and what less costs."""
UNEVEN = 2e5
"""Cost of lines, on an average, that are so uneven that something else is tried."""
FITS = 1e8
"""What it costs that a word is broken which has room on the line."""
_GAPES, _WIDER = 1e10, 0.1
"""What a line costs whose spaces grow by more than the rule allows, and by how many em more one is
twice as bad: two that gape by a hair are better than one that anybody sees."""
_ROUNDING = 0.02
FORBIDDEN = 1e14
"""What a line costs that breaks a house rule, where there is no other."""


class End(IntEnum):
    """What follows a piece, where a line may end: nothing, a space, a hyphen of ours, its own.

    Behind the last of them a line must end.
    """

    PLAIN = 0
    SPACE = 1
    SOFT = 2
    HARD = 3
    FORCED = 4


class Piece(msgspec.Struct, frozen=True):
    """What no line is broken within. Lengths are points.

    Attributes:
        width: of what it draws.
        spaces: how many spaces that may grow it holds.
        letters: how many characters it has.
        end: how a line may end behind it.
        after: the width of the space or the hyphen there.
    """

    width: float
    spaces: int
    letters: int
    end: End
    after: float

    def tracked(self, by: float) -> Piece:
        """Return the piece with ``by`` points added to each of its letters."""
        return msgspec.structs.replace(
            self,
            width=self.width + by * self.letters,
            after=self.after + by if self.after else 0.0,
        )


class Measure(msgspec.Struct, frozen=True):
    """How wide lines are and how they are set. Lengths are points.

    Attributes:
        first: the widths of the first lines.
        width: of all others.
        em: the size of the type.
        ragged: whether spaces keep their width.
    """

    first: tuple[float, ...]
    width: float
    em: float
    ragged: bool = False

    def of(self, line: int) -> float:
        """Return the width of a line, which is counted from 0."""
        return self.first[line] if line < len(self.first) else self.width


class Way(msgspec.Struct, frozen=True):
    """One way to break a paragraph.

    Attributes:
        cost: how uneven its lines are.
        ends: by how many pieces each line is preceded and ended.
        grown: what its word spaces grow by, line by line, in em; the last line's too.
        filled: how much of its measure the last line fills.
    """

    cost: float
    ends: tuple[int, ...]
    grown: tuple[float, ...]
    filled: float = 1.0


_State: TypeAlias = tuple[int, int]
"""Lines so far, and how many in a row end in a hyphen."""
_Node: TypeAlias = tuple[float, int, _State, float]
"""Cost, the place and state before, and what the last line's spaces have grown."""


def ways(
    pieces: Sequence[Piece],
    measure: Measure,
    most: float,
    closed: Collection[int] = (),
) -> dict[int, Way]:
    """Return the best way to break a paragraph for each number of lines; none if there is none.

    Args:
        pieces: the paragraph.
        measure: its lines.
        most: what word spaces may grow, in em; of ragged lines, the share that may be empty.
        closed: the lines, counted from 0, that end in no hyphen.
    """
    if not pieces:
        return {}
    table = _Table(pieces, measure, most)
    nodes: list[dict[_State, _Node]] = [{} for _ in range(len(pieces) + 1)]
    nodes[0][0, 0] = (0.0, 0, (0, 0), 0.0)
    for start in range(len(pieces)):
        states = nodes[start]
        widths = {measure.of(count) for count, _ in states}
        for width in widths:
            here = [item for item in states.items() if measure.of(item[0][0]) == width]
            for end, grown, price, hyphen in table.lines(start, width):
                further = nodes[end]
                for state, node in here:
                    if hyphen and state[0] in closed:
                        continue
                    ladder = state[1] + 1 if hyphen else 0
                    if ladder > LADDER:
                        continue
                    cost = node[0] + price + (_LADDER if ladder > 1 else 0.0)
                    reached = (state[0] + 1, ladder)
                    if reached not in further or cost < further[reached][0]:
                        further[reached] = (cost, start, state, grown)
    return {
        count: msgspec.structs.replace(way, filled=table.filled(way, measure))
        for count, way in _traced(nodes).items()
    }


def _traced(nodes: Sequence[dict[_State, _Node]]) -> dict[int, Way]:
    best: dict[int, Way] = {}
    for last, (cost, *_) in nodes[-1].items():
        count = last[0]
        if count in best and best[count].cost <= cost:
            continue
        ends, grown, place, state = [], [], len(nodes) - 1, last
        while place:
            ends.append(place)
            _, place, state, by = nodes[place][state]
            grown.append(by)
        best[count] = Way(cost, tuple(reversed(ends)), tuple(reversed(grown)))
    return best


def price(grown: float) -> float:
    """Return what a line costs whose word spaces have grown, or shrunk, by so much, in em."""
    return (1 + 100 * (-grown / SHRINK if grown < 0 else grown / 0.2) ** 3) ** 2


class _Table:
    """The lines that a paragraph may have."""

    def __init__(self, pieces: Sequence[Piece], measure: Measure, most: float) -> None:
        self._pieces, self._most = pieces, most
        self._em, self._ragged = measure.em, measure.ragged
        self._shrink = 0.0 if measure.ragged else SHRINK * measure.em
        self._forced = [n for n, piece in enumerate(pieces, 1) if piece.end is End.FORCED]
        self._x, self._spaces, self._letters = [0.0], [0], [0]
        for piece in pieces:
            space = piece.end is End.SPACE
            self._x.append(self._x[-1] + piece.width + (piece.after if space else 0.0))
            self._spaces.append(self._spaces[-1] + piece.spaces + space)
            self._letters.append(self._letters[-1] + piece.letters + space)

    def lines(self, start: int, width: float) -> Iterator[tuple[int, float, float, bool]]:
        """Yield the lines that begin at a piece: end, growth of spaces, price, hyphen or not.

        A word that has room on the line is not broken but to mend what is worse.
        """
        soft: list[tuple[int, float, float, bool]] = []
        dear: list[tuple[int, float, float, bool]] = []
        pieces, last = self._pieces, len(self._pieces)
        at = bisect_left(self._x, self._x[start] + self._least * width)
        forced = next((place for place in self._forced if place > start), last)
        for end in range(min(max(start + 1, at), forced), forced + 1):
            piece = pieces[end - 1]
            kind = piece.end
            space = kind is End.SPACE
            natural = self._x[end] - self._x[start] - (piece.after if space else 0.0)
            spaces = self._spaces[end] - self._spaces[start] - space
            room = width - natural + spaces * self._shrink + _ROUNDING
            if room < 0:
                break
            if kind is not End.SOFT:
                dear += [(*line[:2], line[2] + FITS, True) for line in soft]
                soft.clear()  # what ends a word here has room, so that none of it is broken
            elif room < piece.after:
                continue
            slack = width - natural - (piece.after if kind is End.SOFT else 0.0)
            if end == last or kind is End.FORCED:
                yield self._last(start, end, slack, spaces, width)
                break
            grown = self._growth(slack, spaces, width)
            if grown > self._most:
                continue
            hyphen = kind in (End.SOFT, End.HARD)
            price = self._price(grown) + (_HYPHEN if kind is End.SOFT else 0.0)
            if grown > STRETCH and not self._ragged:
                price += _GAPES * (1 + ((grown - STRETCH) / _WIDER) ** 2)
            found = (end, grown, price, hyphen)
            if kind is End.SOFT:
                soft.append(found)
            else:
                yield found
        yield from soft
        yield from dear

    def filled(self, way: Way, measure: Measure) -> float:
        """Return how much of its measure the last line of a way fills."""
        start = way.ends[-2] if len(way.ends) > 1 else 0
        return (self._x[-1] - self._x[start]) / measure.of(len(way.ends) - 1)

    @property
    def _least(self) -> float:
        """How much of its measure a line fills at least with spaces as they come."""
        return 1 - self._most if self._ragged else 0.4

    def _growth(self, slack: float, spaces: int, width: float) -> float:
        if self._ragged:
            return slack / width
        if spaces:
            return slack / spaces / self._em
        return 0.0 if abs(slack) < 1 else math.copysign(math.inf, slack)

    def _price(self, grown: float) -> float:
        return (1 + 100 * (grown / 0.2) ** 2) ** 2 if self._ragged else price(grown)

    def _last(
        self, start: int, end: int, slack: float, spaces: int, width: float
    ) -> tuple[int, float, float, bool]:
        """Return a last line, and its price (house rule B4)."""
        grown = min(0.0, self._growth(slack, spaces, width))
        price = self._price(grown)
        if start and end == len(self._pieces):
            letters = self._letters[-1] - self._letters[start]
            torn = self._pieces[start - 1].end is End.SOFT and spaces == 0
            if letters < RUNT or torn:
                price += FORBIDDEN
            elif width - slack < _SHORT * width:
                price += _SHORT_COST
        return end, grown, price, False
