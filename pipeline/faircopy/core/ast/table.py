"""Pandoc's table, and the caption that it has in common with a figure."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from faircopy.core.ast import block  # a cell holds blocks, and a table is one
from faircopy.core.ast.inline import Inline
from faircopy.core.ast.node import Attr, Node


class Alignment(msgspec.Struct, frozen=True):
    """Where the text of a column or of a cell stands."""

    t: Literal["AlignLeft", "AlignRight", "AlignCenter", "AlignDefault"]


class ColWidth(msgspec.Struct, frozen=True, tag_field="t", tag="ColWidth"):
    """A column's part of the line's width."""

    c: float


class ColWidthDefault(msgspec.Struct, frozen=True, tag_field="t", tag="ColWidthDefault"):
    """A column as wide as its text asks for."""


class Caption(msgspec.Struct, frozen=True, array_like=True):
    """Caption of a table or figure: an optional short form and the blocks."""

    short: tuple[Inline, ...] | None
    blocks: block.Blocks


class Cell(msgspec.Struct, frozen=True, array_like=True):
    """A table's cell."""

    attr: Attr
    align: Alignment
    row_span: int
    col_span: int
    blocks: block.Blocks


class Row(msgspec.Struct, frozen=True, array_like=True):
    """A table's row."""

    attr: Attr
    cells: tuple[Cell, ...]


class TableHead(msgspec.Struct, frozen=True, array_like=True):
    """The header rows."""

    attr: Attr
    rows: tuple[Row, ...]


class TableBody(msgspec.Struct, frozen=True, array_like=True):
    """Rows under a head; ``head_columns`` counts the columns that head their row."""

    attr: Attr
    head_columns: int
    head: tuple[Row, ...]
    rows: tuple[Row, ...]


class TableFoot(msgspec.Struct, frozen=True, array_like=True):
    """The footer rows."""

    attr: Attr
    rows: tuple[Row, ...]


ColSpec: TypeAlias = tuple[Alignment, ColWidth | ColWidthDefault]


class Table(Node, frozen=True, tag="Table"):
    """A table."""

    c: tuple[Attr, Caption, tuple[ColSpec, ...], TableHead, tuple[TableBody, ...], TableFoot]

    @property
    def attr(self) -> Attr:
        """Identifier, classes, attributes."""
        return self.c[0]

    @property
    def caption(self) -> Caption:
        """The caption."""
        return self.c[1]

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.c[2])

    @property
    def head(self) -> TableHead:
        """The header rows."""
        return self.c[3]

    @property
    def bodies(self) -> tuple[TableBody, ...]:
        """The bodies."""
        return self.c[4]

    @property
    def foot(self) -> TableFoot:
        """The footer rows."""
        return self.c[5]
