"""The bundle's table as a reader: what its codes stand for."""

from __future__ import annotations

import pytest
from faircopy.proof.extractors.tsv import _plain


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("one<1/>two", "one two"),
        ("a (<1/>) and [<2/>], <3/>.", "a () and [], ."),
        ("so “<1/>” is", "so “” is"),
        (r"<1>so</1> \<1>", "so <1>"),
    ],
)
def test_a_point_is_a_space_but_next_to_a_mark(source: str, text: str) -> None:
    assert " ".join(_plain(source).split()) == text
