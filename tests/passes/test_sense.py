"""Words of a title that stay together."""

from __future__ import annotations

import pytest
from faircopy.core import ast
from faircopy.languages import locale
from faircopy.passes.sense import bound


def said(text: str, lang: str) -> str:
    words: list[ast.Inline] = []
    for word in text.split():
        words += [ast.Space(), ast.Str(word)] if words else [ast.Str(word)]
    return ast.text(bound(tuple(words), locale(lang))).replace("\u00a0", "_")


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "en-GB",
            "Interview with the President of Kazakhstan",
            "Interview with the_President of_Kazakhstan",
        ),
        ("en-GB", "A river gauge & its keeper", "A_river gauge &_its_keeper"),
        ("ru", "Интервью с Президентом Казахстана", "Интервью с_Президентом Казахстана"),
        ("fr", "Entretien avec le président", "Entretien avec le_président"),
        ("ur", "صدر قازقستان سے انٹرویو", "صدر قازقستان_سے انٹرویو"),
        ("kk", "Қазақстан Президентімен сұхбат", "Қазақстан Президентімен сұхбат"),
    ],
)
def test_short_words_hold_on_to_what_they_lead_to(lang: str, text: str, expected: str) -> None:
    assert said(text, lang) == expected
    assert said(text, lang).replace("_", " ") == text
