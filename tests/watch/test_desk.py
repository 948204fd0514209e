from __future__ import annotations

import msgspec
import pytest
from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.core.model import Artifact
from faircopy.publish.jobs import Made
from faircopy.theme import load
from faircopy.watch.changing import Changed
from faircopy.watch.desk import LINT, WEB, Desk, view
from faircopy.watch.drafts import Draft
from faircopy.watch.editions import Edition

FILE = "source/a/manuscript.md"


def said(line: int, code: str = "slip", severity: Severity = Severity.WARNING) -> Diagnostic:
    return Diagnostic(code, severity, "something is wrong", "Mend it.", Place(FILE, line, 1))


def made(*found: Diagnostic) -> Made:
    artifact = Artifact(name="en.x", media_type="x/y", data=b"123", facts={}, diagnostics=found)
    return Made(artifact, 0.25)


def draft(changed: str = "", lang: str = "") -> Draft:
    return Draft(
        own="en-GB",
        langs=("de", "ur"),
        lang=lang,
        publication=lang.encode(),
        theme=load(),
        page="a5",
        changed=Changed(changed, changed, changed),
        lines=((5, "title"), (8, "one"), (12, "two")),
        found=(),
    )


@pytest.fixture
def desk() -> Desk:
    return Desk(slugs=("a", "b")).begun("a").read(draft("one")).made(WEB, Edition(made=made()))


def test_a_round_makes_all_formats_the_web_page_first(desk: Desk) -> None:
    assert [tab.format for tab in desk.tabs if tab.busy] == ["pdf", "epub", "docx"]
    assert not desk.reading
    for name in ("pdf", "epub", "docx"):
        desk = desk.made(name, Edition(made=made()))
    assert {(tab.round, tab.busy) for tab in desk.tabs} == {(1, False)}


def test_a_broken_manuscript_keeps_what_was_good_and_says_why(desk: Desk) -> None:
    broken = desk.made("pdf", Edition(made=made())).begun("a").unreadable((said(9),))
    assert broken.tab(WEB).edition == desk.tab(WEB).edition
    assert broken.tab("pdf").round == 1
    assert not any(tab.busy for tab in broken.tabs)
    assert view(broken)["refused"] != []
    assert view(broken.begun("a").read(draft()))["refused"] == []


def test_a_format_that_fails_keeps_its_last_and_the_others_go_on(desk: Desk) -> None:
    again = desk.made("pdf", Edition(made=made())).begun("a").read(draft("two"))
    failed = again.made(WEB, Edition(made=made())).failed("pdf", (said(0),))
    assert (failed.tab("pdf").round, failed.tab(WEB).round) == (1, 2)
    assert failed.tab("pdf").refused
    assert failed.tab("epub").busy


def test_another_manuscript_takes_the_place_of_all_that_is_there(desk: Desk) -> None:
    other = desk.begun("b")
    assert (other.slug, other.round, other.draft) == ("b", 2, None)
    assert all(tab.busy and not tab.edition for tab in other.tabs)


def test_another_language_takes_the_place_of_what_is_shown_at_the_same_sentence(desk: Desk) -> None:
    other = desk.begun("a", "ur")
    assert (other.lang, other.round, other.changed.id) == ("ur", 2, "one")
    assert all(tab.busy and not tab.edition for tab in other.tabs)
    assert other.read(draft("one")).lang == ""  # there is no such translation any more
    read = other.read(draft("two", "ur"))
    assert read.states == {"": b"", "ur": b"ur"}
    shown = view(read)
    assert (shown["lang"], shown["langs"]) == (
        "ur",
        [("", "English (United Kingdom)"), ("de", "German"), ("ur", "Urdu")],
    )


def test_how_a_language_stands_is_known_before_it_is_shown(desk: Desk) -> None:
    known = desk.known(draft(lang="de"))
    assert (known.lang, known.states) == ("", {"": b"", "de": b"de"})
    assert known.draft == desk.draft


def test_findings_come_by_line_each_once_and_know_their_unit(desk: Desk) -> None:
    desk = desk.told(LINT, (said(13), said(8), said(2))).told("pdf", (said(8),))
    told = msgspec.json.decode(msgspec.json.encode(view(desk)))["findings"]
    assert [(one["line"], one["target"]) for one in told] == [(2, ""), (8, "one"), (13, "two")]
    assert told[1]["said"] == "Something is wrong."


def test_what_lies_elsewhere_has_no_unit(desk: Desk) -> None:
    elsewhere = msgspec.structs.replace(said(9), place=Place("source/a/queries.toml", 9))
    (told,) = msgspec.json.decode(msgspec.json.encode(view(desk.told(LINT, (elsewhere,)))))[
        "findings"
    ]
    assert (told["file"], told["target"]) == ("queries.toml", "")
