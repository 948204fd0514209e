"""Edits of one text made in another that came of it: a merge of three, word by word."""

from __future__ import annotations

import bisect
import difflib
import re
from collections.abc import Iterator, Sequence

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
    matched = difflib.SequenceMatcher(None, *lines, autojunk=False)
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
    for one in edits:
        if (found := _moved(blocks, starts, one)) is not None:
            placed.append(found)
        elif _is_there(blocks, starts, one, now):
            there.append(one)
        else:
            conflicts.append(one)
    return Merged(tuple(placed), tuple(there), tuple(conflicts))


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


def _is_there(blocks: Sequence[Block], starts: Sequence[int], edit: Edit, now: str) -> bool:
    """Whether the newer text says already what the edit would."""
    before = bisect.bisect_right(starts, edit.start) - 1
    after = bisect.bisect_left(starts, edit.end)
    if before < 0 or after >= len(blocks):
        return False
    first, last = blocks[before], blocks[after]
    start = first.new + min(edit.start - first.old, first.size)
    end = last.new
    prefix = edit.start - (first.old + first.size)
    if prefix > 0:
        return False
    return now[start:end] == edit.text
