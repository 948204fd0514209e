"""Paragraphs and tables of two Word files as those of one, with what came and what went marked."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from faircopy.intake.names import Element, child, value, w, words
from faircopy.revision import aligning
from faircopy.revision.aligning import Pair
from faircopy.revision.lines import Hand, Line, Piece
from faircopy.revision.redline.atoms import NOTE, Atom, Fated, Sense, alike, atoms, paragraphs
from faircopy.revision.redline.pen import Fate, Pen

_BLOCKS = frozenset((w("p"), w("tbl")))
_MOST = 6_000
"""Atoms that are aligned one by one; beyond, all of the one went and all of the other came."""

HandOf = Callable[[Iterable[str]], Hand]
"""Says whose a change is in units of these ids."""


class Merger:
    """Makes one text of two, ``old`` and ``new`` saying what things are in either.

    ``notes`` are the notes that stayed: the numbers of each in both files.
    """

    def __init__(self, pen: Pen, old: Sense, new: Sense, whose: HandOf) -> None:
        self.notes: list[tuple[str, str]] = []
        self._pen, self._old, self._new, self._whose = pen, old, new, whose

    def merge(self, old: Sequence[Element], new: Sequence[Element]) -> list[Element]:
        """Return the blocks of both; what else stands among the new ones stays where it is."""
        was = [one for one in old if one.tag in _BLOCKS]
        now = _Blocks(new)
        out: list[Element] = []
        before, after = [_line(one) for one in was], [_line(one) for one in now.blocks]
        for pair in aligning.pairs(before, after):
            units = [line.unit for line in (*after[pair.c : pair.d], *before[pair.a : pair.b])]
            self._pen.hand = self._whose(filter(None, units))
            out += self._pair(was[pair.a : pair.b], now, pair)
        return [*out, *now.last]

    def _pair(self, was: Sequence[Element], now: _Blocks, pair: Pair) -> Iterator[Element]:
        new = now.blocks[pair.c : pair.d]
        if was and new and all(one.tag == w("p") for one in (*was, *new)):
            yield from self._stream(was, now, pair)
        elif len(was) == 1 == len(new) and was[0].tag == new[0].tag and _same_form(was[0], new[0]):
            yield from now.before[pair.c]
            self._rows(was[0], new[0])
            yield new[0]
        else:
            for one in was:
                yield from self._alone(one, Fate.OUT)
            for at, one in enumerate(new, start=pair.c):
                yield from now.before[at]
                yield from self._alone(one, Fate.IN)

    def _stream(self, was: Sequence[Element], now: _Blocks, pair: Pair) -> Iterator[Element]:
        old = [atom for one in was for atom in atoms(one, self._old)]
        new: list[Atom] = []
        for at in range(pair.c, pair.d):
            first, *others = atoms(now.blocks[at], self._new)
            if at > pair.c:
                first = msgspec.structs.replace(first, marks=(*now.before[at], *first.marks))
            new += [first, *others]
        fated = fates(old, new)
        kept = [(one, before) for fate, one, before in fated if fate is Fate.KEPT]
        for one, before in kept:
            if one.key == NOTE and before is not None:
                self.notes.append((_id(before), _id(one)))
        yield from now.before[pair.c]
        if len(kept) == len(fated) and all(_is_as_it_was(*both) for both in kept):
            yield from now.blocks[pair.c : pair.d]
        else:
            yield from paragraphs(fated, self._pen)

    def _alone(self, block: Element, fate: Fate) -> Iterator[Element]:
        """Yield a block that only one of the texts has."""
        if block.tag == w("p"):
            sense = self._new if fate is Fate.IN else self._old
            fated: list[Fated] = [(fate, atom, None) for atom in atoms(block, sense)]
            yield from paragraphs(fated, self._pen)
            return
        for row in block.iter(w("tr")):
            self._row_alone(row, fate)
        yield block

    def _row_alone(self, row: Element, fate: Fate) -> None:
        self._pen.row(row, fate)
        for cell in row.findall(w("tc")):
            content = [
                made
                for one in cell
                for made in (self._alone(one, fate) if one.tag in _BLOCKS else (one,))
            ]
            cell[:] = content

    def _rows(self, was: Element, now: Element) -> None:
        """Mark what changed in a table of the same form, or of as many columns."""
        old, new = was.findall(w("tr")), now.findall(w("tr"))
        if _form(was) == _form(now):
            for before, after in zip(old, new, strict=True):
                self._cells(before, after)
            return
        matched = difflib.SequenceMatcher(
            None, [words(one) for one in old], [words(one) for one in new], autojunk=False
        )
        for kind, a, b, c, d in matched.get_opcodes():
            if kind == "equal" or b - a == d - c:
                for before, after in zip(old[a:b], new[c:d], strict=True):
                    self._cells(before, after)
                continue
            for row in new[c:d]:
                self._row_alone(row, Fate.IN)
            for row in old[a:b]:
                self._row_alone(row, Fate.OUT)
                if c < len(new):
                    new[c].addprevious(row)
                else:
                    now.append(row)

    def _cells(self, was: Element, now: Element) -> None:
        for before, after in zip(was.findall(w("tc")), now.findall(w("tc")), strict=True):
            after[:] = self.merge(list(before), list(after))


class _Blocks:
    """The blocks of a text, and what stands before each, such as bookmarks, and behind the last."""

    def __init__(self, elements: Iterable[Element]) -> None:
        self.blocks: list[Element] = []
        self.before: list[tuple[Element, ...]] = []
        self.last: list[Element] = []
        for one in elements:
            if one.tag in _BLOCKS:
                self.blocks.append(one)
                self.before.append(tuple(self.last))
                self.last = []
            else:
                self.last.append(one)


def fates(old: Sequence[Atom], new: Sequence[Atom]) -> list[Fated]:
    """Return what became of the atoms of two texts, those of the old one that went among the new.

    Where only white space stayed between two changes, it changed too: whole phrases are replaced.
    """
    out: list[Fated] = []
    for pair in _kept(old, new):
        out += [(Fate.OUT, atom, None) for atom in old[pair.a : pair.b]]
        out += [(Fate.IN, atom, None) for atom in new[pair.c : pair.d]]
        size = pair.then
        stayed = zip(new[pair.d : pair.d + size], old[pair.b : pair.b + size], strict=True)
        out += [(Fate.KEPT, atom, was) for atom, was in stayed]
    return out


class _Change(msgspec.Struct, frozen=True):
    """A change from ``a`` to ``b`` and ``c`` to ``d``, and how many atoms stayed behind it."""

    a: int
    b: int
    c: int
    d: int
    then: int


def _kept(old: Sequence[Atom], new: Sequence[Atom]) -> list[_Change]:
    if len(old) + len(new) > _MOST:
        return [_Change(0, len(old), 0, len(new), 0)]
    matched = difflib.SequenceMatcher(None, _compared(old), _compared(new), autojunk=False)
    out: list[_Change] = []
    a, c = 0, 0
    for b, d, size in matched.get_matching_blocks():
        spaces = all(one.is_space for one in old[b : b + size])
        if size and spaces and (a, c) != (b, d) and (b + size, d + size) != (len(old), len(new)):
            continue  # goes with the next change
        out.append(_Change(a, b, c, d, size))
        a, c = b + size, d + size
    return out


def _compared(text: Sequence[Atom]) -> list[tuple[str, str]]:
    return [(" " if one.is_space else one.key, one.to) for one in text]


def _is_as_it_was(one: Atom, before: Atom | None) -> bool:
    if before is None:
        return False
    mine, its = (one.element, before.element) if one.is_end else (one.looks, before.looks)
    return alike(mine, its)


def _id(note: Atom) -> str:
    return value(note.element, "id")


def _line(block: Element) -> Line:
    marks = (value(one, "name") for one in block.iter(w("bookmarkStart")))
    return Line("text", (Piece(words(block)),), next(marks, ""))


def _same_form(one: Element, other: Element) -> bool:
    """Whether the tables' rows have the same cells, or those of the one can stand in the other."""
    return _form(one) == _form(other) or (_columns(one) == _columns(other) != 0)


def _form(table: Element) -> list[list[tuple[str, str]]]:
    """Return what cells each row has, and how far they reach over others."""
    rows = table.findall(w("tr"))
    cells = (row.findall(w("tc")) for row in rows)
    return [[(_span(cell, "gridSpan"), _merged(cell)) for cell in row] for row in cells]


def _columns(table: Element) -> int:
    """Return how many cells each row has; 0 where they are not as many, or reach over others."""
    form = _form(table)
    plain = all(cell == ("", "") for row in form for cell in row)
    return len(form[0]) if form and plain and len({len(row) for row in form}) == 1 else 0


def _span(cell: Element, name: str) -> str:
    return value(child(cell, "tcPr", name))


def _merged(cell: Element) -> str:
    found = child(cell, "tcPr", "vMerge")
    return "" if found is None else value(found) or "continue"
