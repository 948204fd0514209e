"""A set in several languages: which are made, which are left out, what stays."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from faircopy.publish import languages, manifest
from faircopy.publish.engine import build
from faircopy.publish.outcome import Outcome
from faircopy.publish.plan import Request
from faircopy.publish.project import Project
from faircopy.publish.translations import bundling

from tests.publish.fakes import TRADE, Listener, contents, project, rewrite, translate

HEARD = {"made one docx", "made one docx ru", "made one docx ur"}


@pytest.fixture
def place(tmp_path: Path) -> Project:
    place = project(tmp_path, one="words")
    translate(place, "one", "ru", "10")
    translate(place, "one", "ur", "10")
    return place


def run(place: Project, listener: Listener | None = None, **asked: Any) -> Outcome:
    request = Request(**{"formats": ("docx",), **asked})
    return build(request, place, trade=TRADE, environ={}, listen=listener or Listener())


def names(place: Project, slug: str = "one") -> set[str]:
    return {path.name for path in (place.dist / slug).glob(f"{slug}.*")}


def codes(outcome: Outcome) -> list[str]:
    return [item.code for item in outcome.diagnostics if item.code not in ("doubtful", "said")]


def docx(*langs: str) -> set[str]:
    return {f"one.{lang}.docx" for lang in langs}


def test_every_complete_language_is_in_the_set(place: Project) -> None:
    listener = Listener()
    outcome = run(place, listener)
    assert outcome.ok
    assert names(place) == docx("en", "ru", "ur")
    assert {heard for heard in listener.heard if heard.startswith("made")} == HEARD
    assert [file.lang for file in outcome.files] == ["en-GB", "ru", "ur"]
    record = manifest.read(place.dist / "one/manifest.json")
    assert record is not None
    assert [item.name for item in record.made_from.translations] == ["ru", "ur"]


def test_each_language_has_a_cover_of_its_own(place: Project) -> None:
    run(place, formats=("epub",))
    books = {path.name: path.read_bytes() for path in (place.dist / "one").glob("*.epub")}
    assert books["one.en.epub"].endswith(b"cover of one")
    assert books["one.ur.epub"].endswith(b"in urcover of one in ur")


def test_nothing_is_read_when_nothing_changed(place: Project) -> None:
    run(place)
    before = contents(place.dist)
    listener = Listener()
    assert run(place, listener).changed == ()
    assert listener.heard == ["published one"]
    assert contents(place.dist) == before


def test_a_changed_translation_touches_its_own_files_alone(place: Project) -> None:
    run(place)
    translate(place, "one", "ur", "10 better")
    listener = Listener()
    assert run(place, listener).ok
    assert [h for h in listener.heard if h.startswith("made")] == ["made one docx ur"]


def test_an_incomplete_language_is_left_out_and_its_old_files_go(place: Project) -> None:
    run(place)
    translate(place, "one", "ur", "9")
    listener = Listener()
    outcome = run(place, listener)
    assert outcome.ok
    assert codes(outcome) == ["translation-incomplete"]
    assert "left-out one ur" in listener.heard
    assert names(place) == docx("en", "ru")
    assert codes(run(place)) == ["translation-incomplete"]  # said again, from the cache


def test_asked_for_by_name_an_incomplete_language_is_an_error(place: Project) -> None:
    run(place)
    before = contents(place.dist)
    translate(place, "one", "ur", "9")
    outcome = run(place, langs=("ur",))
    assert not outcome.ok
    assert outcome.changed == ()
    assert contents(place.dist) == before


def test_with_leave_gaps_are_shown_and_counted(place: Project) -> None:
    translate(place, "one", "ur", "4")
    translate(place, "one", "kk", "0")
    outcome = run(place, allow_untranslated=True)
    assert outcome.ok
    assert codes(outcome) == ["translation-incomplete", "untranslated-shown"]  # kk has nothing
    record = manifest.read(place.dist / "one/manifest.json")
    assert record is not None
    assert {(f.lang, f.draft, f.untranslated) for f in record.files} == {
        ("en-GB", False, 0),
        ("ru", False, 0),
        ("ur", True, 6),
    }
    run(place)
    assert names(place) == docx("en", "ru")


def test_one_language_leaves_the_others_of_the_same_text(place: Project) -> None:
    run(place)
    assert run(place, langs=("ru",)).ok
    assert names(place) == docx("en", "ru", "ur")
    rewrite(place, "one", "other words")
    outcome = run(place, langs=("en",))
    assert names(place) == docx("en")
    assert codes(outcome) == ["stale-removed", "stale-removed"]


def test_a_language_that_nobody_has_is_an_error(place: Project) -> None:
    rewrite(place, "two", "more")
    outcome = run(place, langs=("ru", "fr"))
    assert codes(outcome) == ["unknown-language"]
    assert "en-GB, ru, ur" in outcome.diagnostics[-1].remedy
    assert names(place) == docx("ru")
    assert not (place.dist / "two").exists()


def test_a_broken_translation_leaves_the_set_as_it_was(place: Project) -> None:
    run(place)
    before = contents(place.dist)
    translate(place, "one", "ur", "BROKEN")
    outcome = run(place)
    assert (outcome.ok, outcome.failed, codes(outcome)) == (False, ("one",), ["broken"])
    assert contents(place.dist) == before


def test_a_translation_that_is_not_asked_for_is_not_read(place: Project) -> None:
    translate(place, "one", "ur", "BROKEN")
    assert run(place, langs=("en",)).ok
    assert names(place) == docx("en")
    assert not run(place, langs=("ru",)).ok


def test_what_was_read_for_all_languages_is_known_for_one(place: Project) -> None:
    run(place)
    listener = Listener()
    assert run(place, listener, langs=("en",)).ok
    assert listener.heard == ["published one"]


def test_two_of_one_language_have_different_names(place: Project) -> None:
    translate(place, "one", "zh-Hans", "10")
    translate(place, "one", "zh-Hant", "10")
    translate(place, "one", "en-US", "10")
    run(place)
    assert names(place) == docx("en", "en-US", "ru", "ur", "zh-Hans", "zh-Hant")


def test_a_language_without_conventions_is_told_of(place: Project) -> None:
    translate(place, "one", "xx", "10")
    assert codes(run(place)) == ["language-unknown"]


@pytest.mark.parametrize(
    ("lang", "asked", "answer"),
    [
        ("en-GB", (), True),
        ("en-GB", ("en",), True),
        ("en-GB", ("EN-gb",), True),
        ("en-GB", ("en-US",), False),
        ("kk", ("ru", "kk"), True),
    ],
)
def test_how_a_language_is_named(lang: str, asked: tuple[str, ...], answer: bool) -> None:
    assert languages.asked_for(lang, asked) is answer


def test_a_long_text_is_set_for_translators_only_on_demand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Project(tmp_path)
    (place.source / "one").mkdir(parents=True)
    front = "---\ntitle: T\nlang: en-GB\n---\n\n"
    (place.source / "one/manuscript.md").write_text(f"{front}Some words are here.\n")
    monkeypatch.setattr(bundling, "LONG", 3)

    def bundled(*, printed: bool) -> tuple[set[str], list[str]]:
        bundles, notes = bundling.export(place, "ru", printed=printed)
        with zipfile.ZipFile(tmp_path / bundles[0].path) as archive:
            return set(archive.namelist()), [note.code for note in notes]

    names, notes = bundled(printed=False)
    assert notes == ["context-left-out"]
    assert "context.pdf" not in names
    names, notes = bundled(printed=True)
    assert notes == []
    assert "context.pdf" in names


def test_pages_name_their_sisters_where_the_house_has_a_site(place: Project) -> None:
    formats = tuple(msgspec.structs.replace(f, linked=f.name == "docx") for f in TRADE.formats)
    trade = msgspec.structs.replace(TRADE, formats=formats, site="https://oak.example/")

    def sisters() -> dict[str, list[str]]:
        request = Request(formats=("docx",))
        assert build(request, place, trade=trade, environ={}).failed == ()
        files = {path.name: path.read_text() for path in (place.dist / "one").glob("*.docx")}
        return {
            name: [line[7:] for line in text.splitlines() if line.startswith("sister ")]
            for name, text in files.items()
        }

    before = [f"{tag} https://oak.example/one/one.{tag[:2]}.docx" for tag in ("en-GB", "ru", "ur")]
    assert sisters() == dict.fromkeys(docx("en", "ru", "ur"), before)
    assert sisters() == dict.fromkeys(docx("en", "ru", "ur"), before)  # from the cache
    translate(place, "one", "ur", "9")  # is not published any more
    assert sisters() == dict.fromkeys(docx("en", "ru"), before[:2])
