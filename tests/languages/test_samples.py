"""A short text in each language that nobody here reads: its sentences, its words in editions."""

from __future__ import annotations

import pytest
from faircopy import proof
from faircopy.core import ast
from faircopy.languages import locale
from faircopy.passes.sentences import sentences
from faircopy.passes.typography import typeset
from faircopy.passes.units import units
from syrupy.assertion import SnapshotAssertion

from tests.editions import edition, read

LANGUAGES = ("el", "uk", "pl", "fa", "ja", "hi", "es", "pt")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_reader_of_the_language_should_look_at(
    lang: str, snapshot: SnapshotAssertion
) -> None:
    """The sentences with the marks that the edition draws, a line each; ␣ is a no-break space."""
    drawn = typeset(read(lang).blocks, locale(lang))
    lines = [
        ast.text(sentence.inlines).replace("\u00a0", "␣")
        for unit in units(drawn)
        for sentence in sentences(unit.id, unit.inlines, lang)
    ]
    assert "\n".join(lines) == snapshot


@pytest.mark.parametrize("kind", ["docx", "epub", "bundle"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_edition_has_every_word(lang: str, kind: str) -> None:
    assert proof.verify(read(lang), edition(lang, kind)) == ()


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["el", "uk", "fa"])
def test_the_base_fonts_have_every_letter_on_paper(lang: str) -> None:
    assert proof.verify(read(lang), edition(lang, "pdf.a5")) == ()
    assert "glyph-missing" not in [one.code for one in edition(lang, "pdf.a5").diagnostics]
