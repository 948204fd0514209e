"""Scripts by the names of their letters."""

import pytest
from faircopy.passes.alphabets import script


@pytest.mark.parametrize(
    ("letter", "name"),
    [
        ("ა", "Georgian"),
        ("न", "Devanagari"),
        ("한", "Hangul"),
        ("中", "Chinese or Japanese"),
        ("ひ", "Chinese or Japanese"),
        ("a", "Latin"),
        ("1", ""),
        ("🌀", ""),
    ],
)
def test_script(letter: str, name: str) -> None:
    assert script(letter) == name
