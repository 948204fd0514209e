"""Two texts as lines, laid side by side: which lines became which, and in them which words.

Words are aligned, with the ends of paragraphs among them: so a paragraph that was split or joined
is seen as such. Ids of units, which travel as bookmarks, only help where words are in doubt.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

import msgspec

from faircopy.revision.lines import Line, Token, tokens

_END = "\n"
"""The end of a paragraph, as a token is compared."""
_ALIKE = 0.5
"""How much of two lines' words must be the same for the one to have become the other."""
_MOST = 6_000
"""Words that are aligned one by one where lines differ; beyond, lines only."""


class Pair(msgspec.Struct, frozen=True):
    """What became what, lines or tokens: positions from ``a`` to ``b``, and from ``c`` to ``d``."""

    a: int
    b: int
    c: int
    d: int


def pairs(old: Sequence[Line], new: Sequence[Line]) -> list[Pair]:
    """Return which lines became which, in order; lines that are only in one are alone."""
    keys = [line.key for line in old], [line.key for line in new]
    matched = difflib.SequenceMatcher(None, *keys, autojunk=False)
    found: list[Pair] = []
    for kind, a, b, c, d in matched.get_opcodes():
        if kind == "equal":
            found += [Pair(a + n, a + n + 1, c + n, c + n + 1) for n in range(b - a)]
        else:
            found += _within(old, new, Pair(a, b, c, d))
    return found


def _within(old: Sequence[Line], new: Sequence[Line], gap: Pair) -> Iterator[Pair]:
    """Yield the pairs of a stretch in which no line stayed as it was."""
    if gap.a == gap.b or gap.c == gap.d:
        yield gap
        return
    ends = _met(old, new, gap)
    a, c = gap.a, gap.c
    for b, d in [*ends, (gap.b, gap.d)]:
        if (a, c) != (b, d):
            yield from _single(old, new, Pair(a, b, c, d))
        a, c = b, d


def _met(old: Sequence[Line], new: Sequence[Line], gap: Pair) -> list[tuple[int, int]]:
    """Return where both texts end a paragraph in the same place, as positions of lines."""
    one, first = _stream(old[gap.a : gap.b])
    other, second = _stream(new[gap.c : gap.d])
    if len(one) + len(other) > _MOST:
        return []
    matched = difflib.SequenceMatcher(None, one, other, autojunk=False)
    met = []
    for at, to, size in matched.get_matching_blocks():
        for n in range(size):
            if one[at + n] == _END:
                met.append((gap.a + first[at + n] + 1, gap.c + second[to + n] + 1))
    return met[:-1] if met and met[-1] == (gap.b, gap.d) else met


def _stream(lines: Sequence[Line]) -> tuple[list[str], list[int]]:
    """Return the words of lines and the ends of paragraphs, and which line each is of."""
    words: list[str] = []
    where: list[int] = []
    for at, line in enumerate(lines):
        found = [*line.key.split(), _END]
        words += found
        where += [at] * len(found)
    return words, where


def _single(old: Sequence[Line], new: Sequence[Line], pair: Pair) -> Iterator[Pair]:
    """Yield a pair as it is, or its lines apart where they have too little in common."""
    if pair.a == pair.b or pair.c == pair.d:
        yield pair
        return
    if pair.b - pair.a == pair.d - pair.c:  # as many lines: each became its neighbour
        both = [*zip(range(pair.a, pair.b), range(pair.c, pair.d), strict=True)]
        if all(_became(old[a], new[c]) for a, c in both):
            yield from (Pair(a, a + 1, c, c + 1) for a, c in both)
            return
    words = [" ".join(line.key for line in old[pair.a : pair.b]).split()]
    words.append(" ".join(line.key for line in new[pair.c : pair.d]).split())
    together = _ratio(*words)
    if best := _best(old, new, pair, together):
        yield from best
    elif together >= _ALIKE or 1 == pair.b - pair.a == pair.d - pair.c:
        yield pair
    else:
        yield Pair(pair.a, pair.b, pair.c, pair.c)
        yield Pair(pair.b, pair.b, pair.c, pair.d)


def _best(old: Sequence[Line], new: Sequence[Line], pair: Pair, together: float) -> list[Pair]:
    """Return the pair of the one line on a side with the one that it became, and those around.

    ``together`` is how much all of them have in common: one line must have more. There is none
    where there are several on both sides, or one on both.
    """
    if min(pair.b - pair.a, pair.d - pair.c) != 1 or pair.b - pair.a == pair.d - pair.c:
        return []
    both = [(a, c) for a in range(pair.a, pair.b) for c in range(pair.c, pair.d)]
    a, c = max(both, key=lambda one: _share(old[one[0]], new[one[1]]))
    if _share(old[a], new[c]) <= max(_NEARLY, together):
        return []
    parts = (
        Pair(pair.a, a, pair.c, c),
        Pair(a, a + 1, c, c + 1),
        Pair(a + 1, pair.b, c + 1, pair.d),
    )
    return [one for one in parts if one.a != one.b or one.c != one.d]


_NEARLY = 0.5
"""How much of the words of a line that stands among others must be another's."""


def _share(one: Line, other: Line) -> float:
    return _ratio(one.key.split(), other.key.split())


def _became(one: Line, other: Line) -> bool:
    return (one.unit != "" and one.unit == other.unit) or _share(one, other) >= _ALIKE


def _ratio(one: list[str], other: list[str]) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def changes(old: Sequence[Token], new: Sequence[Token]) -> list[Pair]:
    """Return what changed from tokens to tokens: a word between changed ones is changed too."""
    keys = [token.key for token in old], [token.key for token in new]
    if keys[0] == keys[1]:
        return []
    matched = difflib.SequenceMatcher(None, *keys, autojunk=False)
    out: list[Pair] = []
    for kind, a, b, c, d in matched.get_opcodes():
        if kind == "equal":
            continue
        last = out[-1] if out else None
        if last and all(one.text.isspace() for one in old[last.b : a]):
            out[-1] = Pair(last.a, b, last.c, d)
        else:
            out.append(Pair(a, b, c, d))
    return out


def flat(lines: Sequence[Line]) -> tuple[list[Token], list[int]]:
    """Return the tokens of lines as of one, with an end between any two, and where each begins."""
    out: list[Token] = []
    begins: list[int] = []
    for at, line in enumerate(lines):
        if at:
            out.append(Token(_END, frozenset(), "", 0))
        begins.append(len(out))
        out += tokens(line)
    return out, begins
