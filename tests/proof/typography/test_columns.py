"""Columns of made-up pages: where they end, and what fills them."""

from __future__ import annotations

from itertools import chain

import pytest
from faircopy.proof.typography.columns import Column, Fullness, columns
from faircopy.proof.typography.lines import Line, Pages

LEAD, FULL = 14.0, 20


def lines(count: int, page: int, *, x: float = 0.0, kind: str = "P", block: int = 0) -> list[Line]:
    """Return so many lines of a column, from the top of the page."""
    return [
        Line(block, kind, "en", page, x + 50, x + 150, 500 - LEAD * at, 10.0, "Words")
        for at in range(count)
    ]


def pages(*parts: list[Line]) -> Pages:
    return Pages(tuple(chain(*parts)), ())


def blank(page: int, left: float, right: float, foot: float) -> float:
    return 600.0


def short(text: Pages, ink: float = 600.0) -> list[tuple[int, int]]:
    full = Fullness(text, columns(text), lambda *_: ink)
    return [(line.page, round(early)) for line, early in full.short()]


def stubs(text: Pages) -> list[int]:
    return [round(high) for _, high in Fullness(text, columns(text), blank).stubs()]


def test_a_column_ends_where_one_reads_on_higher_up() -> None:
    text = pages(lines(3, 1), lines(4, 1, x=200), lines(5, 2))
    assert [(column.page, len(column.lines)) for column in columns(text)] == [
        (1, 3),
        (1, 4),
        (2, 5),
    ]


@pytest.mark.parametrize(("count", "wanted"), [(FULL, []), (18, []), (17, [(1, 3)])])
def test_a_column_that_ends_early_is_found(count: int, wanted: list[tuple[int, int]]) -> None:
    assert short(pages(lines(count, 1), lines(FULL, 2), lines(9, 3))) == wanted


def test_the_last_page_ends_where_it_may_and_so_does_one_before_a_part() -> None:
    assert short(pages(lines(FULL, 1), lines(3, 2), lines(3, 2, x=200))) == []
    assert short(pages(lines(9, 1), lines(1, 2, kind="H1"), lines(FULL, 3), lines(9, 4))) == [
        (2, 19)
    ]


def test_a_picture_or_notes_below_fill_a_column() -> None:
    text = pages(lines(10, 1), lines(FULL, 2), lines(9, 3))
    assert short(text) == [(1, 10)]
    assert short(text, ink=500 - LEAD * 18) == []
    note = [Line(9, "Note", "en", 1, 60, 140, 500 - LEAD * 11.5, 8.0, "Note")]
    assert short(pages(lines(10, 1), lines(FULL, 2), lines(9, 3), note)) == []


@pytest.mark.parametrize(("count", "wanted"), [(3, [3]), (4, []), (FULL, [])])
def test_a_last_page_with_next_to_nothing_is_found(count: int, wanted: list[int]) -> None:
    assert stubs(pages(lines(FULL, 1), lines(FULL, 2), lines(count, 3))) == wanted
    assert stubs(pages(lines(count, 1))) == []


@pytest.mark.parametrize(("lang", "edge"), [("en", 150.0), ("he", -50.0), ("ja", None)])
def test_full_lines_end_at_an_edge(lang: str, edge: float | None) -> None:
    found = tuple(Line(0, "P", lang, 1, 50, 150, 500, 10.0, "Words") for _ in range(4))
    assert Column(1, found).edge() == edge
