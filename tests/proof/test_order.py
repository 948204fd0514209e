"""Lines that run both ways: their words must be there, whatever their order as drawn."""

from __future__ import annotations

import pytest
from faircopy.proof.order import ordered
from faircopy.proof.tokens import resolve, tokens

KNOWN = tokens("Before. She wrote شهر (in 1984), then שלום again, and [no more]. After it all.")


@pytest.mark.parametrize(
    "lines",
    [
        ["Before. She wrote شهر (in 1984), then שלום again, and [no more].", "After it all."],
        ["Before. ,(She wrote شهر )in 1984", "then שלום again, and [no more]. After it all."],
        [
            "Before.",
            "She wrote",
            "then ,)1984 in( شهر",
            "[no more]. again, and שלום",
            "After it all.",
        ],
    ],
)
def test_the_order_within_a_line_is_free(lines: list[str]) -> None:
    assert resolve(ordered(lines, KNOWN), KNOWN) == KNOWN


@pytest.mark.parametrize(
    "lines",
    [
        # a word lost, changed, doubled, or moved to another line; a letter moved within a word
        ["Before. She wrote شهر in 1984), then שלום again, and [no more].", "After it all."],
        ["Before. She wrote", "then ,)1984 in( نهر", "שלום again, and [no more]. After it all."],
        ["Before. She wrote", "then ,)1984 in( in شهر", "שלום again, and [no more]. After it all."],
        ["Before. She wrote", "שלום again, and [no more].", "then ,)1984 in( شهر", "After it all."],
        ["Before. She wrote", "then ,)1948 in( شهر", "שלום again, and [no more]. After it all."],
        [
            "Before. Wrote she شهر",
            "(in 1984), then שלום again, and [no more].",
            "After all it lal.",
        ],
    ],
)
def test_a_lost_or_changed_word_is_found(lines: list[str]) -> None:
    assert resolve(ordered(lines, KNOWN), KNOWN) != KNOWN


def test_a_text_in_one_direction_has_no_such_freedom() -> None:
    known = tokens("one two three")
    assert ordered(["two one three"], known) == [["two", "one", "three"]]
