"""The digits of folios, notes and lists in scripts with digits of their own are CLDR's native."""

from __future__ import annotations

import pytest
from babel import Locale
from faircopy.languages.loading import every
from faircopy.theme import load

_STYLES = {"latn": "decimal", "arab": "arabic-indic", "arabext": "persian"}
"""CSS's counter styles for CLDR's numbering systems."""
RIGHT_TO_LEFT = {one.tag: one.numerals for one in every() if one.dir == "rtl"}


@pytest.mark.parametrize("tag", RIGHT_TO_LEFT)
def test_the_edition_counts_in_the_native_digits_of_its_language(tag: str) -> None:
    native = Locale.parse(tag, sep="-").other_numbering_systems["native"]
    assert RIGHT_TO_LEFT[tag] == _STYLES[native]


@pytest.mark.parametrize("tag", [one.tag for one in every()])
def test_the_theme_counts_as_the_table_of_languages_says(tag: str) -> None:
    told = next(one.numerals for one in every() if one.tag == tag)
    assert load().script(tag).numerals == told
