"""A book as a PDF: many pages, few blocks at the top of its tree."""

from __future__ import annotations

from pathlib import Path

import pytest
from faircopy.core.diagnostics import errors
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


@pytest.mark.slow
@pytest.mark.parametrize(("page", "depth"), [("a5", 55), ("a4", 14)])
def test_a_list_as_deep_as_the_limit_lets_it_be_is_made_within_its_column(
    tmp_path: Path, page: str, depth: int
) -> None:
    levels = "".join(f"{'  ' * level}- level {level}\n" for level in range(depth))
    (tmp_path / "manuscript.md").write_text(f"{FRONT}\n{levels}", "utf-8")
    made = pdf.write(read(tmp_path, name="deep"), load(), Options(page=page))
    assert not errors(made.diagnostics)
    assert made.data.startswith(b"%PDF")
