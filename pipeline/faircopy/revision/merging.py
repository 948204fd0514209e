"""Edits of one text made in another that came of it: a merge of three, word by word."""

from __future__ import annotations

import bisect
import difflib
import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from faircopy.revision.editing import Edit

_WORDS = re.compile(r"\w+|\s+|.", re.S)


class Block(msgspec.Struct, frozen=True):
    """A stretch that two texts have in common: where it begins in each, and its length."""

    old: int
    new: int
    size: int


def common(old: str, new: str) -> list[Block]:
    """Return the stretches that two texts have in common: whole lines first, words within."""
    lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    found: list[Block] = []
    at = to = 0
    matched = difflib.SequenceMatcher(str.isspace, *lines, autojunk=False)
    for kind, a, b, c, d in matched.get_opcodes():
        one, other = "".join(lines[0][a:b]), "".join(lines[1][c:d])
        if kind == "equal":
            found.append(Block(at, to, len(one)))
        elif kind == "replace":
            found += _words(one, other, at, to)
        at, to = at + len(one), to + len(other)
    return list(_joined(found))


def _words(old: str, new: str, at: int, to: int) -> Iterator[Block]:
    pieces = _WORDS.findall(old), _WORDS.findall(new)
    starts = [_starts(pieces[0], at), _starts(pieces[1], to)]
    matched = difflib.SequenceMatcher(None, *pieces, autojunk=False)
    for a, c, size in matched.get_matching_blocks():
        if size:
            yield Block(starts[0][a], starts[1][c], starts[0][a + size] - starts[0][a])


def _starts(pieces: Sequence[str], at: int) -> list[int]:
    out = [at]
    for piece in pieces:
        out.append(out[-1] + len(piece))
    return out


def _joined(blocks: Sequence[Block]) -> Iterator[Block]:
    held: Block | None = None
    for one in blocks:
        if held and (held.old + held.size, held.new + held.size) == (one.old, one.new):
            held = Block(held.old, held.new, held.size + one.size)
            continue
        if held:
            yield held
        held = one
    if held:
        yield held


class Merged(msgspec.Struct, frozen=True):
    """Edits for the newer text, those that it has already, and those that it has no place for."""

    edits: tuple[Edit, ...]
    there: tuple[Edit, ...]
    conflicts: tuple[Edit, ...]


def merged(base: str, now: str, edits: Sequence[Edit]) -> Merged:
    """Return edits of ``base`` as edits of ``now``, which was made of it by somebody else."""
    if base == now:
        return Merged(tuple(edits), (), ())
    blocks = common(base, now)
    starts = [one.old for one in blocks]
    placed: list[Edit] = []
    there: list[Edit] = []
    conflicts: list[Edit] = []
    put_in = _put_in(edits)
    window = _Windows(base, now, blocks)
    for one in edits:
        if all(window.has(part, put_in) for part in one.parts):
            there.append(one)
        elif (found := _moved(blocks, starts, one)) is not None:
            placed.append(found)
        else:
            conflicts.append(one)
    return Merged(tuple(placed), tuple(there), tuple(conflicts))


def _put_in(edits: Sequence[Edit]) -> dict[int, str]:
    """Return all that is only put in at a place, by the place."""
    found: dict[int, str] = {}
    for edit in edits:
        for one in edit.parts:
            if one.start == one.end:
                found[one.start] = found.get(one.start, "") + one.text
    return found


class _Windows:
    """Two texts, and the stretches that they have in common, through which edits are looked at."""

    def __init__(self, base: str, now: str, blocks: Sequence[Block]) -> None:
        self._base, self._now = base, now
        self._blocks = [Block(0, 0, 0), *blocks, Block(len(base), len(now), 0)]
        self._starts = [one.old for one in self._blocks]
        self._ends = [one.old + one.size for one in self._blocks]

    def has(self, edit: Edit, put_in: Mapping[int, str]) -> bool:
        """Whether the newer text says already what an edit would, alone or with what it stands by.

        Where a change begins is not decisive: a paragraph may be put in before an empty line or
        behind it. So whole stretches are compared, from one that both texts have to the next.
        """
        first = bisect.bisect_right(self._starts, edit.start) - 1
        last = min(bisect.bisect_left(self._ends, edit.end), len(self._blocks) - 1)
        texts = {edit.text}
        if edit.start == edit.end:
            texts.add(put_in.get(edit.start, edit.text))
        for one in self._blocks[max(0, first - 1) : first + 1]:
            for other in self._blocks[max(first, last) : last + 2]:
                before = self._base[one.old : edit.start]
                after = self._base[edit.end : other.old + other.size]
                now = self._now[one.new : other.new + other.size]
                if other.old >= one.old and any(before + text + after == now for text in texts):
                    return True
        return False


def _moved(blocks: Sequence[Block], starts: Sequence[int], edit: Edit) -> Edit | None:
    """Return an edit where it belongs in the newer text; None if a part of it belongs nowhere."""
    parts: list[Edit] = []
    for one in edit.parts:
        if (at := _within(blocks, starts, one)) < 0:
            return None
        end = at + one.end - one.start
        parts.append(msgspec.structs.replace(one, start=at, end=end))
    return msgspec.structs.replace(parts[0], also=tuple(parts[1:]))


def _within(blocks: Sequence[Block], starts: Sequence[int], edit: Edit) -> int:
    """Return where an edit begins in the newer text if it changed nothing there, else -1."""
    at = bisect.bisect_right(starts, edit.start) - 1
    if at < 0:
        return -1
    block = blocks[at]
    if edit.end > block.old + block.size:
        return -1
    return block.new + edit.start - block.old
