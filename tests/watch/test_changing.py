from __future__ import annotations

from pathlib import Path

import pytest
from faircopy.core.model import Publication
from faircopy.manuscript import read
from faircopy.watch.changing import Changed, first

FRONT = "---\ntitle: A title\nlang: en-GB\n---\n\n"
TEXT = """# One

The first is here. The second follows. The third ends it.

A short one.

# Two

The last has two. It ends.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "a-text"


def publication(folder: Path, text: str) -> Publication:
    folder.mkdir(exist_ok=True)
    (folder / "manuscript.md").write_text(FRONT + text, encoding="utf-8")
    return read(folder)


@pytest.mark.parametrize(
    ("was", "is_now", "ends", "words"),
    [
        ("The second follows.", "The second goes.", ".s2", "The second goes."),
        ("A short one.", "A long one.", "", "A long one."),
        ("The second follows. ", "", ".s2", "The third ends it."),
        (" It ends.", " It ends. There is more.", ".s3", "There is more."),
        ("The first is", "The *first* is", ".s1", "The first is here."),
        ("A short one.\n\n", "", "", "Two"),
        ("The third ends it.", "The third ends it.\n\nNew words.", "", "New words."),
        ("It ends.\n", "", "", "The last has two."),
    ],
)
def test_the_first_sentence_that_changed_is_found(
    folder: Path, was: str, is_now: str, ends: str, words: str
) -> None:
    found = first(publication(folder, TEXT), publication(folder, TEXT.replace(was, is_now)))
    assert found.text == words
    assert found.id == found.unit + ends


def test_where_nothing_changed_there_is_none(folder: Path) -> None:
    one = publication(folder, TEXT)
    assert first(one, publication(folder, TEXT.replace("# Two", "#  Two"))) == Changed()


def test_where_the_end_was_taken_out_the_last_that_is_left_is_shown(folder: Path) -> None:
    cut = TEXT[: TEXT.index("# Two")]
    assert first(publication(folder, TEXT), publication(folder, cut)).text == "A short one."
