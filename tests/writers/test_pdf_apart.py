"""What stands apart from the text on a page: lists, figures, listings, tables, chapters."""

from __future__ import annotations

import ctypes
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from faircopy import proof
from faircopy.manuscript import read
from faircopy.theme import load
from faircopy.writers import Options, pdf
from PIL import Image

FRONT = "---\ntitle: T\nlang: {}\nkind: {}\n---\n\n"
LEAD = 14
"""Points from one line of text to the next."""


@pytest.fixture
def made(tmp_path: Path) -> Any:
    """Return a maker of PDFs: Markdown, page, language and kind."""
    Image.new("RGB", (600, 300), "navy").save(tmp_path / "p.png")

    def make(text: str, page: str = "a5", lang: str = "en-GB", kind: str = "article") -> Any:
        (tmp_path / "manuscript.md").write_text(FRONT.format(lang, kind) + text, "utf-8")
        publication = read(tmp_path)
        artifact = pdf.write(publication, load(), Options(page=page))
        assert proof.verify(publication, artifact) == ()
        return pypdfium2.PdfDocument(artifact.data)

    return make


def found(page: Any, words: str) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of words that stand in one line."""
    text = page.get_textpage()
    at = text.search(words).get_next()
    assert at is not None, text.get_text_range()
    boxes = [text.get_charbox(at[0] + n) for n in range(at[1])]
    sides = list(zip(*boxes, strict=True))
    return min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])


def filled(path: Any) -> str:
    """Return the colour that a path is filled with, as a theme writes it."""
    parts = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFPageObj_GetFillColor(path.raw, *map(ctypes.byref, parts))
    return "#" + "".join(f"{part.value:02X}" for part in parts[:3])


@pytest.mark.parametrize("page", ["a4", "a5"])
def test_no_bullet_touches_its_text(made: Any, page: str) -> None:
    shown = made("1. One\n    - two\n        - three\n- four^[Note:\n\n    - five]\n", page)[0]
    for bullet, word in (("◦", "two"), ("▪", "three"), ("•", "four")):
        assert found(shown, word)[0] - found(shown, bullet)[2] > 4


@pytest.mark.parametrize("page", ["a4", "a5"])
def test_a_caption_is_near_its_picture_and_begins_where_it_does(made: Any, page: str) -> None:
    shown = made("Text.\n\n![A caption](p.png){width=50%}\n\nMore.\n", page)[0]
    (picture,) = shown.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,))
    left, bottom, _, _ = picture.get_bounds()
    caption = found(shown, "A caption")
    assert LEAD / 4 < bottom - caption[3] < LEAD
    assert abs(caption[0] - left) < 1


def test_the_ground_of_a_listing_ends_with_its_last_line(made: Any) -> None:
    text = "Text.\n\n```\none\ntwo\nend\n```\n\nMore.\n\n" + "And more of it. " * 60
    shown = made(text, "a4")[0]
    bottom = found(shown, "end")[1]
    paths = shown.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,))
    grounds = [path.get_bounds() for path in paths if filled(path) == load().colour.tint]
    assert grounds
    assert all(bottom - ground[1] < LEAD / 2 for ground in grounds)


@pytest.mark.parametrize(("lang", "head"), [("ar", "السنة"), ("he", "שנה"), ("en-GB", "year")])
def test_numbers_that_are_marked_so_stand_at_the_right(made: Any, lang: str, head: str) -> None:
    table = f"| {head} | b |\n|---:|:---|\n| 7 | x |\n| 1984 | x |\n"
    shown = made(table, lang=lang)[0]
    edges = [found(shown, words)[2] for words in ("7", "1984", head)]
    assert max(edges) - min(edges) < 1.5


@pytest.mark.parametrize("page", ["a4", "a5"])
def test_each_chapter_of_a_book_opens_a_page(made: Any, page: str) -> None:
    chapters = ["First", "Second", "Third", "Bibliography"]
    text = "\n\n".join(
        f"# {chapter}\n\nWords.\n\n## Part {n}" for n, chapter in enumerate(chapters)
    )
    book = made(text + "\n\nEnd.", page, kind="book")
    assert len(book) == len(chapters)
    for number, chapter in enumerate(chapters):
        assert chapter in book[number].get_textpage().get_text_range()
    assert len(made(text + "\n\nEnd.", page)) < len(chapters)


def test_columns_that_are_given_up_keep_no_note(tmp_path: Path) -> None:
    """What does not fit sends a page's columns on: their note goes too, and nobody counts it."""
    front = "---\ntitle: T\nlang: ar\nkind: interview\nauthor: سارة\ndate: 2026-03-01\n---\n\n"
    front = front.replace("title: T", 'title: "مقابلة (Interview) رقم 7: أسئلة وأجوبة"')
    text = (
        "## لماذا؟\n\n(مثال) عام 2023^[ملاحظة رقم.]. السعر 1,250.50 دولار (USD 340).\n\n"
        "الأحرف في أزواج: الف وباء, John Smith, واقتباس داخلي هنا.\n\n> اقتباس في الوسط.\n\n"
        "الخطوات: 1)\n"
    )
    (tmp_path / "manuscript.md").write_text(front + text, "utf-8")
    publication = read(tmp_path)
    artifact = pdf.write(publication, load(), Options(page="a4"))
    assert proof.verify(publication, artifact) == ()
    first = pypdfium2.PdfDocument(artifact.data)[0].get_textpage().get_text_range()
    assert "2023" in first
    assert "ملاحظة" in first


@pytest.mark.parametrize("indent", [0, 3, 9])
def test_a_line_of_verse_that_turns_over_hangs_deeper(made: Any, indent: int) -> None:
    words = [f"word{chr(97 + at)}x" for at in range(18)]
    shown = made(f"| {' ' * indent}{' '.join(words)}\n| End\n")[0]
    first, *others = (found(shown, word) for word in words)
    turned = next(box for box in others if box[3] < first[1])
    assert first[0] + LEAD / 2 < turned[0]
    assert found(shown, "End")[0] <= first[0] + 1
