"""The front matter comes out as it was written."""

from collections.abc import Callable

import pytest
from faircopy.core import ast
from faircopy.core.diagnostics import ManuscriptError, Severity
from faircopy.core.model import Kind, Publication

Read = Callable[..., Publication]


def test_every_key(read: Read) -> None:
    metadata = read(
        "---\n"
        "title: A *new* title\nsubtitle: S\nlang: en-GB\nauthor: [Ann, Bob]\ndate: 2026-02-05\n"
        "description: D\nkeywords: [a, b]\nrights: © Ann\nidentifier: urn:isbn:9780000000000\n"
        "publisher: P\nkind: interview\noutlet: DNA\nstandfirst: F\nbyline: By Ann\n"
        "dateline: Astana, 5 February\ninterviewee: I\ninterviewer: J\nembargoed: 2026-02-04\n"
        "usageterms: U\nednote: E\nx-desk: own\n"
        "---\n\ntext\n"
    ).metadata

    assert ast.text(metadata.title) == "A new title"
    assert [ast.text(name) for name in metadata.author] == ["Ann", "Bob"]
    assert metadata.kind is Kind.INTERVIEW
    assert metadata.keywords == ("a", "b")
    assert (metadata.date, metadata.identifier) == ("2026-02-05", "urn:isbn:9780000000000")
    assert (metadata.embargoed, metadata.usageterms, metadata.ednote) == ("2026-02-04", "U", "E")
    assert metadata.dir == "ltr"


@pytest.mark.parametrize(
    "title",
    [
        "a < b & c > d",
        r"\<b>bold\</b>",
        "\u200fعنوان\u200e",
        " ".join(["x" * 30] * 200),
        "100 % – ‘quoted’",
        "C:\\path #1",
    ],
)
def test_a_title_comes_out_intact(read: Read, title: str) -> None:
    publication = read(f"---\ntitle: |\n  {title}\nlang: en\n---\n\ntext\n")

    assert ast.text(publication.metadata.title) == title.replace(r"\<", "<")


def test_keywords_in_one_line(read: Read) -> None:
    assert read("---\ntitle: T\nlang: ar\nkeywords: أ، ب\n---\n\ntext\n").metadata.keywords == (
        "أ",
        "ب",
    )


@pytest.mark.parametrize(
    ("lang", "direction"),
    [("ur", "rtl"), ("he", "rtl"), ("kk", "ltr"), ("kk-Arab", "rtl"), ("ur-Latn", "ltr")],
)
def test_direction_follows_from_the_language(read: Read, lang: str, direction: str) -> None:
    assert read(f"---\ntitle: T\nlang: {lang}\n---\n\ntext\n").metadata.dir == direction


def test_line_ends_and_byte_order_mark_do_not_matter(read: Read) -> None:
    plain = read(b"---\ntitle: T\nlang: en\n---\n\nA\nb.\n")
    windows = read(b"\xef\xbb\xbf---\r\ntitle: T\r\nlang: en\r\n---\r\n\r\nA\r\nb.\r\n")

    assert plain.blocks == windows.blocks
    assert plain.places == windows.places


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026-11-31", "is “2026-11-31”, but November 2026 has 30 days"),
        ("2026-02-29", "is “2026-02-29”, but February 2026 has 28 days"),
        ("2026-13-01", "is “2026-13-01”, but there is no such month"),
        ("5 May 2026", "is “5 May 2026”, which is no date"),
    ],
)
def test_a_date_that_is_none_says_why(read: Read, written: str, said: str) -> None:
    with pytest.raises(ManuscriptError) as caught:
        read(f"---\ntitle: T\nlang: en\ndate: {written}\n---\n\ntext\n")

    (found,) = caught.value.diagnostics
    assert found.message == f"“date” {said}"
    assert found.remedy
    assert found.remedy not in found.message


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("identifier: 0306406152", "as the number 306406152"),
        ("outlet: 1.10", "as the number 1.1"),
        ("publisher: 1e3", "as the number 1000"),
    ],
)
def test_a_number_that_yaml_reads_otherwise_is_refused(read: Read, line: str, said: str) -> None:
    with pytest.raises(ManuscriptError, match=said) as caught:
        read(f"---\ntitle: T\nlang: en\n{line}\n---\n\ntext\n")

    (found,) = caught.value.diagnostics
    assert found.place
    assert found.place.line == 4
    key, _, value = line.partition(": ")
    assert f"{key}: '{value}'" in found.remedy


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("outlet: Goal #1", ["front-matter-remark"]),
        ("outlet: The Goal # a remark", []),
        ("outlet: 'Goal #1'", []),
        ("outlet: C#1", []),
        ("outlet: 1984", []),
        ("outlet: '007'", []),
        ("date: 2026-02-05", []),
        ("x-number: 007 #1", ["front-matter-remark"]),
    ],
)
def test_words_that_yaml_takes_for_a_remark_are_told(
    read: Read, line: str, codes: list[str]
) -> None:
    found = read(f"---\ntitle: T\nlang: en\n{line}\n---\n\ntext\n").diagnostics

    assert [item.code for item in found] == codes


@pytest.mark.parametrize(
    ("line", "write"),
    [
        ("tags: [a, b]", "keywords:"),
        ("categories: a", "keywords:"),
        ("authors: [A, B]", "author:"),
        ("abstract: So.", "standfirst:"),
        ("summary: So.", "description:"),
        ("language: en", "lang:"),
        ("image: a.png", "cover-image:"),
        ("layout: post", "Delete it"),
        ("draft: false", "Delete it"),
        ("execute: false", "Delete it"),
    ],
)
def test_keys_of_other_programs_are_refused_with_the_right_one(
    read: Read, line: str, write: str
) -> None:
    with pytest.raises(ManuscriptError) as caught:
        read(f"---\ntitle: T\nlang: en-GB\n{line}\n---\n\nText.\n")
    (found,) = caught.value.diagnostics
    assert found.code == "front-matter-unknown"
    assert found.place is not None
    assert found.place.line == 4
    assert write in found.remedy


@pytest.mark.parametrize(
    "text", ["# A\n\n### B\n\ntext\n", "### B\n\ntext\n", "## A\n\n## B\n\n# C\n\ntext\n"]
)
def test_a_skipped_level_of_headings_is_a_warning(read: Read, text: str) -> None:
    found, *others = read(f"---\ntitle: T\nlang: en-GB\n---\n\n{text}").diagnostics
    assert not others
    assert (found.code, found.severity) == ("heading-skipped", Severity.WARNING)
