"""The order of words in lines that run both ways, for a reader that has only their glyphs.

A page shows glyphs from left to right. Where a line holds scripts of both directions, the order
in which it is read cannot be told from that (UAX #9 has no way back), and poppler does not heed
the ``ActualText`` that tells it when it gives the structure tree. This is the one limit of that
reader: of a line in a text with words from right to left, every word and sign must be there,
exactly, and next to each other; in which order they stand within the line is left to the reader
of ``ActualText``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from faircopy.proof.tokens import fold, raw_tokens

_PART = re.compile(r"[^\W_]+|\S")
_MIRRORED = str.maketrans(")]}»>", "([{«<")


def ordered(lines: Iterable[str], known: Sequence[str]) -> list[list[str]]:
    """Return the raw tokens of lines, those of lines that run both ways in the known order.

    ``known`` are the tokens that ought to be there. A line whose words are not all together
    somewhere in them stays as it is, and the comparison finds it.
    """
    rows = [raw_tokens(line) for line in lines]
    if not any(_from_right(token) for token in known):
        return rows
    text = _Text(known)
    return [text.settle(row) for row in rows]


def _from_right(text: str) -> bool:
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


class _Text:
    """The known tokens as one string, with where each begins."""

    def __init__(self, known: Sequence[str]) -> None:
        self._string = "".join(known)
        self._starts = {0, *accumulate(map(len, known))}
        self._sums = [0, *accumulate(map(_weight, self._string.translate(_MIRRORED)))]
        self._at = 0

    def settle(self, row: list[str]) -> list[str]:
        joined = "".join(map(fold, row))
        found = self._string.find(joined, self._at)
        if found >= 0 or joined in self._string:
            self._at = found + len(joined) if found >= 0 else self._at
            return row
        start = self._find(joined, _parts(map(fold, row)))
        if start is None:
            return row
        self._at = start + len(joined)
        return list(self._split(start, self._at))

    def _find(self, joined: str, parts: Counter[str]) -> int | None:
        """Return where the same words stand together: whole tokens at best, and soon."""
        size = len(joined)
        total = sum(map(_weight, joined.translate(_MIRRORED)))
        hits = [
            start
            for start in range(len(self._string) - size + 1)
            if self._sums[start + size] - self._sums[start] == total
            and _parts(self._split(start, start + size)) == parts
        ]
        return min(hits, key=lambda start: self._rank(start, size), default=None)

    def _rank(self, start: int, size: int) -> tuple[bool, int, int]:
        torn = (start not in self._starts) + (start + size not in self._starts)
        return start < self._at, torn, start

    def _split(self, start: int, end: int) -> Iterable[str]:
        cuts = [start, *(at for at in range(start + 1, end) if at in self._starts), end]
        return (self._string[a:b] for a, b in pairwise(cuts))


def _weight(char: str) -> int:
    return ord(char) ** 3


def _parts(tokens: Iterable[str]) -> Counter[str]:
    """Return the words and signs of tokens; a bracket may be drawn as its mirror image."""
    return Counter(part for token in tokens for part in _PART.findall(token.translate(_MIRRORED)))
