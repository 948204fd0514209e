"""Which side a table's column is aligned to, in a text of a direction, and how wide it is.

Markdown's ``:---`` is the side where lines begin, ``---:`` the one where they end: in Arabic and
Hebrew the right and the left, as CSS has ``start`` and ``end``. But a column of numbers that is
marked ``---:`` is at the right in either direction, since there the units of its numbers are.

The hyphens under a head give the widths of columns as soon as one line of the source is long:
nobody means by ``|-----|---|`` that the second column has a word a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from faircopy.core import ast
from faircopy.core.ast import Alignment, Cell, Row
from faircopy.languages.tags import Direction

_START: Final = Alignment("AlignDefault")
_PART = 0.25
"""Least part of the room that its words ask for that the source's widths may leave a column."""
_SHORT = 12
"""Characters that need no room."""
_LEFT: Final = Alignment("AlignLeft")


def settle(value: ast.T, direction: Direction) -> ast.T:
    """Return a tree in whose tables what begins a line has no mark, and the others are sides."""

    def change(node: ast.Node) -> ast.Node:
        return _settled(node, direction) if isinstance(node, ast.Table) else node

    return ast.rewrite(value, change, ast.Table)


def _settled(table: ast.Table, direction: Direction) -> ast.Table:
    attr, caption, columns, head, bodies, foot = table.c
    numbers = _numbers(table)

    def side(at: int, given: Alignment) -> Alignment:
        if given.t == "AlignLeft":
            return _START
        if given.t == "AlignRight" and direction == "rtl" and at not in numbers:
            return _LEFT
        return given

    fair = _is_fair(table)
    settled = tuple(
        (side(at, given), width if fair else ast.ColWidthDefault())
        for at, (given, width) in enumerate(columns)
    )
    return ast.Table((attr, caption, settled, head, bodies, foot))


def _is_fair(table: ast.Table) -> bool:
    """Whether each column with widths given has a part of what its longest cell needs."""
    longest = [0] * table.columns
    rows = (*table.head.rows, *(row for body in table.bodies for row in (*body.head, *body.rows)))
    for row in rows:
        for at, cell in _placed(row):
            if at < len(longest):
                longest[at] = max(longest[at], len(ast.text(cell.blocks)))
    whole = sum(longest)
    return all(
        length <= _SHORT or not isinstance(width, ast.ColWidth) or width.c * whole >= _PART * length
        for length, (_, width) in zip(longest, table.c[2], strict=True)
    )


def _numbers(table: ast.Table) -> frozenset[int]:
    """Return the columns whose cells hold numbers, and no word."""
    texts: dict[int, list[str]] = {}
    for body in table.bodies:
        for row in body.rows:
            for at, cell in _placed(row):
                texts.setdefault(at, []).append(ast.text(cell.blocks))
    return frozenset(at for at, found in texts.items() if _is_numeric("".join(found)))


def _placed(row: Row) -> Iterator[tuple[int, Cell]]:
    at = 0
    for cell in row.cells:
        if cell.col_span == 1:
            yield at, cell
        at += cell.col_span


def _is_numeric(text: str) -> bool:
    digits = any(sign.isdigit() for sign in text)
    return digits and not any(sign.isalpha() for sign in text)
