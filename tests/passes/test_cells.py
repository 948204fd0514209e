"""No cell is a formula, and each comes back as it was."""

import csv
import io

import pytest
from faircopy.passes.cells import guarded, unguarded
from hypothesis import given
from hypothesis import strategies as st

FORMULAS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "\r=1", " =1", "＝1", "＠a",
    "-- a dash", "\n=1", "'=1", "''=1",
)  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_becomes_text(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["", "'", "'tis", "''", "a=b", "’–", "– dash", "'n' roll"])
def test_other_cells_stay(text: str) -> None:
    assert guarded(text) == unguarded(text) == text


@given(st.text(alphabet="'=+-@\t\r\n a＝"))
def test_any_cell_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text).lstrip()[:1] not in tuple("=+-@＝＋－＠")


def test_a_cell_comes_back_through_a_table() -> None:
    cells = tuple(text for text in FORMULAS if "\r" not in text)  # no manuscript has that
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerow(map(guarded, cells))

    (row,) = csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter="\t")
    assert tuple(map(unguarded, row)) == cells
