"""Differences are named, and traced to the manuscript's line and column."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from faircopy.core.model import Publication
from faircopy.proof.compare import differences, report
from faircopy.proof.reading import reading
from faircopy.proof.words import Rules, words
from hypothesis import given
from hypothesis import strategies as st

SAID = "the river does not know its own name but we know it and answer for it"
TEXT = SAID.split()


@pytest.mark.parametrize(
    ("found", "code", "what"),
    [
        ([*TEXT[:3], *TEXT[4:]], "word-missing", ("not",)),
        ([*TEXT[:3], "not", *TEXT[3:]], "word-doubled", ()),
        ([*TEXT[:3], "ever", *TEXT[3:]], "word-added", ()),
        ([*TEXT[:3], "now", *TEXT[4:]], "word-changed", ("not",)),
        ([*TEXT[:1], *TEXT[2:9], "river", *TEXT[9:]], "word-moved", ("river",)),
    ],
)
def test_each_fault_has_a_name(found: list[str], code: str, what: tuple[str, ...]) -> None:
    (item,) = differences(TEXT, found)
    assert (item.code, item.wanted) == (code, what)


_WORDS = st.lists(st.sampled_from("abcd"))


@given(_WORDS, _WORDS)
def test_no_difference_means_equal(wanted: list[str], found: list[str]) -> None:
    assert (differences(wanted, found) == ()) == (wanted == found)


def test_a_difference_leads_to_line_and_column(publication: Callable[[str], Publication]) -> None:
    text = publication("speaker-turns")
    wanted = words(reading(text), Rules())
    at = next(n for n, word in enumerate(wanted) if word.text == "neighbour")
    found = [word.text for word in wanted]
    found[at] = "stranger"
    (item,) = report("x.docx", text, wanted, found, lambda number: "page 3")
    line = text.source.decode().splitlines()[item.place.line - 1] if item.place else ""
    assert item.place is not None
    assert line[item.place.column - 1 :].startswith("neighbour")
    assert "“neighbour” became “stranger”" in item.message
    assert item.message.startswith("x.docx: ")
    assert "stranger" in item.remedy
    assert "The manuscript has “" in item.remedy
    assert "the file has, on page 3, “" in item.remedy


def test_a_book_that_lost_everything_is_reported_at_once() -> None:
    (item,) = differences(["a"] * 200_000, ["b"] * 200_000)
    assert item.code == "word-changed"
