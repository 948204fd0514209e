"""Pandoc's blocks: paragraphs, headings, lists and what holds them."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from faircopy.core.ast.inline import Inline, Raw, Verbatim, Wrapping
from faircopy.core.ast.node import Attr, Node
from faircopy.core.ast.table import Caption, Table


class Plain(Wrapping, frozen=True, tag="Plain"):
    """Text that is not a paragraph: a tight list's item, a table's cell."""


class Para(Wrapping, frozen=True, tag="Para"):
    """A paragraph."""


class LineBlock(Node, frozen=True, tag="LineBlock"):
    """Lines that stay lines: verse, addresses."""

    c: tuple[tuple[Inline, ...], ...]

    @property
    def lines(self) -> tuple[tuple[Inline, ...], ...]:
        """The lines."""
        return self.c


class CodeBlock(Verbatim, frozen=True, tag="CodeBlock"):
    """A listing."""


class RawBlock(Raw, frozen=True, tag="RawBlock"):
    """Markup of one output format, verbatim."""


class BlockQuote(Node, frozen=True, tag="BlockQuote"):
    """A block quotation."""

    c: tuple[Block, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks inside."""
        return self.c


class ListNumberStyle(msgspec.Struct, frozen=True):
    """In which numerals a list counts."""

    t: Literal[
        "DefaultStyle", "Example", "Decimal", "LowerRoman", "UpperRoman", "LowerAlpha", "UpperAlpha"
    ]


class ListNumberDelim(msgspec.Struct, frozen=True):
    """What stands about a list's numbers."""

    t: Literal["DefaultDelim", "Period", "OneParen", "TwoParens"]


class OrderedList(Node, frozen=True, tag="OrderedList"):
    """A numbered list; the first field is (start, style, delimiter)."""

    c: tuple[tuple[int, ListNumberStyle, ListNumberDelim], tuple[tuple[Block, ...], ...]]

    @property
    def delimiter(self) -> ListNumberDelim:
        """What stands about its numbers."""
        return self.c[0][2]

    @property
    def items(self) -> tuple[tuple[Block, ...], ...]:
        """The items, each a run of blocks."""
        return self.c[1]


class BulletList(Node, frozen=True, tag="BulletList"):
    """A bulleted list."""

    c: tuple[tuple[Block, ...], ...]

    @property
    def items(self) -> tuple[tuple[Block, ...], ...]:
        """The items, each a run of blocks."""
        return self.c


class DefinitionList(Node, frozen=True, tag="DefinitionList"):
    """Terms, each with its definitions."""

    c: tuple[tuple[tuple[Inline, ...], tuple[tuple[Block, ...], ...]], ...]

    @property
    def items(self) -> tuple[tuple[tuple[Inline, ...], tuple[tuple[Block, ...], ...]], ...]:
        """Pairs of a term and its definitions."""
        return self.c


class Header(Node, frozen=True, tag="Header"):
    """A heading."""

    c: tuple[int, Attr, tuple[Inline, ...]]

    @property
    def level(self) -> int:
        """1 for the highest."""
        return self.c[0]

    @property
    def attr(self) -> Attr:
        """Identifier, classes, attributes."""
        return self.c[1]

    @property
    def inlines(self) -> tuple[Inline, ...]:
        """The heading's text."""
        return self.c[2]


class HorizontalRule(Node, frozen=True, tag="HorizontalRule"):
    """A thematic break."""


class Figure(Node, frozen=True, tag="Figure"):
    """A figure with its caption."""

    c: tuple[Attr, Caption, tuple[Block, ...]]

    @property
    def attr(self) -> Attr:
        """Identifier, classes, attributes."""
        return self.c[0]

    @property
    def caption(self) -> Caption:
        """The caption."""
        return self.c[1]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What the figure shows."""
        return self.c[2]


class Div(Node, frozen=True, tag="Div"):
    """Blocks with attributes."""

    c: tuple[Attr, tuple[Block, ...]]

    @property
    def attr(self) -> Attr:
        """Identifier, classes, attributes."""
        return self.c[0]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks inside."""
        return self.c[1]


Block: TypeAlias = (
    Plain
    | Para
    | LineBlock
    | CodeBlock
    | RawBlock
    | BlockQuote
    | OrderedList
    | BulletList
    | DefinitionList
    | Header
    | HorizontalRule
    | Table
    | Figure
    | Div
)
Blocks: TypeAlias = tuple[Block, ...]
