"""Widths of columns by their words, for every format."""

from __future__ import annotations

import pytest
from faircopy.writers.columns import LETTER, Cell, counted, levelled, shared
from hypothesis import given
from hypothesis import strategies as st


def test_columns_need_their_longest_word() -> None:
    rows = [[Cell("a bcd"), Cell("efgh")], [Cell("ab-cdef"), Cell("https://example.org")]]
    found = counted(rows)
    assert found.words == pytest.approx((4 * LETTER, 11 * LETTER))
    assert found.lines == pytest.approx((7 * LETTER, 19 * LETTER))


def test_cells_stand_in_their_columns_beside_those_that_take_several() -> None:
    rows = [
        [Cell("tall", rows=2), Cell("a heading of two columns", columns=2)],
        [Cell("one"), Cell("three")],
        [Cell("last"), Cell("a"), Cell("b")],
    ]
    assert counted(rows).words == pytest.approx((4 * LETTER, 3 * LETTER, 5 * LETTER))


def test_chinese_is_broken_between_its_letters() -> None:
    assert counted([[Cell("\u6c49\u5b57\u6c49\u5b57")]]).words == (1.0,)


def test_a_table_without_cells_needs_nothing() -> None:
    assert counted([]).words == shared((), (), 10.0) == ()


@given(st.lists(st.floats(1, 500), min_size=1, max_size=12), st.floats(20, 2000))
def test_columns_share_all_the_room(words: list[float], room: float) -> None:
    found = shared(words, [2 * word for word in words], room)
    assert sum(found) == pytest.approx(room)
    if sum(words) <= room:
        assert all(width >= word - 1e-6 for width, word in zip(found, words, strict=True))


@given(st.lists(st.floats(0, 500), max_size=12), st.floats(0, 2000))
def test_a_level_leaves_what_is_below_it(widths: list[float], room: float) -> None:
    found = levelled(widths, room)
    assert sum(found) <= max(room, 0) + 1e-6 or found == widths
    assert all(one <= other + 1e-9 for one, other in zip(found, widths, strict=True))
    if sum(widths) <= room:
        assert found == widths
