"""The comparison sees what an editor would, and is blind to what nobody sees."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from faircopy import manuscript, theme
from faircopy.core import ast
from faircopy.proof.contact import paper
from faircopy.writers import Options, pdf
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageFilter

from tests.visual import raster
from tests.visual.conftest import DPI, INTERVIEW, ROOT

Pages = tuple[Image.Image, ...]
LINE = 14
"""Pixels, which are points here: the leading of the body text."""

levels = st.integers(0, len(raster.INK) - 1)
grids = st.lists(
    st.lists(levels, min_size=raster.COLUMNS, max_size=raster.COLUMNS).map(tuple),
    min_size=1,
    max_size=9,
).map(tuple)


@given(st.lists(grids, max_size=3).map(tuple))
def test_what_is_written_is_read(pages: tuple[raster.Grid, ...]) -> None:
    assert raster.read(raster.text(pages)) == pages


@pytest.fixture
def page(pictures: Callable[[str, str], Pages]) -> Image.Image:
    """The second page of the interview: text and one heading."""
    return pictures(INTERVIEW, "pdf.a5")[1]


def _changed(before: Image.Image, after: Image.Image) -> bool:
    return bool(raster.changed([raster.grid(before)], [raster.grid(after)]))


def _lines(page: Image.Image) -> list[tuple[int, int]]:
    """Return top and bottom of each line of ink, in pixels."""
    width, height = page.size
    dark = [
        min(page.convert("L").crop((0, y, width, y + 1)).tobytes()) < 200 for y in range(height)
    ]
    edges = [y for y in range(1, height) if dark[y] != dark[y - 1]]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _without(page: Image.Image, top: int, bottom: int) -> Image.Image:
    out = page.copy()
    out.paste((255, 255, 255), (0, top, page.width, bottom))
    return out


def test_the_same_page_is_the_same(page: Image.Image) -> None:
    assert not _changed(page, page)
    assert not _changed(page, page.filter(ImageFilter.GaussianBlur(0.6)))


def test_a_hair_s_breadth_is_let_pass(page: Image.Image) -> None:
    shifted = ImageChops.offset(page.resize((page.width * 4, page.height * 4)), 1, 1)
    assert not _changed(page, shifted.resize(page.size))


def test_a_lost_line_is_seen_wherever_it_stood(page: Image.Image) -> None:
    lines = [(top, bottom) for top, bottom in _lines(page)[1:-1] if bottom - top > 5]
    assert len(lines) > 20
    for top, bottom in lines:
        assert _changed(page, _without(page, top, bottom)), f"line at {top} px"


def test_a_line_moved_by_one_is_seen(page: Image.Image) -> None:
    lines = _lines(page)
    for at in range(2, len(lines) - 4):
        top, end = lines[at][0], lines[-2][1]
        out = _without(page, top, end)
        out.paste(page.crop((0, top, page.width, end)), (0, top + LINE))
        assert _changed(page, out), f"from line {at} on"


def test_a_heading_in_another_face_or_colour_is_seen(page: Image.Image) -> None:
    teal = [y for y in range(page.height) if _teal(page.crop((0, y, page.width, y + 1)))]
    assert teal
    assert _changed(page, _without(page, min(teal), max(teal)))


def _teal(line: Image.Image) -> bool:
    pixels = zip(*[iter(line.tobytes())] * 3, strict=True)
    return any(blue - red > 60 for red, _, blue in pixels)


@pytest.mark.slow
def test_an_edition_without_one_heading_is_seen(pictures: Callable[[str, str], Pages]) -> None:
    """Through the whole press: a sample that loses the last of its questions."""
    publication = manuscript.read(ROOT / "tests/manuscripts/ru", name="ru")
    blocks = list(publication.blocks)
    blocks.remove([block for block in blocks if isinstance(block, ast.Header)][-1])
    poorer = msgspec.structs.replace(publication, blocks=tuple(blocks))
    made = pdf.write(poorer, theme.load("theme"), Options(page="a5")).data
    before = tuple(map(raster.grid, pictures("ru", "pdf.a5")))
    after = tuple(map(raster.grid, paper.rasters(made, DPI / 72)))
    assert raster.changed(before, after) == [len(before)]


def test_a_page_more_or_less_is_seen(page: Image.Image) -> None:
    one = raster.grid(page)
    assert raster.changed([one], [one, one]) == [2]
    assert raster.changed([one, one], [one]) == [2]


def test_a_difference_is_shown_side_by_side(page: Image.Image, tmp_path: Path) -> None:
    top, bottom = _lines(page)[4]
    after = _without(page, top, bottom)
    grids = [raster.grid(page)], [raster.grid(after)]
    (path,) = raster.show(tmp_path, "weir.pdf.a5", *grids, [after])
    with Image.open(path) as sheet:
        third = raster.COLUMNS * 10
        assert sheet.width == 3 * third + 2 * 16
        gone = sheet.crop((2 * (third + 16), 0, sheet.width, sheet.height))
        red, blue = (gone.getchannel(name) for name in "RB")
    assert max(ImageChops.subtract(blue, red).tobytes()) > 80, "ink that went is blue"
    assert max(ImageChops.subtract(red, blue).tobytes()) < 40, "no ink came"
