from __future__ import annotations

import pytest
from faircopy.revision import editing

from tests.counting import grows_evenly
from tests.steps import steps

SIZES = (10, 20, 40, 80)


@pytest.mark.parametrize("end", ["", "x", "{a}", "{a}x", "#", "{"])
@pytest.mark.parametrize("unit", [" ", "\t", "#", "# ", "{", "{} ", "}", "{}", " {a", "\n"])
def test_the_end_of_a_heading_is_found_in_steady_steps(unit: str, end: str) -> None:
    for begin in ("", "{a}", "x"):
        took = [steps(editing._ATTRIBUTES, begin + unit * size + end) for size in SIZES]
        assert grows_evenly(took), (begin, took)


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("A reed {.b #c}", "A reed"),
        ("A reed \t## {.b}  ", "A reed"),
        ("C#{.b}", "C"),
        ("A ## # {.b}", "A ##"),
        ("A {b} reed", "A {b} reed"),
        ("A {{b}}", "A {{b}}"),
        ("A {b}{c}", "A {b}"),
    ],
)
def test_the_end_of_a_heading_is_its_attributes(heading: str, words: str) -> None:
    assert editing._ATTRIBUTES.sub("", heading) == words
