"""Which edition it is: two texts are never one release, and one text always is."""

from __future__ import annotations

import msgspec
import pytest
from faircopy.core import ast
from faircopy.core.model import Metadata, Publication, Release
from faircopy.passes import editions, identifiers

FIRST = "2026-03-01T09:00:00Z"


def publication(
    text: str = "One.", *releases: Release, lang: str = "en", **said: str
) -> Publication:
    words = ast.Span((ast.Attr("p1", ("unit", "paragraph")), (ast.Str(text),)))
    return Publication(
        slug="a-book",
        metadata=msgspec.convert(
            {"title": [], "lang": lang, "dir": "ltr", **said}, Metadata, strict=True
        ),
        blocks=(ast.Para((words,)),),
        places={},
        assets={},
        source=b"",
        source_path="source/a-book/manuscript.md",
        releases=releases,
    )


def released(text: str = "One.", date: str = FIRST, version: str = "1") -> Release:
    digest = editions.words(publication(text))
    return Release(version=version, date=date, words={"en": digest})


def moment(item: Publication, content: bytes = b"one") -> str:
    return editions.moment(item, content).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ({}, "1980-01-01"),
        ({"date": "1865"}, "1980-01-01"),
        ({"date": "2026-02"}, "2026-02-01"),
        ({"date": "2026-02-03"}, "2026-02-03"),
        ({"date": "2026-02-03", "modified": "2026-04-05"}, "2026-04-05"),
    ],
)
def test_a_day_that_is_said_and_a_time_of_its_own_for_each_text(
    said: dict[str, str], day: str
) -> None:
    item = publication(**said)
    assert moment(item) == moment(item)
    assert moment(item)[:10] == moment(item, b"another")[:10] == day
    assert moment(item) != moment(item, b"another")


@pytest.mark.parametrize("date", ["", "1865", "2026-02-03", "2027-01-01"])
def test_a_release_is_known_by_its_moment_for_as_long_as_its_words_stand(date: str) -> None:
    item = publication("One.", released(), date=date)
    assert moment(item) == moment(item, b"another cover") == FIRST
    assert editions.changed(item) == FIRST
    assert not list(editions.unsaid(item))


@pytest.mark.parametrize("said", [{}, {"date": "2026-02-03"}, {"modified": "2026-02-28"}])
def test_corrected_words_never_have_the_moment_of_a_release(said: dict[str, str]) -> None:
    item = publication("Two.", released(), released("Zero.", "2026-02-01T09:00:00Z", "0"), **said)
    assert moment(item) > FIRST
    assert moment(item) != moment(item, b"another")
    (found,) = editions.unsaid(item)
    assert "version 1 of 2026-03-01" in found.message
    assert "./inv release a-book" in found.remedy


@pytest.mark.parametrize(
    "item",
    [
        publication("Two."),
        publication("Two.", released(), modified="2026-03-02"),
        publication("Two.", released(), released("Two.", "2026-03-02T09:00:00Z", "2")),
        publication("Zwei.", released(), lang="de"),
    ],
)
def test_what_is_said_is_not_asked_for(item: Publication) -> None:
    assert not list(editions.unsaid(item))


def test_another_language_is_no_release_of_the_first() -> None:
    assert moment(publication("Eins.", released(), lang="de")) > FIRST


def test_only_words_count_as_words() -> None:
    assert editions.words(publication("A  b ")) == editions.words(publication("A b", date="2026"))
    assert editions.words(publication("A b")) != editions.words(publication("A c"))


def test_each_form_and_each_language_has_an_isbn_of_its_own() -> None:
    numbers = {"epub": "9783161484100", "ur.epub": "9780306406157"}
    item = msgspec.structs.replace(
        publication(),
        metadata=msgspec.structs.replace(
            publication().metadata, isbn=numbers, identifier="urn:x:1"
        ),
    )
    urdu = msgspec.structs.replace(
        item, metadata=msgspec.structs.replace(item.metadata, lang="ur-PK", original="urn:x:1")
    )
    hindi = msgspec.structs.replace(
        urdu, metadata=msgspec.structs.replace(urdu.metadata, lang="hi")
    )
    assert identifiers.of_form(item, "epub") == "urn:isbn:9783161484100"
    assert identifiers.of_form(item, "pdf") == "urn:x:1"
    assert identifiers.of_form(urdu, "epub") == "urn:isbn:9780306406157"
    assert identifiers.isbn(hindi, "epub") == ""
