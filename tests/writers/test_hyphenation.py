"""WeasyPrint asks for every language that we can hyphenate."""

from __future__ import annotations

import pyphen
import pytest
from faircopy.languages.loading import every
from faircopy.theme import load
from faircopy.writers.pdf.hyphenation import Dictionaries

THEME = load("theme")
HYPHENATED = [row.tag for row in every() if THEME.script(row.tag).hyphens == "auto"]


@pytest.mark.parametrize("tag", [*HYPHENATED, "kk-KZ"])
def test_there_is_a_dictionary_under_the_name_that_weasyprint_looks_up(tag: str) -> None:
    dictionaries = Dictionaries()
    name = pyphen.language_fallback(tag)
    assert name
    assert dictionaries.get((name, 3, 3, 7)) is not None


def test_kazakh_is_broken_between_syllables() -> None:
    dictionary = Dictionaries().get((pyphen.language_fallback("kk"), 3, 3, 7))
    assert [*dictionary.iterate("халықаралық")] == [
        ("халықара", "лық"),
        ("халықа", "ралық"),
        ("халы", "қаралық"),
    ]


def test_turkish_is_broken_between_syllables() -> None:
    dictionary = Dictionaries().get((pyphen.language_fallback("tr"), 3, 3, 7))
    assert [*dictionary.iterate("araştırma")] == [("araş", "tırma")]


def test_a_word_without_end_is_broken_as_its_beginning_is() -> None:
    """Of what no line holds, the places are not sought: each of its lines would seek them anew."""
    dictionary = Dictionaries().get((pyphen.language_fallback("en"), 3, 3, 7))
    whole = "nevertheless" * 40
    ways = [*dictionary.iterate(whole)]
    assert all(one + other == whole for one, other in ways)
    lengths = [len(one) for one, _ in ways]
    inner = dictionary._dictionary.iterate(whole)
    assert lengths == [len(one) for one, _ in inner if len(one) <= 200]
    assert len(lengths) > 40
