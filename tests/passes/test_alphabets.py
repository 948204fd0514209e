"""Scripts by the names of their letters."""

import pytest
from faircopy.passes.alphabets import LETTERS, letters, script


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


def test_letters_are_asked_of_a_language_whatever_its_region() -> None:
    assert letters("ka-GE") == LETTERS["ka"]
    assert letters("en-GB") == ""


@pytest.mark.parametrize("lang", LETTERS)
def test_every_language_has_letters_of_a_script(lang: str) -> None:
    assert script(LETTERS[lang][0])
