"""House rules B1 to B7, held against the lines of a finished PDF.

Pure functions from lines to breaches; what the rules ask and why is in ``styles/RULES.md``, whose
numbers stand here once more: who counts takes nothing from who sets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import TypeAlias

import msgspec

from faircopy.languages import locale
from faircopy.proof.typography.columns import EDGE, Column, end
from faircopy.proof.typography.lines import SOFT_HYPHEN, Line

FEWEST = 2
"""B1: lines of a paragraph on either side of where it is broken."""
LADDER = 2
"""B2: lines in a row that may end in a hyphen."""
RUNT = 5
"""B4: characters of a last line."""
LONGEST_NAME, AMONG_NOUNS, SHORTEST, SIDE = 24, 12, 7, 3
"""B5: letters of a name, at most, and where all nouns have a capital; of a word that is broken, and
of either part of it, at least."""
STRETCH = 0.6
"""B6: by how much a word space grows, in em."""
_ROUNDING = 0.05
"""How far the glyphs beside a space may be from where its width says, in em: by kerning."""
_OVER = 0.5
"""B7: lines nearer to each other than this times their type, and as wide in common, are one over
the other."""
_HYPHENS = (SOFT_HYPHEN, "-", "‐")
_PARTS = re.compile(r"[\s\u00a0–—/-]")


class Breach(msgspec.Struct, frozen=True):
    """A rule that is broken: its code, on which page, and the line."""

    rule: str
    page: int
    text: str


Block: TypeAlias = Sequence[Column]
"""The lines of one paragraph, by the columns that it stands in."""


def breaches(columns: Sequence[Column]) -> Iterator[Breach]:
    """Yield what the running text breaks of B1 to B7."""
    for block in paragraphs(columns):
        for rule, broken in _RULES.items():
            for line in broken(block):
                yield Breach(rule, line.page, line.text)
    for line in beyond(columns):
        yield Breach("B7", line.page, line.text)


def paragraphs(columns: Sequence[Column]) -> Iterator[Block]:
    """Yield the paragraphs, each by columns: headings break none of these rules."""
    parts: dict[int, list[Column]] = {}
    for column in columns:
        for block, lines in groupby(column.lines, lambda line: line.block):
            part = Column(column.page, tuple(lines))
            parts.setdefault(block, []).append(part)
    for block in parts.values():
        if not re.fullmatch(r"H\d?|Title", block[0].lines[0].kind):
            yield block


def _widows(block: Block) -> Iterator[Line]:
    """B1: a line of a broken paragraph that stands alone in a column."""
    for part in block if len(block) > 1 else ():
        if len(part.lines) < FEWEST:
            yield part.lines[0]


def _ladders(block: Block) -> Iterator[Line]:
    """B2: a line that is the third in a row to end in a hyphen."""
    run = 0
    for line in _all(block)[:-1]:
        run = run + 1 if line.text.endswith(_HYPHENS) else 0
        if run > LADDER:
            yield line
            run = 0


def _page_ends(block: Block) -> Iterator[Line]:
    """B3: the last line of a column, if it ends in a hyphen."""
    for part in block[:-1]:
        if part.lines[-1].text.endswith(_HYPHENS):
            yield part.lines[-1]


def _runts(block: Block) -> Iterator[Line]:
    """B4: a last line that is next to nothing, or the mere end of a word."""
    lines = _all(block)
    if len(lines) < 2 or lines[-1].kind not in ("P", "LBody", "LI"):
        return
    before, last = lines[-2:]
    text = "".join(char for char in last.text if unicodedata.category(char) != "Cf")
    torn = before.broken and not re.search(r"[\s\u00a0]", text)
    if torn or len(text) < RUNT:
        yield last


def _names(block: Block) -> Iterator[Line]:
    """B5: a line that ends within a name, or too near to a word's begin or end."""
    for line, following in pairwise(_all(block)):
        if not line.broken:
            continue
        begin = _PARTS.split(line.text.rstrip(SOFT_HYPHEN))[-1]
        end = _PARTS.split(following.text)[0]
        first, last = _letters(begin), _letters(end)
        word = first + last
        longest = AMONG_NOUNS if locale(line.lang).capital_nouns else LONGEST_NAME
        name = word[:1].isupper() and len(word) <= longest
        short = len(word) < SHORTEST or min(len(first), len(last)) < SIDE
        if name or short:
            yield line


def _letters(word: str) -> str:
    return "".join(char for char in word if char.isalpha() or unicodedata.combining(char))


def _loose(block: Block) -> Iterator[Line]:
    """B6: a line whose word spaces gape."""
    for line in _all(block):
        grown = [space.grown for space in line.spaces]
        if grown and sorted(grown)[len(grown) // 2] > STRETCH + _ROUNDING:
            yield line


_RULES: Mapping[str, Callable[[Block], Iterator[Line]]] = {
    "B1": _widows,
    "B2": _ladders,
    "B3": _page_ends,
    "B4": _runts,
    "B5": _names,
    "B6": _loose,
}


def _all(block: Block) -> list[Line]:
    return [line for part in block for line in part.lines]


def beyond(columns: Sequence[Column]) -> Iterator[Line]:
    """Yield lines that leave their column, or stand over another line (B7).

    How wide a column is, is known where lines end at one edge; what ends elsewhere altogether,
    such as a title above all columns, has another measure.
    """
    for column in columns:
        edge = column.edge()
        for _, group in groupby(column.lines, lambda line: line.block):
            lines = list(group)
            if edge is not None and any(abs(end(line) - edge) < EDGE for line in lines):
                yield from (line for line in lines if end(line) > edge + EDGE)
    for _, page in groupby(columns, lambda column: column.page):
        yield from _over([line for column in page for line in column.lines])


def _over(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines of a page that are printed over another one."""
    below = sorted(lines, key=lambda line: line.y)
    for at, line in enumerate(below):
        for other in below[at + 1 :]:
            least = _OVER * min(line.size, other.size)
            if other.y - line.y >= least:
                break
            if min(line.right, other.right) - max(line.left, other.left) > least:
                yield other
