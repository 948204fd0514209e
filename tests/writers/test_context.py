"""The context PDF: the edition's pages with the ids of its units beside them."""

from __future__ import annotations

import io
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
from faircopy.writers.context import MARGIN, context


@pytest.fixture
def edition() -> bytes:
    """Two pages of 400 by 600 points with named destinations, tagged as an edition is."""
    document = pikepdf.new()
    pages = [document.add_blank_page(page_size=(400, 600)) for _ in range(2)]
    tree = pikepdf.NameTree.new(document)
    for id, page, across, down in (
        ("river", 0, 50, 500),
        ("river-1", 0, 50, 498),
        ("gauge", 0, 220, 500),
        ("gauge.s2", 0, 50, 300),
        ("өзен", 1, 50, 560),
    ):
        tree[id] = pikepdf.Array([pages[page].obj, pikepdf.Name.XYZ, across, down, 0])
    document.Root.Names = pikepdf.Dictionary(Dests=tree.obj)
    document.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


UNITS = ("river", "river-1", "gauge", "өзен", "meta-description")


def shown(pdf: bytes) -> list[list[tuple[str, float, float]]]:
    """The words on each page, each with its left end and its foot."""
    pages = []
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        rects = [text.get_rect(n) for n in range(text.count_rects())]
        pages.append([(text.get_text_bounded(*rect), rect[0], rect[1]) for rect in rects])
    return pages


def test_the_pages_on_which_units_begin(edition: bytes) -> None:
    assert context(edition, UNITS).pages == {"river": 1, "river-1": 1, "gauge": 1, "өзен": 2}


def test_ids_stand_beside_their_units_and_not_on_one_another(edition: bytes) -> None:
    first, second = shown(context(edition, UNITS).pdf)
    words = {word.strip(): (x, y) for word, x, y in first}
    assert set(words) == {"river", "river-1", "> gauge"}
    assert all(x < 50 for x, _ in words.values())
    heights = sorted(y for _, y in words.values())
    assert all(above - below >= 5 for below, above in pairwise(heights))
    assert [word for word, *_ in second] == ["????"]  # Helvetica has no such letters


def test_pages_grow_on_the_side_where_lines_begin(edition: bytes) -> None:
    for rtl, box in ((False, [-MARGIN, 0, 400, 600]), (True, [0, 0, 400 + MARGIN, 600])):
        with pikepdf.open(io.BytesIO(context(edition, UNITS, rtl=rtl).pdf)) as document:
            assert [float(value) for value in document.pages[0].mediabox] == box
    (first, _) = shown(context(edition, UNITS, rtl=True).pdf)
    assert all(x > 350 for _, x, _ in first)


def test_it_claims_to_be_no_edition(edition: bytes) -> None:
    made = context(edition, UNITS).pdf
    assert made == context(edition, UNITS).pdf
    with pikepdf.open(io.BytesIO(made)) as document:
        assert not {"/MarkInfo", "/StructTreeRoot", "/Metadata", "/Names"} & set(document.Root)


def test_a_pdf_without_destinations_is_only_widened() -> None:
    document = pikepdf.new()
    document.add_blank_page(page_size=(400, 600))
    out = io.BytesIO()
    document.save(out)
    assert context(out.getvalue(), UNITS).pages == {}
