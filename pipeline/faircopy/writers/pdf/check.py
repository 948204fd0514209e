"""The layout check: house rules B1 to B6 and Q2, held against the laid-out pages.

Pure functions from ``Laid`` to findings; ``faircopy.writers.pdf.repair`` mends what it can.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import groupby, pairwise

import msgspec

from faircopy.writers.pdf.hyphenation import LONGEST_NAME
from faircopy.writers.pdf.layout import Block, Laid, Line
from faircopy.writers.pdf.setting.rules import HYPHEN, LADDER, RUNT, STRETCH

FEWEST = 2
"""B1: fewest lines of a paragraph at the foot or the head of a page or column."""


class Rule(StrEnum):
    """What a finding breaks."""

    WIDOW = "B1"
    LADDER = "B2"
    PAGE_END = "B3"
    RUNT = "B4"
    NAME = "B5"
    LOOSE = "B6"
    SPLIT = "Q2"
    TOP = "P4-top"
    GRID = "P4-grid"
    NOTE = "note"


class Finding(msgspec.Struct, frozen=True):
    """One breach, with what a repair needs.

    ``word`` is the broken word, when there is one; ``nth`` the line's number in the whole block;
    ``amount`` the excess in pixels, when it is a length.
    """

    rule: Rule
    key: str
    page: int
    line: int
    text: str
    word: str = ""
    nth: int = 0
    amount: float = 0.0


def check(
    laid: Laid, lead: float, *, grid: bool, longest: int = LONGEST_NAME
) -> tuple[Finding, ...]:
    """Return the breaches.

    Args:
        laid: the pages.
        lead: the leading, in pixels.
        grid: whether baselines of neighbouring columns must meet.
        longest: letters of the longest word that is taken for a name.
    """
    found = [
        *_widows(laid.lines),
        *_ladders(laid.lines),
        *_page_ends(laid.lines),
        *_runts(laid.lines),
        *_names(laid.lines, longest),
        *_loose(laid.lines),
        *_split(laid.lines),
        *(Finding(Rule.NOTE, key, page, 1, _first(laid, key)) for key, page in laid.parted),
    ]
    if grid:
        found += [*_tops(laid), *_off_grid(laid.blocks, lead)]
    return tuple(found)


def _first(laid: Laid, key: str) -> str:
    return next((line.text for line in laid.lines if line.key == key), "")


def _paragraphs(lines: Iterable[Line]) -> Iterator[list[Line]]:
    for key, group in groupby(lines, lambda line: line.key):
        if key:
            yield list(group)


def _is_text(lines: list[Line]) -> bool:
    return lines[0].tag in ("p", "dd", "li")


def _widows(lines: Iterable[Line]) -> Iterator[Finding]:
    """B1: a paragraph that is broken leaves two lines on either side at least."""
    for paragraph in _paragraphs(lines):
        parts = [
            list(part) for _, part in groupby(paragraph, lambda line: (line.page, line.column))
        ]
        for part in parts if len(parts) > 1 else ():
            if len(part) < FEWEST:
                yield _finding(Rule.WIDOW, part[0])


def _ladders(lines: Iterable[Line]) -> Iterator[Finding]:
    """B2: no third line in a row ends in a hyphen."""
    for paragraph in _paragraphs(lines):
        run = 0
        for line, following in pairwise(paragraph):
            run = run + 1 if line.hyphenated else 0
            if run > LADDER:
                yield _finding(Rule.LADDER, line, following)
                run = 0


def _page_ends(lines: Iterable[Line]) -> Iterator[Finding]:
    """B3: no page or column ends in a hyphen."""
    for paragraph in _paragraphs(lines):
        for nth, (line, following) in enumerate(pairwise(paragraph), 1):
            moved = (line.page, line.column) != (following.page, following.column)
            if moved and line.ends_in_hyphen:
                found = _finding(Rule.PAGE_END, line, following)
                yield msgspec.structs.replace(found, nth=nth)


def _runts(lines: Iterable[Line]) -> Iterator[Finding]:
    """B4: the last line is more than the end of a word, or a syllable."""
    for paragraph in _paragraphs(lines):
        if len(paragraph) < 2 or not _is_text(paragraph):
            continue
        before, last = paragraph[-2:]
        alone = " " not in last.text.replace("\u00a0", " ")
        if len(last.text) < RUNT or (before.hyphenated and alone):
            yield _finding(Rule.RUNT, before, last)


def _names(lines: Iterable[Line], longest: int) -> Iterator[Finding]:
    """B5: no proper name is broken."""
    for line, following in pairwise(lines):
        if line.hyphenated and line.key == following.key:
            found = _finding(Rule.NAME, line, following)
            if found.word[:1].isupper() and len(found.word) <= longest:
                yield found


def _loose(lines: Iterable[Line]) -> Iterator[Finding]:
    """B6: word spaces do not gape."""
    for line in lines:
        if line.stretch > STRETCH * line.size:
            yield msgspec.structs.replace(_finding(Rule.LOOSE, line), amount=line.stretch)


def _split(lines: Iterable[Line]) -> Iterator[Finding]:
    """Q2: a question is not broken over pages and has two lines of its answer below it."""
    groups = list(_paragraphs(lines))
    for question, answer in pairwise(groups):
        if question[0].tag not in ("h1", "h2", "h3", "h4", "h5", "h6"):
            continue
        end = (question[-1].page, question[-1].column)
        here = [line for line in answer if (line.page, line.column) == end]
        whole = (question[0].page, question[0].column) == end
        if not whole or len(here) < min(FEWEST, len(answer)):
            yield _finding(Rule.SPLIT, question[0])


def _tops(laid: Laid) -> Iterator[Finding]:
    """P4: nothing stands lower at the top of a column than its neighbour does."""
    for page, blocks in groupby(laid.blocks, lambda block: block.page):
        columns: dict[int, Block] = {}
        for block in blocks:
            columns.setdefault(block.column, block)
        top = laid.tops[page - 1] if page > 1 else min(b.y for b in columns.values())
        for block in columns.values():
            if 1 < block.y - top < 2 * block.margin_top + 1:
                yield Finding(Rule.TOP, block.key, page, 1, block.tag, amount=block.y - top)


def _off_grid(blocks: Iterable[Block], lead: float) -> Iterator[Finding]:
    """P4: a block takes a whole number of lines, so that baselines below it meet."""
    counted: dict[str, int] = {}
    lowest: dict[tuple[int, int], float] = {}
    blocks = list(blocks)
    for block in blocks:
        counted[block.key] = counted.get(block.key, 0) + 1
        place = block.page, block.column
        lowest[place] = max(lowest.get(place, 0.0), block.y)
    for block in blocks:
        rest = block.height % lead
        whole = block.tag in ("figure", "div", "pre", "main", "blockquote")
        followed = lowest[block.page, block.column] > block.y + block.height - 1
        if whole and followed and counted[block.key] == 1 and 0.5 < rest < lead - 0.5:
            yield Finding(Rule.GRID, block.key, block.page, 1, block.tag, amount=lead - rest)


def _finding(rule: Rule, line: Line, following: Line | None = None) -> Finding:
    word = _broken(line, following) if following is not None and line.hyphenated else ""
    return Finding(rule, line.key, line.page, line.number, line.text, word)


def _broken(line: Line, following: Line) -> str:
    """Return the word that is broken between two lines, without marks around it."""
    begin = re.split(r"[\s\u00a0–—-]", line.text.removesuffix(HYPHEN))[-1]
    end = re.split(r"[\s\u00a0–—-]", following.text)[0]
    return re.sub(r"^\W+|\W+$", "", begin + end).removesuffix("’s")
