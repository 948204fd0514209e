"""What the spreadsheets of a bundle have in common: the rows of ``segments.tsv``, as cells of text.

A spreadsheet guesses: of “1.5.” it makes a date, of “=a” a formula. So every cell is written as
text, the columns that are not the translator’s are locked, and a cell that came back as anything
but text is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.core.limits import TSV_CELL
from faircopy.passes.cells import unguarded
from faircopy.translation import text
from faircopy.translation.forms import SENTENCE_ID, Record, Remark, Returned, refuse

OPEN = frozenset({"target", "remarks", "question", "reviewed"})
"""The columns that a translator or a reviewer writes into; the others are locked."""
WIDTHS = (16, 12, 30, 60, 60, 6, 30, 30, 20)
"""Of the columns, in characters."""
COLUMNS_READ = 50
_HEADS = 5
"""In how many rows the one with the columns' names is looked for."""


class Cell(msgspec.Struct, frozen=True):
    """What a cell says, and whether it is a number, a date or a formula, not text."""

    text: str = ""
    guessed: bool = False


Row = tuple[int, Sequence[Cell]]
"""A row's number and its cells."""


def is_open(column: str) -> bool:
    """Whether a column, by its head, is the translator's."""
    return column.partition(" ")[0] in OPEN


def returned(
    sheets: Iterable[Sequence[Row]], form: str, name: str, remarks: dict[tuple[int, int], Remark]
) -> Returned:
    """Return what the first sheet with our columns has; ``remarks`` by row and column, from 0.

    Raises:
        ImportRefused: there is none, or a cell is longer than a sentence can be.
    """
    found = [(sheet, start) for sheet in sheets if (start := _start(sheet)) is not None]
    if not found:
        raise refuse(
            "sheet-columns",
            "the spreadsheet has no row that names the columns “id” and “target”",
            f"Put the bundle's first row back: {', '.join(text.COLUMNS)}.",
            Place(name),
        )
    sheet, start = found[0]
    first = [cell.text for cell in sheet[start][1]]
    columns, langs = text.columns_of(first, name)
    begin = start if SENTENCE_ID.fullmatch(first[0].strip()) else start + 1
    said = defaultdict[int, list[Remark]](list)
    for (row, _), one in remarks.items():
        said[row].append(one)
    records: list[Record] = []
    diagnostics: list[Diagnostic] = []
    for number, cells in sheet[begin:]:
        fields = dict(zip(columns, (unguarded(cell.text) for cell in cells), strict=False))
        if not fields.get("id", "").strip():
            continue
        place = Place(name, number)
        _bounded(cells, place)
        record = text.row_record(fields, place)
        records.append(msgspec.structs.replace(record, remarks=(*record.remarks, *said[number])))
        diagnostics += _guesses(record.id, columns, cells, place)
    return Returned(
        form=form,
        source_lang=langs.get("source", ""),
        lang=langs.get("target", ""),
        records=tuple(records),
        diagnostics=tuple(diagnostics),
    )


def _start(sheet: Sequence[Row]) -> int | None:
    for at, (_, cells) in enumerate(sheet[:_HEADS]):
        names = {cell.text.strip().partition(" ")[0].lower() for cell in cells}
        ours = len(cells) >= len(text.COLUMNS) - 2 and SENTENCE_ID.fullmatch(cells[0].text.strip())
        if {"id", "target"} <= names or ours:
            return at
    return None


def _bounded(cells: Sequence[Cell], place: Place) -> None:
    if max(len(cell.text) for cell in cells) > TSV_CELL.most:
        raise refuse(
            "sheet-cell-too-long",
            f"a cell has more than {TSV_CELL}",
            "See what was pasted into it, and shorten it.",
            place,
        )


def _guesses(
    id: str, columns: Sequence[str], cells: Sequence[Cell], place: Place
) -> Iterator[Diagnostic]:
    named = dict(zip(columns, cells, strict=False))
    cell, source = named.get("target", Cell()), named.get("source", Cell())
    if cell.guessed and cell.text != source.text:
        was = f"“{cell.text[:40]}” was read" if cell.text else "nothing could be read"
        yield Diagnostic(
            "cell-guessed",
            Severity.WARNING,
            f"{id}: the spreadsheet has made a number, date or formula of the translation; {was}",
            "Give the cell the format Text and write it again, or send the words another way.",
            place,
        )


def spread(cells: Iterable[tuple[int, Cell]]) -> list[Cell]:
    """Return cells by their columns, from 0, as a row without holes; far ones are passed over."""
    row: list[Cell] = []
    for at, cell in cells:
        if at < COLUMNS_READ:
            row.extend([Cell()] * (at + 1 - len(row)))
            row[at] = cell
    return row


def filled(rows: Iterable[Row]) -> list[Row]:
    """Return the rows that have anything in them."""
    return [(number, row) for number, row in rows if any(cell.text for cell in row)]
