"""A book as a PDF: many pages, few blocks at the top of its tree."""

from __future__ import annotations

from pathlib import Path

import pytest
from faircopy.manuscript import read
from faircopy.theme import load
from faircopy.writers import Options, pdf

FRONT = "---\ntitle: A Book\nlang: en-GB\nkind: book\nauthor: Joan Keeper\n---\n"


@pytest.mark.slow
def test_a_book_of_few_long_chapters_is_made(tmp_path: Path) -> None:
    text = "\n\n".join(
        [" ".join(["The clerk wrote it into the book, and nobody read it."] * 18)] * 9
    )
    chapters = (f"# Chapter {number}\n\n{text}" for number in "abcde")
    (tmp_path / "manuscript.md").write_text("\n\n".join([FRONT, *chapters]), "utf-8")
    made = pdf.write(read(tmp_path, name="book"), load(), Options(page="a5"))
    assert isinstance(made.facts["pages"], int)
    assert made.facts["pages"] > 20
