"""Give a manuscript's tree its structure: roles, units and stable ids.

A unit's id is its section's id and a hash of its own words, so that an edit elsewhere does
not move it; words that stand twice in a section are numbered. A heading keeps the id that its
author or pandoc gave it.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Attr, Block, Blocks, Inlines, Omit
from faircopy.core.model import Kind, Metadata, Role
from faircopy.manuscript.ids import ids
from faircopy.manuscript.source import normal
from faircopy.manuscript.turns import LEAVE_OUT, Turns, mark
from faircopy.passes.units import UNIT, unit

PULL_QUOTE = "pull-quote"
LEAD = "lead"
"""Section of what stands before the first heading."""

QUESTION_LEVEL = 2
_PREFIX = 24
_HASH = 6


def structure(blocks: Blocks, metadata: Metadata) -> Blocks:
    """Return the tree with every unit of text marked; see ``faircopy.core.model.Publication``."""
    turns = Turns.of(blocks, metadata) if metadata.kind is Kind.INTERVIEW else Turns()
    return _Structure(metadata, turns, frozenset(ids(blocks))).blocks(blocks, Role.PARAGRAPH)


def _parted(blocks: Blocks) -> Blocks:
    """Return an item's blocks with its texts as paragraphs, where one follows another.

    Pandoc reads a definition with no empty line before it as text that stands close, even where
    it has several paragraphs; HTML would run them together.
    """
    close = [isinstance(block, ast.Plain) for block in blocks]
    if not any(map(all, pairwise(close))):
        return blocks
    return tuple(ast.Para(one.inlines) if isinstance(one, ast.Plain) else one for one in blocks)


class _Structure:
    """One walk over a tree. Its state is where the walk stands: section, turn, ids given."""

    def __init__(self, metadata: Metadata, turns: Turns, taken: frozenset[str]) -> None:
        self._kind = metadata.kind
        self._times = metadata.timestamps != LEAVE_OUT
        self._turns = turns
        self._section = LEAD
        self._given: Counter[str] = Counter()
        self._taken = taken
        self._answering = False

    def blocks(self, blocks: Blocks, role: Role) -> Blocks:
        return tuple(self._block(block, role) for block in self._divided(blocks, role))

    def _divided(self, blocks: Blocks, role: Role) -> Iterator[Block]:
        """Yield the blocks, each turn as a paragraph of its own."""
        for block in blocks:
            if isinstance(block, ast.Para) and role is Role.PARAGRAPH:
                yield from (ast.Para(turn) for turn in self._turns.divided(block.inlines))
            else:
                yield block

    def _items(self, items: tuple[Blocks, ...], role: Role) -> tuple[Blocks, ...]:
        return tuple(self.blocks(_parted(item), role) for item in items)

    def _block(self, block: Block, role: Role) -> Block:  # noqa: PLR0911 - one a constructor
        match block:
            case ast.Header():
                return self._header(block)
            case ast.Para(inlines):
                return ast.Para(self._paragraph(inlines, role))
            case ast.Plain(inlines):
                return ast.Plain(self._wrap(inlines, role))
            case ast.LineBlock(lines):
                return ast.LineBlock(tuple(self._wrap(line, Role.VERSE) for line in lines))
            case ast.BlockQuote(blocks):
                return ast.BlockQuote(self.blocks(blocks, Role.QUOTATION))
            case ast.Div((attr, blocks)):
                inner = Role.PULL_QUOTE if PULL_QUOTE in attr.classes else role
                return ast.Div((attr, self.blocks(blocks, inner)))
            case ast.BulletList(items):
                return ast.BulletList(self._items(items, Role.LIST_ITEM))
            case ast.OrderedList((style, items)):
                return ast.OrderedList((style, self._items(items, Role.LIST_ITEM)))
            case ast.DefinitionList(items):
                return ast.DefinitionList(
                    tuple(
                        (self._wrap(term, Role.TERM), self._items(definitions, Role.DEFINITION))
                        for term, definitions in items
                    )
                )
            case ast.Figure((attr, caption, blocks)):
                attr = self._named(attr, "figure", ast.text(caption.blocks) or _urls(blocks))
                return ast.Figure((attr, self._caption(caption), self.blocks(blocks, role)))
            case ast.CodeBlock((attr, code)):
                return ast.CodeBlock((self._named(attr, "code", code), code))
            case ast.Table():
                return self._table(block)
        return block

    def _header(self, header: ast.Header) -> ast.Header:
        level, attr, inlines = header.c
        self._section = attr.id or self._id("heading", ast.text(inlines))
        self._turns = self._turns.headed()
        question = (
            self._kind is Kind.INTERVIEW
            and not self._turns
            and level == QUESTION_LEVEL
            and not {"unnumbered", Role.HEADING.value} & set(attr.classes)
        )
        self._answering = question
        role = Role.QUESTION if question else Role.HEADING
        rest = tuple(name for name in attr.classes if name != role.value)
        marked = Attr(self._section, (UNIT, role.value, *rest), attr.attributes)
        return ast.Header((level, marked, self._inlines(inlines)))

    def _paragraph(self, inlines: Inlines, role: Role) -> Inlines:
        if role is not Role.PARAGRAPH:
            return self._wrap(inlines, role)
        if self._turns:
            turn = self._turns.role(inlines)
            if turn:
                self._turns = self._turns.at(turn)
            short = self._turns.initials(inlines)
            self._turns = self._turns.after(inlines)
            inlines = mark(inlines, shown=self._times, short=short)
            return self._wrap(inlines, turn or self._turns.current or role)
        return self._wrap(inlines, Role.ANSWER if self._answering else role)

    def _wrap(self, inlines: Inlines, role: Role) -> Inlines:
        if not inlines:
            return inlines
        words = ast.text(inlines, Omit.NOTES) or _urls(inlines)
        id = self._id(role.value, words)
        return (unit(id, role, self._inlines(inlines)),)

    def _inlines(self, inlines: Inlines) -> Inlines:
        """Structure the footnotes among ``inlines``."""

        def change(node: ast.Node) -> ast.Node:
            if isinstance(node, ast.Note):
                return ast.Note(self.blocks(node.blocks, Role.FOOTNOTE))
            return node

        return ast.rewrite(inlines, change, ast.Note)

    def _caption(self, caption: ast.Caption) -> ast.Caption:
        return ast.Caption(caption.short, self.blocks(caption.blocks, Role.CAPTION))

    def _table(self, table: ast.Table) -> ast.Table:
        attr, caption, columns, head, bodies, foot = table.c
        return ast.Table(
            (
                self._named(attr, "table", ast.text((caption, head, bodies))),
                self._caption(caption),
                columns,
                ast.TableHead(head.attr, self._rows(head.rows, "all")),
                tuple(
                    ast.TableBody(
                        body.attr,
                        body.head_columns,
                        self._rows(body.head, "all"),
                        self._rows(body.rows, body.head_columns),
                    )
                    for body in bodies
                ),
                ast.TableFoot(foot.attr, self._rows(foot.rows, 0)),
            )
        )

    def _rows(self, rows: tuple[ast.Row, ...], heads: int | Literal["all"]) -> tuple[ast.Row, ...]:
        return tuple(
            ast.Row(
                row.attr,
                tuple(
                    msgspec.structs.replace(
                        cell,
                        blocks=self.blocks(
                            cell.blocks,
                            Role.HEADER_CELL if heads == "all" or at < heads else Role.CELL,
                        ),
                    )
                    for at, cell in enumerate(row.cells)
                ),
            )
            for row in rows
        )

    def _named(self, attr: Attr, kind: str, words: str) -> Attr:
        return attr if attr.id else msgspec.structs.replace(attr, id=self._id(kind, words))

    def _id(self, kind: str, words: str) -> str:
        digest = hashlib.blake2b(f"{kind}\0{normal(words)}".encode()).hexdigest()[:_HASH]
        base = f"{_prefix(self._section)}-{digest}"
        while True:
            self._given[base] += 1
            count = self._given[base]
            id = base if count == 1 else f"{base}-{count}"
            if id not in self._taken:
                return id


def _prefix(section: str) -> str:
    """Return the part of a section's id that begins its units' ids.

    Short, so that a sentence's id is within the 40 characters of a bookmark in Word, and
    ASCII, so that it needs no escaping in a link.
    """
    if re.fullmatch(r"[A-Za-z][\w-]*", section, re.ASCII):
        return section[:_PREFIX].rstrip("-_")
    return "s" + hashlib.blake2b(section.encode()).hexdigest()[:_HASH]


def _urls(value: object) -> str:
    return " ".join(node.url for node in ast.find(value, ast.Image))
