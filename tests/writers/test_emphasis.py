"""Emphasis can be seen on the page in every script, those without an italic or a bold too."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pypdfium2
import pytest
from faircopy.manuscript import read
from faircopy.theme import load
from faircopy.writers import Options, pdf
from faircopy.writers.reflowable import sheet

FRONT = "---\ntitle: T\nlang: {}\nkind: article\n---\n\n{}\n"
THEME = load()
SCRIPTS = THEME.tokens.script
PLACED = {
    **SCRIPTS,
    "ja": msgspec.structs.replace(SCRIPTS["ja"], text="Noto Serif SC", sans="Noto Sans SC"),
}
SET = msgspec.structs.replace(THEME, tokens=msgspec.structs.replace(THEME.tokens, script=PLACED))
"""The faces of Japanese come from the doctor: those of Chinese stand for them, on every desk."""
TEXTS = {
    "en-GB": "This is {} here.",
    "ru": "Это {} здесь.",
    "ar": "هذا {} هنا.",
    "he": "זה {} כאן.",
    "ur": "یہ {} ہے۔",
    "zh": "这是{}的句子。",
    "ja": "これは{}です。",
}
WORDS = {"en-GB": "good", "ru": "слово", "ar": "مهم", "he": "חשוב", "ur": "اہم", "zh": "重要"}


def seen(folder: Path, lang: str, words: str) -> bytes:
    (folder / "manuscript.md").write_text(FRONT.format(lang, TEXTS[lang].format(words)), "utf-8")
    artifact = pdf.write(read(folder), SET, Options(page="a5"))
    return bytes(pypdfium2.PdfDocument(artifact.data)[0].render(scale=1).buffer)


@pytest.mark.parametrize("lang", TEXTS)
def test_emphasis_is_seen(tmp_path: Path, lang: str) -> None:
    word = WORDS.get(lang, "重要")
    looks = [seen(tmp_path, lang, mark.format(word)) for mark in ("{}", "*{}*", "**{}**")]
    assert len(set(looks)) == 3


@pytest.mark.parametrize(
    ("lang", "marks", "place"),
    [("zh", "filled dot", "under right"), ("ja", "filled dot", "over right"), ("ru", "none", "")],
)
def test_an_epubs_marks_are_those_of_the_script(lang: str, marks: str, place: str) -> None:
    values = sheet.values(THEME, lang)
    assert values["emphasis-marks"] == marks
    assert place in values["emphasis-place"]
    assert values["emphasis"] == "inherit"


def test_an_epub_emphasises_arabic_by_colour_that_night_changes() -> None:
    values = sheet.values(THEME, "ar")
    assert values["emphasis"] == THEME.colour.accent
    assert values["emphasis-by-night"] == THEME.colour.dark.accent
