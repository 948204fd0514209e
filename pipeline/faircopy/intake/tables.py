"""Tables made regular: as many cells in each row, and no table in a table.

What is merged is parted (ECMA-376, part 1, 17.4.17 and 17.4.84), since a regular table is what
every edition and every screen reader shows. Words stay in their order.
"""

from __future__ import annotations

from collections import Counter

from faircopy.core.diagnostics import Place
from faircopy.core.limits import CELLS
from faircopy.intake.names import Element, child, number, value, w
from faircopy.intake.settling import remove
from faircopy.translation.forms import refuse

_MOST = 200
"""Cells that one may span; Word has no more than 63 columns."""


def regular(root: Element, counts: Counter[str], name: str) -> None:
    """Change the tables of a tree; ``counts`` gets how often each change was made.

    Raises:
        ImportRefused: with all that they span, the tables of the file ``name`` have too many cells.
    """
    for table in list(root.iter(w("tbl"))):
        if any(one.tag == w("tbl") for one in table.iterancestors()):
            counts["nested"] += 1
            _flatten(table)
    made = 0
    for table in list(root.iter(w("tbl"))):
        rows = [one for one in table if one.tag == w("tr")]
        cells = [[one for one in row if one.tag == w("tc")] for row in rows]
        if sum(map(len, cells)) <= 1:
            counts["alone"] += 1
            _flatten(table)
        else:
            counts["table"] += 1
            made += len(rows) * max(map(_columns, rows))
            if made > CELLS.most:
                raise refuse(
                    "too-many-cells",
                    f"its tables have, with all that cells span, more than {CELLS}",
                    "Take tables out into a file of their own, or divide them.",
                    Place(name),
                )
            counts["merged"] += _part(rows, cells)


def _flatten(table: Element) -> None:
    """Put the blocks of a table's cells in its place, in their order."""
    parent = table.getparent()
    if parent is None:
        return
    at = parent.index(table)
    cells = [cell for cell in table.iter(w("tc")) if _belongs(cell, table)]
    blocks = [one for cell in cells for one in cell if one.tag != w("tcPr")]
    for offset, one in enumerate(blocks):
        parent.insert(at + offset, one)
    remove(table)


def _belongs(cell: Element, table: Element) -> bool:
    return next(cell.iterancestors(w("tbl")), None) is table


def _part(rows: list[Element], cells: list[list[Element]]) -> int:
    """Give each row as many cells, and return how many spans there were."""
    merged = 0
    for row, own in zip(rows, cells, strict=True):
        for cell in own:
            span = child(cell, "tcPr", "gridSpan")
            columns = _number(value(span))
            merged += columns > 1
            for _ in range(columns - 1):
                cell.addnext(_cell(cell))
            down = child(cell, "tcPr", "vMerge")
            merged += down is not None and value(down) == "restart"
            about = child(cell, "tcPr")
            if about is not None:
                cell.remove(about)
            for indent in list(cell.iter(w("ind"))):  # pandoc takes it for a quotation
                remove(indent)
        about = child(row, "trPr")
        for _ in range(_number(value(child(about, "gridBefore")), 0)):
            row.insert(1 if about is not None else 0, _cell(row))
        for name in ("gridBefore", "gridAfter"):
            if about is not None and (one := child(about, name)) is not None:
                about.remove(one)
    widths = [sum(1 for one in row if one.tag == w("tc")) for row in rows]
    for row, width in zip(rows, widths, strict=True):
        row.extend([_cell(row) for _ in range(max(widths) - width)])
    _widen(rows[0].getparent(), max(widths))
    _without_later_heads(rows)
    return merged


def _columns(row: Element) -> int:
    """Return how many cells a row has when it is parted."""
    cells = (one for one in row if one.tag == w("tc"))
    before = _number(value(child(row, "trPr", "gridBefore")), 0)
    return before + sum(_number(value(child(one, "tcPr", "gridSpan"))) for one in cells)


def _without_later_heads(rows: list[Element]) -> None:
    """Let no row be a head that stands below others: pandoc would put it above them."""
    heads = [child(row, "trPr", "tblHeader") for row in rows]
    first = next((at for at, head in enumerate(heads) if head is None), len(heads))
    for head in heads[first:]:
        if head is not None:
            remove(head)


def _widen(table: Element | None, columns: int) -> None:
    """Let a table's grid have as many columns as its rows: pandoc drops cells beyond it.

    Its caption goes too: it is what a screen reader says of it, and nothing that is shown.
    """
    grid = child(table, "tblGrid")
    if grid is not None:
        lacking = columns - len(grid)
        wide = {w("w"): "1000"}  # pandoc passes over one that says no width
        grid.extend([grid.makeelement(w("gridCol"), wide, None) for _ in range(lacking)])
    for name in ("tblCaption", "tblDescription"):
        if (about := child(table, "tblPr", name)) is not None:
            remove(about)


def _number(text: str, least: int = 1) -> int:
    return number(text, _MOST, least)


def _cell(like: Element) -> Element:
    """Return an empty cell."""
    cell = like.makeelement(w("tc"), {}, None)
    cell.append(like.makeelement(w("p"), {}, None))
    return cell
