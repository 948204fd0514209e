"""Looks that say nothing: those that a whole heading, head of a table or title has by its style.

Word processors write the look of a style on words themselves when they save a file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from faircopy.revision.aligning import pairs
from faircopy.revision.lines import NO_WORDS, PLAIN, Line, Looks
from faircopy.revision.returned import Returned

_STYLED = ("heading", "caption", "title", "subtitle", "standfirst", "byline", "dateline", "outlet")


def without_styles(old: Sequence[Line], back: Returned) -> tuple[Returned, Mapping[str, int]]:
    """Return what came back without looks that its styles have, and how many lines had each."""
    lines = list(back.lines)
    counts: Counter[str] = Counter()
    for pair in pairs(old, lines):
        for a, c in zip(range(pair.a, pair.b), range(pair.c, pair.d), strict=False):
            spare = _all(lines[c]) - _any(old[a]) if _is_styled(old[a]) else PLAIN
            if spare:
                counts.update(spare)
                lines[c] = _without(lines[c], spare)
    return msgspec.structs.replace(back, lines=tuple(lines)), counts


def _is_styled(line: Line) -> bool:
    return line.styled or line.kind.split(maxsplit=1)[0] in _STYLED


def _worded(line: Line) -> list[Looks]:
    return [one.looks for one in line.pieces if one.text.strip() and one.text not in NO_WORDS]


def _all(line: Line) -> Looks:
    """Return the looks that all words of a line have."""
    found = _worded(line)
    return frozenset.intersection(*found) if found else PLAIN


def _any(line: Line) -> Looks:
    return frozenset.union(PLAIN, *_worded(line))


def _without(line: Line, spare: Looks) -> Line:
    pieces = (msgspec.structs.replace(one, looks=one.looks - spare) for one in line.pieces)
    return msgspec.structs.replace(line, pieces=tuple(pieces))
