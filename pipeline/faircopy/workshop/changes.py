"""Changes to a text's tree that change its words: what a fault in a writer would do.

Each takes the blocks and chance, and returns other blocks, or None where there is nothing to
change so.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from faircopy.core import ast
from faircopy.core.ast import Blocks, Inline, Inlines, Node, Span
from faircopy.languages import ends
from faircopy.passes.units import UNIT

Change: TypeAlias = Callable[[Blocks, random.Random], Blocks | None]

_LETTERS = re.compile(r"[^\W_]")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


def lost(blocks: Blocks, chance: random.Random) -> Blocks | None:
    """Lose a word, or a sign of a text without spaces."""

    def less(words: Sequence[Inline], at: int) -> list[Inline]:
        return [*words[:at], *words[at + 2 :]]

    return _within(blocks, chance, lambda word: [word[:1] + word[2:]], less)


def doubled(blocks: Blocks, chance: random.Random) -> Blocks | None:
    """Say a word twice."""

    def twice(words: Sequence[Inline], at: int) -> list[Inline]:
        return [*words[:at], words[at], ast.Space(), *words[at:]]

    return _within(blocks, chance, lambda word: [word[:1] + word], twice)


def changed(blocks: Blocks, chance: random.Random) -> Blocks | None:
    """Put another word of the text in place of one."""
    others = _words(blocks)

    def other(words: Sequence[Inline], at: int) -> list[Inline] | None:
        new = chance.choice(others)
        return None if words[at] == ast.Str(new) else [*words[:at], ast.Str(new), *words[at + 1 :]]

    return _within(blocks, chance, lambda word: [word[1:] + chance.choice(others)[:1]], other)


def misspelt(blocks: Blocks, chance: random.Random) -> Blocks | None:
    """Lose one letter within a word, or put two in each other's place."""

    def spoilt(words: Sequence[Inline], at: int) -> list[Inline] | None:
        word = _text(words[at])
        cut = chance.randrange(len(word) - 1) if len(word) > 1 else 0
        new = chance.choice(
            [word[:cut] + word[cut + 1 :], word[:cut] + word[cut : cut + 2][::-1] + word[cut + 2 :]]
        )
        return [*words[:at], ast.Str(new), *words[at + 1 :]] if new else None

    return _within(blocks, chance, lambda word: [word[1:2] + word[:1] + word[2:]], spoilt)


def swapped(blocks: Blocks, chance: random.Random) -> Blocks | None:
    """Let a word and the next change places."""

    def swap(words: Sequence[Inline], at: int) -> list[Inline] | None:
        if not _parted(words, at):
            return None
        return [*words[:at], words[at + 2], words[at + 1], words[at], *words[at + 3 :]]

    return _within(blocks, chance, lambda word: [word[1:2] + word[:1] + word[2:]], swap)


def glued(blocks: Blocks, chance: random.Random) -> Blocks | None:
    """Make one word of two."""

    def glue(words: Sequence[Inline], at: int) -> list[Inline] | None:
        if not _parted(words, at):
            return None
        before, after = _text(words[at]), _text(words[at + 2])
        if not (_LETTERS.match(before[-1]) and _LETTERS.match(after[0])):
            return None  # beside a dash or a quotation mark a space is none of the words
        if _WIDE.match(before[-1]) or _WIDE.match(after[0]):
            return None
        return [*words[:at], ast.Str(before + after), *words[at + 3 :]]

    return _within(blocks, chance, lambda word: None, glue)


def split(blocks: Blocks, chance: random.Random) -> Blocks | None:
    """Make two words of one."""

    def part(words: Sequence[Inline], at: int) -> list[Inline] | None:
        word = _text(words[at])
        places = [
            cut
            for cut in range(1, len(word))
            if all(_LETTERS.match(c) and not _WIDE.match(c) for c in word[cut - 1 : cut + 1])
        ]
        if not places:
            return None
        cut = chance.choice(places)
        parts = (ast.Str(word[:cut]), ast.Space(), ast.Str(word[cut:]))
        return [*words[:at], *parts, *words[at + 1 :]]

    return _within(blocks, chance, lambda word: None, part)


def recased(blocks: Blocks, chance: random.Random) -> Blocks | None:
    """Write a word with a capital, or without."""

    def recase(words: Sequence[Inline], at: int) -> list[Inline] | None:
        word = _text(words[at])
        return [*words[:at], ast.Str(word[0].swapcase() + word[1:]), *words[at + 1 :]]

    return _within(blocks, chance, lambda word: None, recase)


def unmarked(blocks: Blocks, chance: random.Random) -> Blocks | None:
    """Lose a comma or a full stop."""

    def bare(words: Sequence[Inline], at: int) -> list[Inline] | None:
        word = _text(words[at])
        new = word.rstrip(ends.STOPS + ",،，")
        return [*words[:at], ast.Str(new), *words[at + 1 :]] if new and new != word else None

    return _within(blocks, chance, lambda word: None, bare)


def moved(blocks: Blocks, chance: random.Random) -> Blocks | None:
    """Move a word to the beginning of another paragraph."""
    holders = [item for item in ast.find(blocks, Span) if UNIT in item.attr.classes]
    sources = [item for item in holders if len(_at(item.inlines)) > 1]
    if len(holders) < 2 or not sources:
        return None
    source = chance.choice(sources)
    target = chance.choice([item for item in holders if item is not source])
    at = chance.choice(_at(source.inlines)[:-1])
    word = source.inlines[at]
    new = {
        id(source): (*source.inlines[:at], *source.inlines[at + 2 :]),
        id(target): (word, ast.Space(), *target.inlines),
    }

    def change(node: Node) -> Node:
        inside = new.get(id(node))
        return node if inside is None or not isinstance(node, Span) else ast.holding(node, inside)

    return ast.rewrite(blocks, change, Span)


def without_note(blocks: Blocks, chance: random.Random) -> Blocks | None:
    """Lose a footnote."""
    return _without(blocks, chance, ast.Note)


def without_heading(blocks: Blocks, chance: random.Random) -> Blocks | None:
    """Lose a heading."""
    return _without(blocks, chance, ast.Header)


def without_paragraph(blocks: Blocks, chance: random.Random) -> Blocks | None:
    """Lose a paragraph."""
    return _without(blocks, chance, ast.Para)


def without_item(blocks: Blocks, chance: random.Random) -> Blocks | None:
    """Lose an item of a list."""

    def fewer(node: Node) -> Node:
        match node:
            case ast.BulletList(items) if len(items) > 1:
                at = chance.randrange(len(items))
                return ast.BulletList((*items[:at], *items[at + 1 :]))
            case ast.OrderedList((attributes, items)) if len(items) > 1:
                at = chance.randrange(len(items))
                return ast.OrderedList((attributes, (*items[:at], *items[at + 1 :])))
        return node

    return _one(blocks, chance, fewer, ast.BulletList, ast.OrderedList)


def without_cell(blocks: Blocks, chance: random.Random) -> Blocks | None:
    """Lose what a table's cell says."""
    units = [
        unit
        for table in ast.find(blocks, ast.Table)
        for body in table.bodies
        for row in body.rows
        for cell in row.cells
        for unit in ast.find(cell.blocks, Span)
        if UNIT in unit.attr.classes
    ]
    if not units:
        return None
    victim = chance.choice(units)
    return ast.rewrite(blocks, lambda node: () if node is victim else node, Span)


CHANGES: tuple[Change, ...] = (
    *(lost, doubled, changed, misspelt, swapped, glued, split, recased, unmarked, moved),
    *(without_note, without_heading, without_paragraph, without_item, without_cell),
)


# --- how -----------------------------------------------------------------------------------------


def _within(
    blocks: Blocks,
    chance: random.Random,
    sign: Callable[[str], list[str] | None],
    word: Callable[[Sequence[Inline], int], list[Inline] | None],
) -> Blocks | None:
    """Change one word by ``word``, or by ``sign`` within a text that is written without spaces."""
    found = ast.find(blocks, ast.Header, *ast.HOLDERS)
    holders = [item for item in found if _at(item.inlines)]
    if not holders:
        return None
    holder = chance.choices(holders, [len(_at(item.inlines)) for item in holders])[0]
    inlines = list(holder.inlines)
    at = chance.choice(_at(holder.inlines))
    text = _text(inlines[at])
    if _WIDE.search(text) and len(text) > 2:
        cut = chance.randrange(len(text) - 1)
        parts = sign(text[cut:])
        new = None if parts is None else [
            *inlines[:at], ast.Str(text[:cut] + "".join(parts)), *inlines[at + 1 :]
        ]  # fmt: skip
    else:
        new = word(inlines, at)
    if new is None:
        return None
    inside = tuple(new)

    def change(node: Node) -> Node:
        if node is not holder:
            return node
        if isinstance(holder, ast.Header):
            return ast.Header((holder.level, holder.attr, inside))
        return ast.holding(holder, inside)

    return ast.rewrite(blocks, change, type(holder))


def _without(blocks: Blocks, chance: random.Random, kind: type[Node]) -> Blocks | None:
    found = [item for item in ast.find(blocks, kind) if ast.text(item).strip()]
    if not found:
        return None
    victim = chance.choice(found)
    return ast.rewrite(blocks, lambda node: () if node is victim else node, kind)


def _one(
    blocks: Blocks, chance: random.Random, change: Callable[[Node], Node], *kinds: type[Node]
) -> Blocks | None:
    found = list(ast.find(blocks, *kinds))
    if not found:
        return None
    victim = chance.choice(found)
    return ast.rewrite(blocks, lambda node: change(node) if node is victim else node, *kinds)


def _at(inlines: Inlines) -> list[int]:
    """Return where words stand among inlines."""
    return [at for at, item in enumerate(inlines) if _LETTERS.search(_text(item))]


def _parted(words: Sequence[Inline], at: int) -> bool:
    """Whether a space and a word follow a word."""
    space, word = [*words[at + 1 : at + 3], None, None][:2]
    return isinstance(space, ast.Space | ast.SoftBreak) and isinstance(word, ast.Str)


def _text(item: Inline) -> str:
    return item.c if isinstance(item, ast.Str) else ""


def _words(blocks: Blocks) -> list[str]:
    return [item.c for item in ast.find(blocks, ast.Str) if _LETTERS.search(item.c)]


def excerpts(blocks: Blocks, words: int) -> Iterator[Blocks]:
    """Yield a text in parts of at most so many words, or of one block."""
    part: list[ast.Block] = []
    count = 0
    for block in blocks:
        size = len(ast.text(block).split()) + len(_WIDE.findall(ast.text(block)))
        if part and count + size > words:
            yield tuple(part)
            part, count = [], 0
        part.append(block)
        count += size
    if part:
        yield tuple(part)
