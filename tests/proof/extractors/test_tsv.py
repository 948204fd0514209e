"""The bundle's table as a reader: what its codes stand for."""

from __future__ import annotations

import pytest
from faircopy.proof.extractors.tsv import _plain


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("one<9/>two", "one two"),
        ("one <9/>two", "one two"),
        ("pre-<1/>ing, <1/>s", "pre-ing, s"),
        ("a (<1/>) and [<2/>], <3/>.", "a () and [], ."),
        ("so “<1/>” is", "so “” is"),
        (r"<1>so</1> \<1>", "so <1>"),
    ],
)
def test_a_line_break_is_a_space_and_code_is_none(source: str, text: str) -> None:
    assert " ".join(_plain(source, "<1/> code fetch, <9/> line break").split()) == text
