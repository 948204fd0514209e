"""What stays together on the page, and how blocks stand: read from the tree and the pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from faircopy.core.diagnostics import errors
from faircopy.languages import locale
from faircopy.manuscript import read
from faircopy.theme import load
from faircopy.writers import Options, html, pdf
from faircopy.writers.html import Element
from faircopy.writers.pdf.compose import compose
from faircopy.writers.pdf.tree import tree

FRONT = "---\ntitle: T\nlang: {}\nkind: article\n---\n\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'

Pages = Callable[..., list[str]]


@pytest.fixture
def pages(tmp_path: Path) -> Pages:
    """Return a maker of pages: their words, from Markdown."""

    def make(text: str, page: str = "a5") -> list[str]:
        (tmp_path / "manuscript.md").write_text(FRONT.format("en-GB") + text, "utf-8")
        artifact = pdf.write(read(tmp_path), load(), Options(page=page))
        found = pypdfium2.PdfDocument(artifact.data)
        return [item.get_textpage().get_text_bounded() for item in found]

    return make


def body(tmp_path: Path, text: str) -> Element:
    (tmp_path / "manuscript.md").write_text(FRONT.format("en-GB") + text, "utf-8")
    publication = read(tmp_path)
    head, rest = compose(publication, locale("en-GB"), load().script("en-GB"), drop_cap_from=0)
    return tree(head, rest, publication.metadata, {})


def page_of(found: list[str], words: str) -> int:
    (page,) = (number for number, text in enumerate(found) if words in text)
    return page


def test_a_text_of_one_section_is_not_set_as_its_heading(tmp_path: Path) -> None:
    """Pandoc writes the heading's id and classes on the division around such a text."""
    found = body(tmp_path, "## Why? {#why}\n\nBecause.\n")
    assert [item.get("class") for item in html.with_class(found, "text")] == ["text"]
    (heading,) = html.find(found, "h2")
    assert heading.get("id") == "why"


@pytest.mark.parametrize("before", range(18, 27))
def test_a_colon_keeps_its_paragraph_with_what_follows(pages: Pages, before: int) -> None:
    lines = "\n\n".join(["A line."] * before)
    found = pages(f"{lines}\n\nThis leads to:\n\n| a head |\n|---|\n| a cell |")
    places = {page_of(found, words) for words in ("leads to", "a head", "a cell")}
    assert len(places) == 1


def test_what_leads_on_ends_with_a_colon_before_its_notes(tmp_path: Path) -> None:
    root = body(tmp_path, "First^[A note:].\n\nSecond:^[A note.]\n\n- item\n\nThird:")
    assert [html.words(item)[:6] for item in html.with_class(root, "leading")] == ["Second"]


def test_lists_of_four_are_kept_whole_unless_they_are_long(tmp_path: Path) -> None:
    long = "\n".join(["- " + "word " * 60] * 4)
    nested = "* a\n* b\n    * c\n    * d\n    * e"
    root = body(tmp_path, f"1. a\n2. b\n3. c\n4. d\n\nText.\n\n{long}\n\nText.\n\n{nested}\n")
    kept = [html.words(item) for item in html.with_class(root, "kept")]
    assert kept == ["a b c d", "c d e"]


def test_a_paragraph_after_an_image_is_not_indented(tmp_path: Path) -> None:
    (tmp_path / "x.svg").write_text(DRAWING)
    root = body(
        tmp_path, "One.\n\n[![alt](x.svg)](https://example.org)\n\nTwo ![alt](x.svg).\n\nThree."
    )
    (alone,) = html.with_class(root, "image-alone")
    following = alone.getnext()
    assert following is not None
    assert html.words(following) == "Two ."


@pytest.mark.parametrize("before", ["- ", "1. ", "語\n\n:   "])
def test_an_item_s_first_paragraph_is_not_indented_in_japanese(before: str, tmp_path: Path) -> None:
    """All paragraphs are there, but an item's mark is what shows that one begins."""
    begins = []
    for text in (f"{before}甲の項目\n", f"{before}甲の項目\n\n    次の段落\n"):
        (tmp_path / "manuscript.md").write_text(FRONT.format("ja") + text, "utf-8")
        artifact = pdf.write(read(tmp_path), load(), Options(page="a5"))
        page = pypdfium2.PdfDocument(artifact.data)[0].get_textpage()
        place = page.get_text_range().index("甲")
        begins.append(page.get_charbox(place)[0])
    assert begins[0] == pytest.approx(begins[1], abs=0.1)


def test_only_what_begins_a_line_is_aligned_by_the_direction_of_the_text(tmp_path: Path) -> None:
    root = body(tmp_path, "| a | b | c |\n|:--|--:|:-:|\n| 1 | 2 | 3 |\n")
    styles = [item.get("style") for item in html.find(root, "td")]
    assert styles == [None, "text-align: right;", "text-align: center;"]


@pytest.mark.parametrize("page", ["a4", "a5"])
@pytest.mark.parametrize("lang", ["en", "ur"])
def test_a_drawing_without_a_size_stands_in_a_line(lang: str, page: str, tmp_path: Path) -> None:
    square = '<rect width="9" height="9"/>'
    (tmp_path / "a.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{square}</svg>'
    )
    text = f"---\ntitle: T\nlang: {lang}\n---\n\n![o](a.svg) x\n"
    (tmp_path / "manuscript.md").write_text(text)
    made = pdf.write(read(tmp_path), load(), Options(page=page))
    assert made.facts["pages"] == 1
    assert not errors(made.diagnostics)
