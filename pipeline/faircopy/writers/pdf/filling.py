"""Full pages: a page that ends early, and a last page with next to nothing on it.

A question is not parted from its answer, so that a page may end lines before its foot. A
typesetter gains or loses a line here and there in the paragraphs of that page: fewer, until the
question finds room; more, until the page is full. Both are tried, in this order, with paragraphs
that can be broken into another number of lines without breaking a rule.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby, islice, pairwise
from typing import Protocol

import msgspec

from faircopy.writers.pdf.composition import Composition, Setting
from faircopy.writers.pdf.layout import Block, Laid, Line
from faircopy.writers.pdf.trial import BAD, Way

GAP = 2
"""Lines that a page may end early without being mended."""
EVEN, LOOSE = BAD, 13 * BAD
"""Cost of a way that is taken to fill a page that ends early by no more than that, or by more: its
widest line has word spaces of half an em, or of 0.64 em. A foot of white is seen from afar, and
lines that gape as soon as one reads."""
LEAST = 4
"""Lines that a last page, or its columns together, hold at least."""
MOST = 4
"""Lines by which a page's paragraphs are made shorter or longer at most."""
LONGER, SHORTER = 0.15, 0.09
"""How much of its measure a line can give to the next, or take from it."""
_KEPT = 2
"""Lines of an answer that stay with their question."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

_TRIES = 4
"""How many ways to fill a page are tried at most."""
MOST_MADE = 300
"""Pages that are made again at most: where there are notes, each try makes every page again."""


class Ways(Protocol):
    """Gives a paragraph's best way for each number of lines."""

    def __call__(
        self, key: str, by: int, closed: frozenset[int] = frozenset(), /
    ) -> Mapping[int, Way]:
        """Look for more lines (1) or fewer (-1), or for as many with some that end in no hyphen."""


class Change(msgspec.Struct, frozen=True):
    """A paragraph set with a line more or less, and what that costs."""

    key: str
    setting: Setting
    cost: float


def fill(
    composition: Composition, read: Callable[[Composition], Laid], lead: float
) -> dict[str, Setting]:
    """Fill one page after the other; return how paragraphs are set otherwise for it.

    What does not make a page fuller is undone. Pages behind ``MOST_MADE`` stay as they are.
    """
    settings: dict[str, Setting] = {}
    ways = partial(_ways, composition)
    laid, page, most = read(composition), 1, composition.made + MOST_MADE
    while page < len(composition.pages) and composition.made < most:
        quote, column = _stranded(laid, page, lead)
        if quote and composition.put_off(quote):
            composition.again({page}, {})
            after = read(composition)
            if gap_of(after, page, lead, column) >= gap_of(laid, page, lead, column):
                composition.put_back(quote)
                composition.again({page}, {})
                after = read(composition)
            laid = after
        tries = changes(laid, page, lead, ways, fine=composition.set_before)
        for otherwise in islice(filter(None, tries), _TRIES):
            before = {key: composition.setting(key) for key in otherwise}
            composition.again({page}, otherwise)
            after = read(composition)
            if _fuller(laid, after, page, lead):
                settings |= {key: composition.setting(key) for key in otherwise}
                laid = after
                break
            composition.again({page}, before)
        page += 1
    return settings


def _ways(
    composition: Composition, key: str, by: int, closed: frozenset[int] = frozenset()
) -> Mapping[int, Way]:
    found = composition.ways(key, lean=by, closed=closed)
    if composition.is_set(key):
        return found
    return {count: way for count, way in found.items() if way.cost < BAD and not closed}


def _fuller(before: Laid, after: Laid, page: int, lead: float) -> bool:
    """Whether a page is fuller, or what followed as a last page is gone or longer.

    A last page that takes all the text of the page before it has gained nothing.
    """
    gap = gap_of(before, page, lead)
    stub = page == len(before.tops) - 1 and _last(before, lead) < LEAST
    if gap > GAP or not stub:
        kept = page == 1 or gap_of(after, page - 1, lead) <= gap_of(before, page - 1, lead)
        return kept and gap_of(after, page, lead) < gap
    emptied = sum(line.page == page for line in after.lines) < LEAST
    return _last(after, lead) >= LEAST and not emptied


def _last(laid: Laid, lead: float) -> int:
    """Return how many lines of text the last page holds, or is high (as what has no lines)."""
    last = len(laid.tops)
    feet = [block.y + block.height for block in laid.blocks if block.page == last]
    high = round((max(feet) - laid.tops[-1]) / lead) if feet else 0
    return max(high, sum(line.page == last for line in laid.lines))


def changes(
    laid: Laid, page: int, lead: float, ways: Ways, *, fine: bool = False
) -> Iterator[dict[str, Setting]]:
    """Yield how paragraphs may be set otherwise so that a page is full; nothing where it is.

    Args:
        laid: the pages, of one column.
        page: its number, from 1. The last is full when it holds ``LEAST`` lines.
        lead: the leading, in pixels.
        ways: see ``Ways``.
        fine: whether pages that end early by no more than ``GAP`` are filled as well.
    """
    last = len(laid.tops)
    few = _last(laid, lead)
    if page == last - 1 and 0 < few < LEAST:
        yield _settings(_changes(laid, page, -1, ways), few, few) or _held_back(laid, few)
        return
    gap = gap_of(laid, page, lead)
    if page >= last or not gap or (gap <= GAP and not fine):
        return
    missing = _needed(laid, page + 1, lead) - gap
    if not fine:
        shorter = _settings(_changes(laid, page, -1, ways), missing, missing) if missing > 0 else {}
        yield shorter or _settings(_changes(laid, page, 1, ways), (gap + 1) // 2, gap)
        return
    most, wanted = (LOOSE, gap - GAP) if gap > GAP else (EVEN, gap)
    longer = sorted(_changes(laid, page, 1, ways, most, ended=True), key=_cost)
    yield _unbroken(laid, page, gap, ways)
    if missing > 0:
        less = _changes(laid, page, -1, ways, most, ended=True)
        yield _settings(less, missing, missing)
    yield _settings(longer, 1, wanted)
    yield _settings(longer[1:], 1, 1)
    yield _settings(_changes(laid, page - 1, 1, ways, most), 1, gap)  # its lines come here


def _unbroken(laid: Laid, page: int, gap: int, ways: Ways) -> dict[str, Setting]:
    """Return how a page gets lines that a hyphen at the end of them keeps off it."""
    after = next((n for n, line in enumerate(laid.lines) if line.page > page), 0)
    key = laid.lines[after].key
    lines = [line for line in laid.lines if line.key == key]
    here = sum(line.page <= page for line in lines)
    for count in range(min(here + gap, len(lines) - _KEPT), max(here, _KEPT - 1), -1):
        if key and lines[count - 1].ends_in_hyphen:
            found = ways(key, 0, frozenset({count - 1})).get(len(lines))
            if found is not None:
                return {key: Setting(wish=found.wish)}
    return {}


def _held_back(laid: Laid, there: int) -> dict[str, Setting]:
    """Return what gives the last page more: lines of the paragraphs that end on it or before it."""
    last = len(laid.tops)
    here = [line for line in laid.lines if line.page < last]
    first = next(block for block in laid.blocks if block.page == last)
    if not here or here[-1].column:
        return {}
    if here[-1].key == first.key:
        return {first.key: Setting(widows=LEAST)}
    kept: dict[str, Setting] = {}
    for key, lines in groupby(reversed(here), key=lambda line: line.key):
        if there >= LEAST or not key:
            break
        kept[key] = Setting(kept=True)
        there += len(list(lines))
    return kept


def gap_of(laid: Laid, page: int, lead: float, column: int | None = None) -> int:
    """Return how many lines the text of a page, or of one column of it, ends early.

    A last page ends where it may, and so does one before a part; one without text (a cover) is
    full.
    """
    feet = [
        block.y + block.height
        for block in laid.blocks
        if block.page == page and column in (None, block.column)
    ]
    following = next((block.tag for block in laid.blocks if block.page == page + 1), "")
    if page >= len(laid.tops) or not feet or following == "h1":
        return 0
    return max(0, math.floor((laid.bottoms[page - 1] - max(feet)) / lead + 0.1))


def _stranded(laid: Laid, page: int, lead: float) -> tuple[str, int]:
    """Return the key of a pull quote that left its column short, and the column; "" for none."""
    for one, other in pairwise(laid.blocks):
        moved = (one.page, one.column) != (other.page, other.column)
        if one.page != page or not moved or other.tag != "main":
            continue
        if gap_of(laid, page, lead, one.column) > GAP:
            return other.key, one.column
    return "", 0


def _needed(laid: Laid, page: int, lead: float) -> int:
    """Return how many lines that must go with each other open a page."""
    blocks = [block for block in laid.blocks if block.page == page]
    if not blocks:
        return 99
    height = 0.0
    for block in blocks:
        lines = sum(line.key == block.key and line.page == page for line in laid.lines)
        if block.tag not in _HEADINGS:
            if block.tag == "p":
                height += block.height if lines <= _KEPT + 1 else _KEPT * lead
            else:
                height += _space(laid.blocks, block.tag) + block.height
            break
        height += _space(laid.blocks, block.tag) + block.height
    return math.ceil(height / lead - 0.1)


def _space(blocks: Iterable[Block], tag: str) -> float:
    """Return the space above blocks of a kind: there is none at the top of a page."""
    return max((block.margin_top for block in blocks if block.tag == tag), default=0.0)


def _settings(changes: Iterable[Change], least: int, most: int) -> dict[str, Setting]:
    """Return the cheapest changes, ``most`` of them; none when there are fewer than ``least``."""
    if least > MOST:
        return {}
    found = sorted(changes, key=_cost)[: min(most, MOST)]
    return {one.key: one.setting for one in found} if len(found) >= least else {}


def _cost(one: Change) -> float:
    return one.cost


def _changes(
    laid: Laid, page: int, by: int, ways: Ways, most: float = BAD, *, ended: bool = False
) -> Iterator[Change]:
    """Yield the paragraphs of a page that can change by a line, at a cost of less than ``most``.

    They stand on it as a whole, or, if ``ended``, end on it.
    """
    paragraphs: dict[str, list[Line]] = {}
    for line in laid.lines:
        if line.tag == "p" and line.key:
            paragraphs.setdefault(line.key, []).append(line)
    for key, lines in paragraphs.items():
        whole = all(line.page == page for line in lines)
        if len(lines) < 3 or not (whole or (ended and lines[-1].page == page)):
            continue
        full = len(lines[-1].text) / max(len(line.text) for line in lines)
        if (1 - full > LONGER * len(lines)) if by > 0 else (full > SHORTER * len(lines)):
            continue
        found = ways(key, by).get(len(lines) + by)
        if found is not None and found.cost < most:
            yield Change(key, Setting(takes=found.takes, wish=found.wish), found.cost)
