"""From a word of the tree to its line and column in the manuscript.

Pandoc's Markdown reader gives no positions. The tree and the text have the same words in the
same order, but for footnotes and reference definitions; so each unit's first words are looked
up from where the last unit ended, and every word after the first follows its neighbour.
"""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Omit
from faircopy.core.diagnostics import Place
from faircopy.core.model import Role
from faircopy.manuscript.source import Source
from faircopy.passes.units import Unit

_WORD = re.compile(r"[^\W_]+")
_LOOKAHEAD = 40
"""How many words of markup (a link's address, a note's name) may stand between two words."""

_TRIES = 8
"""With how many of a unit's first words the search is tried: markup may divide the first."""

_CANDIDATES = 200
"""How many occurrences of a first word are looked at: a bound for texts that repeat one word."""

_START = 3
"""How many words identify the beginning of a unit."""


class Alignment(msgspec.Struct, frozen=True):
    """For each unit the offsets, in the source's text, of its words; -1 where unknown."""

    offsets: Mapping[str, tuple[int, ...]]

    def offset(self, unit: str, word: int = 0) -> int:
        """Return the offset of a unit's ``word``-th run of letters, or of the nearest known."""
        offsets = self.offsets.get(unit, ())
        before = (at for at in reversed(offsets[: word + 1]) if at >= 0)
        return next(before, next((at for at in offsets[word + 1 :] if at >= 0), -1))


def words(text: str) -> list[str]:
    """Return the runs of letters and digits in ``text``, by which texts are aligned."""
    return _WORD.findall(text)


def align(source: Source, units: Iterable[Unit]) -> Alignment:
    """Find the words of ``units``, given in reading order, in the manuscript's body."""
    matches = list(_WORD.finditer(source.text, source.body))
    tokens = [match[0] for match in matches]
    index: dict[str, list[int]] = defaultdict(list)
    for position, token in enumerate(tokens):
        index[token].append(position)
    offsets: dict[str, tuple[int, ...]] = {}
    cursor = 0
    for unit in units:
        wanted = words(ast.text(unit.inlines, Omit.NOTES))
        found = _find(wanted, tokens, index, cursor)
        offsets[unit.id] = tuple(matches[at].start() if at >= 0 else -1 for at in found)
        if found and found[-1] >= 0 and unit.role is not Role.FOOTNOTE:
            cursor = found[-1] + 1
    return Alignment(offsets)


def _find(
    wanted: list[str], tokens: list[str], index: Mapping[str, list[int]], cursor: int
) -> list[int]:
    """Return a position for each wanted word; the search starts anew when nothing follows."""
    for first in range(min(len(wanted), _TRIES)):
        candidates = index.get(wanted[first], [])
        after = bisect.bisect_left(candidates, cursor)
        there = candidates[after : after + _CANDIDATES] + candidates[: min(after, _CANDIDATES)]
        for position in there:
            if -1 not in _follow(wanted[first : first + _START], tokens, position):
                return [-1] * first + _follow(wanted[first:], tokens, position)
    return [-1] * len(wanted)


def _follow(wanted: list[str], tokens: list[str], position: int) -> list[int]:
    found: list[int] = []
    for word in wanted:
        window = tokens[position : position + _LOOKAHEAD]
        if word in window:
            position += window.index(word) + 1
            found.append(position - 1)
        else:
            found.append(-1)
    return found


def places(source: Source, alignment: Alignment) -> dict[str, Place]:
    """Return the place of each unit's first word."""
    found = {}
    for unit in alignment.offsets:
        offset = alignment.offset(unit)
        if offset >= 0:
            found[unit] = source.place(offset)
    return found
