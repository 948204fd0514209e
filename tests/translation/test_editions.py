"""Localized editions: word for word what was translated, and honest about drafts and gaps."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from faircopy import proof
from faircopy.core.model import Publication
from faircopy.languages import locale
from faircopy.manuscript import read
from faircopy.theme import Theme, load
from faircopy.translation import commands, xliff2
from faircopy.translation.job import Job, Signature, State, Target
from faircopy.translation.reviewing import Hand
from faircopy.translation.segments import extract
from faircopy.writers import FORMATS, Options, write
from lxml import etree

from tests.translation.editions import localized

MANUSCRIPT = """---
title: Low water
lang: en-GB
kind: interview
date: 2026-02-05
---

## How low is the river? {#low}

It is low. We read “the gauge” twice a day.
"""
WORDS = {
    "ru": ("Мелководье", "Насколько обмелела река?", "Она мелкая."),
    "kk": ("Таяз су", "Өзен қаншалықты таяз?", "Ол таяз, әрі тұнық."),
    "ur": ("پایاب پانی", "دریا کتنا اترا ہوا ہے؟", "وہ بہت اترا ہوا ہے۔"),
}
EDITIONS = [
    (lang, item.name)
    for lang in WORDS
    for item in FORMATS
    if not (item.source_only or item.on_request)
]


@pytest.fixture(scope="module")
def theme() -> Theme:
    return load("theme")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A manuscript with translations that lack their last sentence; those in kk are reviewed."""
    folder = tmp_path_factory.mktemp("source") / "low-water"
    folder.mkdir()
    (folder / "manuscript.md").write_text(MANUSCRIPT, "utf-8")
    source = extract(read(folder, name="low-water"))
    for lang, words in WORDS.items():
        state = State.REVIEWED if lang == "kk" else State.TRANSLATED
        ids = [segment.id for _, segment in source.segments()]
        targets = {id: Target((word,), state) for id, word in zip(ids, words, strict=False)}
        back = folder.parent / f"{lang}.xlf"
        back.write_bytes(xliff2.write(Job(text=source, lang=lang, targets=targets)))
        hand = Hand(by=Signature("Ann", "2026-11-30"))
        commands.take_in(read(folder, name="low-water"), folder, [back], hand=hand)
    return folder


@pytest.fixture(scope="module")
def editions(folder: Path) -> dict[str, Publication]:
    publication = read(folder, name="low-water")
    assert localized(publication, folder) == ()
    there = localized(publication, folder, allow_untranslated=True)
    return {edition.metadata.lang: edition for edition in there}


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "name"), EDITIONS)
def test_every_format_has_the_words_of_its_language(
    lang: str, name: str, editions: dict[str, Publication], theme: Theme
) -> None:
    edition = editions[lang]
    format = next(item for item in FORMATS if item.name == name)
    options = Options(page="a5" if format.paged else "")
    artifact = write(format, edition, theme, options)
    assert artifact.name.startswith(f"{lang}.")
    assert proof.verify(edition, artifact) == ()


def test_only_what_nobody_reviewed_is_called_a_draft(
    editions: dict[str, Publication], theme: Theme
) -> None:
    for lang, edition in editions.items():
        artifact = write(FORMATS[1], edition, theme, Options())
        paragraphs = docx.Document(io.BytesIO(artifact.data)).paragraphs
        styles = {p.style and p.style.name: p.text.replace("\u00a0", " ") for p in paragraphs}
        signed = "Аударманы тексерген: Ann, 2026 ж. 30 қараша"
        assert styles.get("Imprint") == (signed if lang == "kk" else locale(lang).labels.draft)


def test_word_marks_what_is_not_translated(editions: dict[str, Publication], theme: Theme) -> None:
    artifact = write(FORMATS[1], editions["ru"], theme, Options())
    runs = [run for p in docx.Document(io.BytesIO(artifact.data)).paragraphs for run in p.runs]
    marked = "".join(run.text for run in runs if run.style.name == "Untranslated")
    assert marked == "We read “the gauge” twice a day."


def test_the_book_marks_what_is_not_translated(
    editions: dict[str, Publication], theme: Theme
) -> None:
    artifact = write(FORMATS[2], editions["ur"], theme, Options())
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as book:
        pages = [etree.fromstring(book.read(n)) for n in book.namelist() if n.endswith(".xhtml")]
    marked = [span for page in pages for span in page.iterfind(".//*[@class='untranslated']")]
    assert [
        etree.tostring(span, method="text", encoding="unicode", with_tail=False) for span in marked
    ] == ["We read “the gauge” twice a day."]
    assert (marked[0].get("lang"), marked[0].get("dir")) == ("en-GB", "ltr")
