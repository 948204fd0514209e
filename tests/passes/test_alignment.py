"""Where a line begins and ends, columns are aligned by the direction; numbers by their units."""

from __future__ import annotations

import pytest
from faircopy.core import ast, pandoc
from faircopy.languages.tags import Direction
from faircopy.passes.alignment import settle

TEXT = "| a | b | c | d |\n|:---|---:|:-:|---|\n| {0} | {0} | {0} | {0} |\n"


@pytest.mark.parametrize(
    ("direction", "cell", "expected"),
    [
        ("ltr", "word", ["AlignDefault", "AlignRight", "AlignCenter", "AlignDefault"]),
        ("ltr", "1,250", ["AlignDefault", "AlignRight", "AlignCenter", "AlignDefault"]),
        ("rtl", "שם 5", ["AlignDefault", "AlignLeft", "AlignCenter", "AlignDefault"]),
        ("rtl", "−1,250.5 ₪", ["AlignDefault", "AlignRight", "AlignCenter", "AlignDefault"]),
        ("rtl", "—", ["AlignDefault", "AlignLeft", "AlignCenter", "AlignDefault"]),
    ],
)
def test_a_column_is_at_the_side_that_is_meant(
    direction: Direction, cell: str, expected: list[str]
) -> None:
    blocks = settle(pandoc.read(TEXT.format(cell)).blocks, direction)
    (table,) = ast.find(blocks, ast.Table)
    assert [align.t for align, _ in table.c[2]] == expected


@pytest.mark.parametrize(("rule", "kept"), [("|----------------|---|", False), ("|---|---|", True)])
def test_no_column_has_a_word_a_line_by_the_hyphens_of_the_source(rule: str, kept: bool) -> None:
    text = f"| a long heading | b |\n{rule}\n| - | {'some words that go on ' * 4}|\n"
    (table,) = ast.find(settle(pandoc.read(text).blocks, "ltr"), ast.Table)
    assert [isinstance(width, ast.ColWidth) for _, width in table.c[2]] == [kept, kept]
