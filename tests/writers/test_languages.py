"""A language that has a row in the table of locales has its words in every format."""

from __future__ import annotations

import pytest
from faircopy.passes.locales import LOCALES
from faircopy.writers.docx.manuscript import WORDS
from faircopy.writers.epub.summaries import SUMMARIES


@pytest.mark.parametrize("language", sorted({row.language for row in LOCALES}))
def test_a_language_of_the_house_falls_back_on_english_nowhere(language: str) -> None:
    assert language in SUMMARIES
    assert language in WORDS
