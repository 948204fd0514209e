"""Rules on tables: rows that lose or miss a cell, and rows that pandoc reads as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from faircopy.core.diagnostics import Diagnostic
from faircopy.core.model import Role
from faircopy.manuscript.lint.context import Context, Text, warning
from faircopy.manuscript.raw import without_code

_DASHES = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:[|+][ \t]*:?-+:?[ \t]*)*\|?")
"""The line below a table's head (pandoc's manual, “pipe_tables”)."""
_DASHES_READ = re.compile(r"\|\s*:?[-–—]+:?\s*\|")
"""The same as it is printed when it is none."""
_QUOTE = re.compile(r"[ \t]{0,3}(?:>[ \t]?)*")
_ABOVE = ("#", ":::", "<", "[")
"""Beginnings of lines that a table may follow without a blank line."""
_NO_BORDER = re.compile(
    r"\\."  # an escaped sign
    r"|(`+)(?!`).*?(?<!`)\1(?!`)"  # code
    r"|\$(?=\S)[^$]*?(?<=\S)\$(?!\d)"  # a formula
    r"|<[^<>]*>"
)
_CELLS = (Role.CELL, Role.HEADER_CELL)
_REMEDY = (
    "Leave a blank line above the table, and give its second row dashes for each column:"
    " | --- | --- |."
)


def table_rows(context: Context) -> Iterator[Diagnostic]:
    """A row with more cells than its table has columns, which are dropped, or with fewer."""
    source = context.source
    at = source.body
    lines = without_code(source.text)[at:].split("\n")
    starts = []
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    bare = [_QUOTE.sub("", line, count=1).rstrip() for line in lines]
    for number, line in enumerate(bare):
        if number == 0 or not _is_table(bare, number):
            continue
        columns = _count(line.replace("+", "|"))
        for row in (number - 1, *_rows_below(bare, number)):
            cells = _count(bare[row])
            if cells != columns:
                left = len(lines[row]) - len(lines[row].lstrip(" \t>"))
                yield warning(
                    "table-row",
                    source.place(starts[row] + left),
                    f"“{bare[row][:40]}” has {_number(cells, 'cell')}, and its table"
                    f" {_number(columns, 'column')}; "
                    + ("what is over is not printed" if cells > columns else "the rest stay empty"),
                    "Give every row a cell for each column, also an empty one: | a | |. A line"
                    " itself is written \\|.",
                )


def _is_table(lines: list[str], number: int) -> bool:
    """Whether a line is the dashes of a table: pipes in it and above, and room above these."""
    above = lines[number - 2] if number > 1 else ""
    return (
        "|" in lines[number]
        and _DASHES.fullmatch(lines[number]) is not None
        and "|" in lines[number - 1]
        and (not above or above.startswith(_ABOVE))
    )


def _rows_below(lines: list[str], number: int) -> Iterator[int]:
    for row in range(number + 1, len(lines)):
        if "|" not in lines[row] or lines[row].startswith(":::"):
            return
        yield row


def _count(row: str) -> int:
    """Return how many cells a row has; a border in code, in a formula or escaped is none."""
    plain = _NO_BORDER.sub("x", row).strip()
    return plain.removeprefix("|").removesuffix("|").count("|") + 1


def _number(count: int, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")


def table_unread(context: Context) -> Iterator[Diagnostic]:
    """Rows of a table that are a paragraph, or lines of a poem, as they stand."""
    after_row = False
    for text in context.texts:
        is_row = text.unit.role is Role.VERSE and text.prose.rstrip().endswith("|")
        if (is_row or _has_dashes(text)) and not after_row:
            yield warning(
                "table-unread",
                context.place(text),
                f"“{text.text[:40]}” is no table as it stands",
                _REMEDY,
            )
        after_row = is_row


def _has_dashes(text: Text) -> bool:
    return text.unit.role not in _CELLS and _DASHES_READ.search(text.prose) is not None


RULES = (table_rows, table_unread)
