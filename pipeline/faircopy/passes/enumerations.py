"""Lists within a paragraph, “1. … 2. …”, and stops that four spaced dots hold, as sentences.

A list is one whose first mark opens the text and whose marks count on from it, in one style.
Source: Pragmatic Segmenter's Golden Rules, and for the dots The Chicago Manual of Style 13.53.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

_NUMBERS = re.compile(r"(?:\A|(?<=\s))[•⁃‣▪◦]?\s?(\d{1,2})\.(?=\s+\S)")
_LETTERS = re.compile(r"(?:\A|(?<=\s))([a-z])\.(?=\s+\S)")
_FEWEST_LETTERS = 3
"""“a.” and “b.” alone are as likely to be something else."""
_DOTS = re.compile(r"(?<=[^\W\d_])\.(?= \. \. \.\s+[^\W\d_])")


def starts(shown: str) -> tuple[tuple[int, int], ...]:
    """Return where each item of a list begins and where its mark ends; nothing for no list."""
    for pattern, fewest in ((_NUMBERS, 2), (_LETTERS, _FEWEST_LETTERS)):
        found: list[tuple[int, int]] = []
        value = 0
        for mark in pattern.finditer(shown):
            here = int(mark[1]) if mark[1].isdecimal() else ord(mark[1])
            first = not found and mark.start() == 0 and (mark[1].isdecimal() or mark[1] == "a")
            if first or (found and here == value + 1):
                found.append((mark.start(), mark.end()))
                value = here
        if len(found) >= fewest:
            return tuple(found)
    return ()


def cut(shown: str, ends: Iterable[int], listed: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Return the ends of sentences with those of items of a list, and of stops before dots."""
    out = set(ends)
    marks = {end for _, end in listed}
    out -= marks
    for _, (begin, _) in pairwise(listed):
        out.add(len(shown[:begin].rstrip()))
    for found in _DOTS.finditer(shown):
        dots = re.match(r"(?: \.)+", shown[found.end() :])
        out.discard(found.end() + (dots.end() if dots else 0))
        out.add(found.end())
    return frozenset(out)
