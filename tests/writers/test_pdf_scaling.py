"""A figure that has no room is made smaller rather than that it leaves a page empty."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from faircopy.manuscript import read
from faircopy.theme import load
from faircopy.writers import Options, pdf
from PIL import Image
from pypdfium2 import raw

from tests.manuscript.photographs import png

FRONT = "---\ntitle: T\nlang: en-GB\nkind: article\n---\n\n"
LINE = "A line of the text that is as long as most lines of a page are.\n\n"


def pages(folder: Path, lines: int, size: str = "") -> list[tuple[int, float]]:
    """Return of each page how many words it has, and how high its picture is in points."""
    (folder / "x.png").write_bytes(png(Image.new("RGB", (600, 420))))
    text = f"{FRONT}{LINE * lines}![Of it](x.png){size}\n\n{LINE}"
    (folder / "manuscript.md").write_text(text, "utf-8")
    document = pypdfium2.PdfDocument(pdf.write(read(folder), load(), Options(page="a5")).data)
    found = []
    for page in document:
        words = len(page.get_textpage().get_text_bounded().split())
        images = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])
        heights = [top - bottom for _, bottom, _, top in (image.get_bounds() for image in images)]
        found.append((words, max(heights, default=0.0)))
    return found


@pytest.mark.parametrize("lines", [9, 12, 14])
def test_it_stands_below_the_text_that_comes_before_it(tmp_path: Path, lines: int) -> None:
    first, *_ = pages(tmp_path, lines)
    full = 110 / 25.4 * 72 * 420 / 600
    assert 0.5 * full < first[1] <= full + 1
    assert first[0] > lines * 10


def test_one_that_would_be_too_small_goes_to_the_next_page(tmp_path: Path) -> None:
    first, second = pages(tmp_path, 20)[:2]
    assert first[1] == 0
    assert second[1] > 200


def test_one_with_a_size_of_its_own_keeps_it(tmp_path: Path) -> None:
    found = pages(tmp_path, 14, "{width=100mm}")
    high = max(height for _, height in found)
    assert high == pytest.approx(100 / 25.4 * 72 * 420 / 600, abs=1)
