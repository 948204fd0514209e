"""Plain text taken in: its encoding, its paragraphs, and what extraction broke."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from faircopy.core.model import Kind
from faircopy.intake import Taken, plain, take
from faircopy.manuscript.beside import corrected, corrections
from faircopy.translation.forms import ImportRefused

from tests.editions import INTERVIEW, ROOT

FLAGSHIP = ROOT / "source" / INTERVIEW
TURNS = "A day at sea\n\nAnn: Why?\n\nBob: So.\n\nAnn: And now?\n\nBob: Now this.\n"


def taken(text: bytes) -> Taken:
    return take(text, "a text.txt")


def test_the_flagship_comes_of_its_original() -> None:
    """What then differs are ids, pull quotes and the editorial front matter."""
    found = taken((FLAGSHIP / "original.txt").read_bytes())
    assert found.kind is Kind.INTERVIEW
    ours = (FLAGSHIP / "manuscript.md").read_text("utf-8").split("\n---\n", 1)[1]
    asked = [line.partition(" {#")[0] for line in ours.split("\n") if line.startswith("## ")]
    assert [line for line in found.text.split("\n") if line.startswith("## ")] == asked
    assert len(asked) == 9
    made = tomllib.loads(found.files["corrections.toml"].decode())["correction"]
    kept = tomllib.loads((FLAGSHIP / "corrections.toml").read_text("utf-8"))["correction"]
    for one, other in zip(made, kept, strict=True):
        assert set(one["after"].split()) & set(other["after"].split())
        assert "\n\n" in one["before"]
        assert one["after"] in " ".join(found.text.split())
    for line in ours.split("\n"):
        if line and line[0] not in "#:":
            assert line.strip() in found.text.replace("\\", "")


@pytest.mark.parametrize(
    ("data", "encoding", "shown"),
    [
        ("Größe".encode(), "UTF-8", "Größe"),
        ("Größe".encode("utf-16"), "UTF-16", "Größe"),
        ("Größe".encode("cp1252"), "Windows-1252", "Größe"),
        ("Съешь ещё этих булок".encode("cp1251"), "Windows-1251", "Съешь ещё этих булок"),
        ("Съешь ещё этих булок".encode("koi8-r"), "KOI8-R", "Съешь ещё этих булок"),
    ],
)
def test_the_encoding_is_found_and_said(data: bytes, encoding: str, shown: str) -> None:
    found = plain.read(data, "x.txt")
    assert (found.encoding, found.paragraphs) == (encoding, (shown,))
    assert found.sure == encoding.startswith("UTF")
    doubts = [one for one in taken(data).decide if "was read as" in one]
    assert bool(doubts) == (not found.sure)


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One.\nTwo.\n", ["One.", "Two."]),
        ("One.\r\n\r\nTwo.", ["One.", "Two."]),
        ("It goes\n\non here.", ["It goes on here."]),
        ("A heading\n\nThe text.", ["A heading", "The text."]),
        ("Of all the years that there were it was\n\n1911 that counted.",
         ["Of all the years that there were it was 1911 that counted."]),
        ("Things to do that are more than eight words long\n\n1. first",
         ["Things to do that are more than eight words long", "1. first"]),
        ("A line that is as long as a mail client\nlets it be, and goes on.\n\nNext.",
         ["A line that is as long as a mail client", "lets it be, and goes on.", "Next."]),
        ("A line that is as long as any mail client here\nlets it be, and goes on.\n\nNext.",
         ["A line that is as long as any mail client here lets it be, and goes on.", "Next."]),
    ],
)  # fmt: skip
def test_paragraphs(text: str, paragraphs: list[str]) -> None:
    joined = [" ".join(one.split()) for one in plain.read(text.encode(), "x").paragraphs]
    assert " ".join(joined) == " ".join(paragraphs)
    if "mail client\nlets" not in text:
        assert joined == paragraphs


PARTED = """For all who came to see it, it was an exam-
ple of what a large, old and once so very well-
known house can do, and of nothing else that was ever shown here be-

fore. A well-known example is no example of a house-
keeper who stays for years, and a long line ends here.

The end.
"""


def test_words_that_a_line_has_parted_are_whole(tmp_path: Path) -> None:
    one = taken(PARTED.encode())
    assert "an example of what a large, old and once so very well-known house" in one.text
    assert "shown here before. A well-known" in one.text
    assert "a housekeeper who" in one.text
    assert "“house- keeper” is taken for one word: “housekeeper”" in one.decide
    assert one.mended["words parted by a line mended"] == 4
    (tmp_path / "corrections.toml").write_bytes(one.files["corrections.toml"])
    changes = corrections(tmp_path, "m")
    assert "shown here before. A well-known example" in "\n".join(corrected(PARTED, changes, "m"))


def test_a_dash_at_a_line_is_no_part_of_a_word() -> None:
    one = taken(
        b"He was - as she said - a man of many words who never ended a line -\nor so it was "
        b"said of him.\n\nThe end.\n"
    )
    assert "a line - or so" in one.text


def test_speakers_are_found() -> None:
    assert taken(TURNS.encode()).speakers == ("Ann", "Bob")


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(ImportRefused, match="no text"):
        taken(b"PK\x03\x04\x00\x00")
