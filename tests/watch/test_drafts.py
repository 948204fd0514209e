"""What is read after a save: a manuscript in its own language, or in one of its translations."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from faircopy.core.diagnostics import FaircopyError
from faircopy.publish import jobs
from faircopy.watch.changing import Changed
from faircopy.watch.drafts import Asked, read

from tests.watch.translating import translate

TEXT = "---\ntitle: Low water\nlang: en-GB\n---\n\nIt is low. We read the gauge.\n\nIt ends here.\n"
GERMAN = (
    "Niedrigwasser",
    "Das Wasser ist sehr niedrig.",
    "Wir lesen den Pegel.",
    "Hier ist Schluss.",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "source" / "low-water"
    folder.mkdir(parents=True)
    (folder / "manuscript.md").write_text(TEXT, encoding="utf-8")
    translate(folder, GERMAN)
    return folder


@pytest.fixture
def asked(folder: Path) -> Asked:
    return Asked(root=folder.parents[1], slug="low-water")


def test_a_manuscript_says_what_languages_it_can_be_shown_in(asked: Asked) -> None:
    draft = read(asked)
    assert (draft.own, draft.langs, draft.lang) == ("en-GB", ("de",), "")
    other = read(msgspec.structs.replace(asked, lang="de"))
    assert (other.own, other.lang) == ("en-GB", "de")
    assert jobs.unpack(other.publication).metadata.lang == "de"
    assert other.lines == draft.lines


def test_a_language_that_is_gone_gives_way_to_the_manuscripts_own(asked: Asked) -> None:
    assert read(msgspec.structs.replace(asked, lang="ur")).lang == ""


def test_a_translation_shows_the_sentence_that_changed_in_it(folder: Path, asked: Asked) -> None:
    asked = msgspec.structs.replace(asked, lang="de")
    before = read(asked)
    translate(folder, (*GERMAN[:2], "Wir lesen den Pegel zweimal.", GERMAN[3]))
    now = read(msgspec.structs.replace(asked, before=before.publication))
    assert now.changed.text == "Wir lesen den Pegel zweimal."
    assert now.changed.id.endswith(".s2")


@pytest.mark.parametrize(("place", "words"), [("2", GERMAN[2]), ("9", "")])
def test_another_language_is_shown_at_the_same_sentence(
    asked: Asked, place: str, words: str
) -> None:
    unit = read(asked).lines[-2][1]
    changed = Changed(f"{unit}.s{place}", unit, "We read the gauge.")
    found = read(msgspec.structs.replace(asked, lang="de", changed=changed)).changed
    assert found.text == (words or f"{GERMAN[1]} {GERMAN[2]}")
    assert found.id == (changed.id if words else unit)


def test_what_is_not_translated_is_shown_as_it_is_and_told(folder: Path, asked: Asked) -> None:
    text = TEXT.replace("It ends here.", "It goes on.")
    (folder / "manuscript.md").write_text(text, encoding="utf-8")
    draft = read(msgspec.structs.replace(asked, lang="de"))
    (told,) = [one for one in draft.found if one.code == "untranslated-shown"]
    assert told.place
    assert told.place.file == "source/low-water/translations/de.xlf"
    assert b"It" in draft.publication


def test_a_translation_that_is_broken_is_told(folder: Path, asked: Asked) -> None:
    (folder / "translations/de.xlf").write_text("<xliff", encoding="utf-8")
    assert read(asked).langs == ("de",)
    with pytest.raises(FaircopyError):
        read(msgspec.structs.replace(asked, lang="de"))
