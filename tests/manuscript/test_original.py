"""Lint holds a manuscript to the text as it came, word for word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from faircopy.core.diagnostics import Diagnostic, ManuscriptError, Severity
from faircopy.core.model import Publication
from faircopy.manuscript.lint import lint, original

Read = Callable[..., Publication]

FRONT = "---\ntitle: The title\nlang: en-GB\nstandfirst: In short.\n---\n\n"
BODY = """\
## Why is it so? {#why}

It is *so* because “it” was so – and it’s [so](https://example.org) still.

A second paragraph of the answer.[^n]

::: pull-quote
one point
:::

- one point
- another point

[^n]: The note's words.
"""
CAME = """\
The title

In short.

Why is it so?

It is so because "it" was so -- and it's so still.

A second paragraph
of the answer.

The note's words.

one point

another point
"""
CORRECTION = '\n[[correction]]\nwhere = "{}"\nbefore = "{}"\nafter = "{}"\nwhy = "A slip."\n'


def differences(
    read: Read, tmp_path: Path, body: str = BODY, came: str = CAME, corrections: str = ""
) -> list[Diagnostic]:
    beside = {"original_txt": came} | ({"corrections_toml": corrections} if corrections else {})
    publication = read(FRONT + body, **beside)
    there = original.read(tmp_path / "a-manuscript", "source/a-manuscript")
    assert there
    found = lint(publication, ask=lambda words, dictionary: frozenset(), original=there)
    return [item for item in found if item.code in ("original-differs", "correction-not-found")]


def test_the_same_words_with_other_marks_are_the_same(read: Read, tmp_path: Path) -> None:
    assert differences(read, tmp_path) == []


CHANGES = {
    "a word changed": ("second paragraph", "third paragraph", 11, 3, "A second", "A third"),
    "a word lost": ("of the answer.[^n]", "of answer.[^n]", 11, 23, "of the answer", "of answer"),
    "a word added": ("is *so*", "is not *so*", 9, 7, "is so", "is not so"),
    "words swapped": ("It is *so*", "Is it *so*", 9, 1, "It is", "Is it"),
    "a word in the note": ("note's words", "note's word", 20, 18, "words", "word"),
    "a question changed": ("Why is", "How is", 7, 4, "Why", "How"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_departure_is_found_with_both_texts(name: str, read: Read, tmp_path: Path) -> None:
    before, after, line, column, was, now = CHANGES[name]
    assert before in BODY

    (found,) = differences(read, tmp_path, BODY.replace(before, after, 1))

    assert found.severity is Severity.ERROR
    assert found.place
    assert (found.place.file, found.place.line, found.place.column) == (
        "source/a-manuscript/manuscript.md",
        line,
        column,
    )
    assert was in found.message.split("manuscript “")[0]
    assert now in found.message.split("manuscript “")[1]
    assert "original.txt:" in found.message
    assert "corrections.toml" in found.remedy


def test_a_paragraph_that_is_missing_is_told_where_it_stood(read: Read, tmp_path: Path) -> None:
    (found,) = differences(read, tmp_path, BODY.replace("- another point\n", ""))

    assert "(original.txt:16) are missing here: “another point”" in found.message
    assert found.place
    assert found.place.line == 17


def test_a_paragraph_that_nobody_wrote(read: Read, tmp_path: Path) -> None:
    (found,) = differences(read, tmp_path, BODY + "\nMine.\n")

    assert found.message == "these words do not stand in the original: “Mine.”"


def test_a_headline_that_was_changed(read: Read, tmp_path: Path) -> None:
    (found,) = differences(read, tmp_path, came=CAME.replace("The title", "Their title"))

    assert found.place
    assert (found.place.line, found.place.column) == (2, 1)


def test_a_headline_that_the_original_has_not_is_the_editors(read: Read, tmp_path: Path) -> None:
    assert differences(read, tmp_path, came=CAME.replace("The title\n\nIn short.\n\n", "")) == []


def test_a_departure_with_its_reason_is_let_pass(read: Read, tmp_path: Path) -> None:
    entry = CORRECTION.format("the answer", "A second paragraph", "A third paragraph")

    body = BODY.replace("A second", "A third")
    assert differences(read, tmp_path, body, corrections=entry) == []


@pytest.mark.parametrize(
    ("before", "times"), [("no such words", 0), ("so", 4), ("", 0)], ids=["none", "many", "empty"]
)
def test_a_correction_of_nothing(before: str, times: int, read: Read, tmp_path: Path) -> None:
    entry = CORRECTION.format("the answer", before, "x")

    (found,) = differences(read, tmp_path, corrections=entry)

    assert found.code == "correction-not-found"
    assert str(found.place) == "source/a-manuscript/corrections.toml:2"
    assert f"{times} times" in found.message


def test_corrections_of_nothing_at_all(read: Read, tmp_path: Path) -> None:
    read("text\n", corrections_toml=CORRECTION.format("a", "b", "c"))

    with pytest.raises(ManuscriptError, match="original-missing"):
        original.read(tmp_path / "a-manuscript", "m")


def test_an_entry_that_lacks_a_key_is_told_its_line(read: Read, tmp_path: Path) -> None:
    entries = CORRECTION.format("a", "b", "c") + '\n[[correction]]\nwhere = "here"\n'
    read("text\n", corrections_toml=entries)

    with pytest.raises(ManuscriptError, match=r"m/corrections\.toml:8:1: .*before"):
        original.read(tmp_path / "a-manuscript", "m")
