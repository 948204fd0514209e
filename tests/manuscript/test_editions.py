"""``editions.toml``: written by a release, read by everything after, never trusted blindly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from faircopy.core import toml
from faircopy.core.diagnostics import ManuscriptError
from faircopy.core.model import Publication, Release
from faircopy.manuscript import editions

Read = Callable[..., Publication]
NOTE = 'A “name” was "wrong"; \\ and a tab\t too\x7f.'
FIRST = Release(version="1", date="2026-03-01T09:00:00Z", note=NOTE, words={"en": "ab", "ur": "cd"})
SECOND = Release(version="1.1", date="2026-03-02T09:00:00Z", words={"en": "ef"})


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    text = editions.with_sums(editions.with_release("", FIRST), {"b.en.epub": "2", "a.pdf": "1"})
    text = editions.with_sums(editions.with_release(text, SECOND), {"b.en.epub": "3"})
    text = editions.with_withdrawal(text, "It was not his text.")
    (tmp_path / editions.EDITIONS).write_text(text, encoding="utf-8")

    found = editions.read(tmp_path, "editions.toml")

    assert found.releases == (FIRST, SECOND)
    assert found.withdrawn == "It was not his text."
    assert toml.loads(text)["release"][0]["sums"] == {"a.pdf": "1", "b.en.epub": "2"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[release]]\nversion = "1"\n', "“date”"),
        ('[[release]]\nversion = ""\ndate = 2026-03-01T09:00:00Z\n', "“version” is empty"),
        ('[[release]]\nversion = "1"\ndate = 2026-03-01T09:00:00Z\nby = "x"\n', "“by”"),
        ("[[release]\n", "cannot be read"),
        ('[[release]]\nversion = "1"\ndate = 2026-03-01T09:00:00\n', "cannot be read"),
        ('[[release]]\nversion = "1"\ndate = 0001-01-01T00:00:00+23:59\n', "no calendar"),
        ('[[release]]\nversion = "1"\ndate = 9999-12-31T23:59:59-23:59\n', "no calendar"),
        ('[[release]]\nversion = "1"\ndate = "soon"\n', "cannot be read"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_name(read: Read, text: str, said: str) -> None:
    with pytest.raises(ManuscriptError) as refused:
        read("Text.\n", editions_toml=text)
    (found,) = refused.value.diagnostics
    assert said in found.message
    assert found.place is not None
    assert found.place.file == "source/a-manuscript/editions.toml"


@pytest.mark.parametrize("second", [("1", "10"), ("2", "09")])
def test_no_two_releases_have_one_version_or_one_moment(
    read: Read, second: tuple[str, str]
) -> None:
    entries = [("1", "09"), second]
    text = "".join(
        f'[[release]]\nversion = "{version}"\ndate = 2026-03-01T{hour}:00:00Z\n'
        for version, hour in entries
    )
    with pytest.raises(ManuscriptError, match="Two releases"):
        read("Text.\n", editions_toml=text)


def test_a_publication_knows_what_of_it_was_published(read: Read) -> None:
    text = editions.with_withdrawal(editions.with_release("", FIRST), "A mistake.")
    found = read("Text.\n", editions_toml=text)
    assert (found.releases, found.withdrawn) == ((FIRST,), "A mistake.")
    assert read("Text.\n", editions_toml="").releases == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("isbn: 978-3-16-148410-0", "which form"),
        ("isbn:\n  epub: 978-3-16-148410-1", "wrong digit"),
        ("isbn:\n  epubs: 978-3-16-148410-0", "did you mean “epub”"),
        ("isbn:\n  epub: 978-3-16-148410-0\n  pdf: 9783161484100", "twice"),
        ("modified: yesterday", "no date"),
        ("modified: 2026-02-03T10:00:00", "no moment"),
    ],
)
def test_a_slip_in_the_identity_is_refused(read: Read, line: str, said: str) -> None:
    with pytest.raises(ManuscriptError) as refused:
        read(f"---\ntitle: T\nlang: en\n{line}\n---\n\ntext\n")
    assert said in refused.value.diagnostics[0].message


def test_isbn_and_the_last_change_are_read(read: Read) -> None:
    metadata = read(
        "---\ntitle: T\nlang: en\nmodified: 2026-02-03T10:00:00+02:00\n"
        "isbn:\n  epub: 978-3-16-148410-0\n  ur.epub: 0-306-40615-2\n---\n\ntext\n"
    ).metadata
    assert metadata.modified == "2026-02-03T08:00:00Z"
    assert metadata.isbn == {"epub": "9783161484100", "ur.epub": "9780306406157"}
