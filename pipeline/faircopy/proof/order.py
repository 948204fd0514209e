"""The order of words in lines that run both ways, for a reader that has only their glyphs.

A page shows glyphs from left to right. Where a line holds scripts of both directions, the order
in which it is read cannot be told from that (UAX #9 has no way back), and poppler does not heed
the ``ActualText`` that tells it when it gives the structure tree. This is the one limit of that
reader: of a line in a text with words from right to left, every word and sign must be there,
exactly, and next to each other; in which order they stand within the line, and on which letter of
its word a point, is left to the reader of ``ActualText``. Whether two lines are parts of one word
is told there by their places as well: the second goes on, within a word, where the first has ended.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

import msgspec

from faircopy.proof.tokens import tokens

PIECE = "\x1e"
"""Stands in a block of text between pieces that were drawn by themselves."""

_PART = re.compile(r"[^\W_]+|\S")
_JOINERS = "\u200c\u200d"
_MIRRORED = str.maketrans(")]}»>", "([{«<")


def ordered(blocks: Iterable[str], known: Sequence[str], *, right: bool = False) -> list[str]:
    """Return the tokens of blocks of text, those of pieces that run both ways in the known order.

    ``known`` are the tokens that ought to be there. A piece whose words are not all together
    somewhere in them stays as it is, and the comparison finds it. A text without words from right
    to left is read as it stands, unless it is set from right to left (``right``): there the stops
    of foreign words run the other way too.
    """
    if not right and not any(_from_right(token) for token in known):
        return [token for block in blocks for token in tokens(block.replace(PIECE, ""))]
    text = _Text(known)
    out: list[str] = []
    last = ""  # the signs since the last space, as drawn: a quotation mark is read by its word
    for block in blocks:
        for piece in block.split(PIECE):
            row = tokens(piece)
            goes_on, settled = text.settle(row) if row else (False, [])
            if goes_on and out:
                said = tokens(last)
                if settled == row and last and out[-len(said) :] == said:
                    whole = last + piece.strip()
                    out[-len(said) :] = tokens(whole)
                    last = whole.split()[-1]
                    continue
                out[-1] += settled.pop(0)
            out += settled
            last = piece.split()[-1] if settled == row and row else ""
    return out


def _from_right(text: str) -> bool:
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


class _Signs(msgspec.Struct, frozen=True):
    """The words and signs of a row, how many characters they have, and a sum of these."""

    parts: Counter[str]
    size: int
    weight: int

    @classmethod
    def of(cls, row: Sequence[str]) -> _Signs:
        joined = "".join(row)
        return cls(_parts(row), len(joined), sum(map(_weight, joined.translate(_MIRRORED))))


class _Text:
    """The known tokens as one string, with where each begins."""

    def __init__(self, known: Sequence[str]) -> None:
        self._string = "".join(known)
        self._starts = {0, *accumulate(map(len, known))}
        self._sums = [0, *accumulate(map(_weight, self._string.translate(_MIRRORED)))]
        self._at = 0

    def settle(self, row: list[str]) -> tuple[bool, list[str]]:
        """Return a row in the known order, and whether it goes on with the word before it.

        What comes next in the text is looked at first: a row of signs alone may stand, as it was
        drawn, anywhere behind that.
        """
        joined, signs = "".join(row), _Signs.of(row)
        next_one = self._has(signs, self._at)
        start = self._at if next_one else self._string.find(joined, self._at)
        if start < 0:
            if joined in self._string:
                return False, row
            found = self._find(signs)
            if found is None:
                return False, row
            start = found
        if not self._string.startswith(joined, start):
            row = list(self._split(start, start + len(joined)))
        goes_on = start == self._at and start not in self._starts
        self._at = start + len(joined)
        return goes_on, row

    def _find(self, signs: _Signs) -> int | None:
        """Return where the same words stand together: whole tokens at best, and soon."""
        places = range(len(self._string) - signs.size + 1)
        hits = [start for start in places if self._has(signs, start)]
        return min(hits, key=lambda start: self._rank(start, signs.size), default=None)

    def _has(self, signs: _Signs, start: int) -> bool:
        """Whether these words and signs, in any order, stand at a place and nothing else does."""
        end = start + signs.size
        return (
            end < len(self._sums)
            and self._sums[end] - self._sums[start] == signs.weight
            and _parts(self._split(start, end)) == signs.parts
        )

    def _rank(self, start: int, size: int) -> tuple[bool, int, int]:
        torn = (start not in self._starts) + (start + size not in self._starts)
        return start < self._at, torn, start

    def _split(self, start: int, end: int) -> Iterable[str]:
        cuts = [start, *(at for at in range(start + 1, end) if at in self._starts), end]
        return (self._string[a:b] for a, b in pairwise(cuts))


def _weight(char: str) -> int:
    return ord(char) ** 3


def _parts(tokens: Iterable[str]) -> Counter[str]:
    """Return the words and signs of tokens; a bracket may be drawn as its mirror image.

    Points over and under letters from right to left are signs beside their word: whether a point
    is a glyph of its own, which stands before its letter's, or one with it, only the font knows.
    So it is with what joins or parts letters: at the begin of a run it may be of the next glyph.
    """
    found: Counter[str] = Counter()
    for token in tokens:
        drawn, beside = token.translate(_MIRRORED), _JOINERS
        if _from_right(token):
            beside += "".join(char for char in drawn if unicodedata.category(char) == "Mn")
        points = "".join(char for char in drawn if char in beside)
        drawn = "".join(char for char in drawn if char not in beside)
        found.update(_PART.findall(drawn))
        found.update(points)
    return found
