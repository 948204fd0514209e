"""The pages as they look: each is drawn small and grey, and held against the approved one.

An approved page is text in ``__snapshots__``: a row of the page to a line, a letter to a cell,
from ``.`` (paper) to ``9`` (ink). A cell may differ by little, and few cells by more, so that
another version of the rasteriser passes and a moved paragraph does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.amber import AmberSnapshotExtension
from syrupy.types import SerializedData

from pipeline.theme import load
from pipeline.writers import Options, pdf
from tests.writers.test_pdf import publication

WIDTH = 48
SHADES = ".123456789"
NEAR = 1
"""Shades by which any cell may differ."""
FEW = 0.01
"""Share of cells that may differ by more."""


def drawn(data: bytes) -> Iterator[str]:
    """Yield each page as rows of cells."""
    for page in pypdfium2.PdfDocument(data):
        image: Image.Image = page.render(scale=1.5).to_pil().convert("L")
        height = round(WIDTH * image.height / image.width)
        cells = image.resize((WIDTH, height), Image.Resampling.BOX)
        shades = [SHADES[min(9, (255 - value) * 14 // 255)] for value in cells.tobytes()]
        rows = ("".join(shades[i : i + WIDTH]) for i in range(0, len(shades), WIDTH))
        yield "\n".join(row.rstrip(".") for row in rows)


def alike(one: str, other: str) -> bool:
    """Whether two drawings of a document show the same."""
    first, second = ([*map(_cells, text.split("\n"))] for text in (one, other))
    if len(first) != len(second):
        return False
    pairs = [(a, b) for r, s in zip(first, second, strict=True) for a, b in zip(r, s, strict=True)]
    far = sum(abs(a - b) > NEAR for a, b in pairs)
    return far <= FEW * len(pairs)


def _cells(row: str) -> list[int]:
    return [max(0, SHADES.find(cell)) for cell in row.ljust(WIDTH, ".")]


class Look(AmberSnapshotExtension):
    """Snapshots that are compared with tolerance."""

    def matches(self, *, serialized_data: SerializedData, snapshot_data: SerializedData) -> bool:
        """Whether the drawings are alike; see ``alike``."""
        return alike(str(serialized_data), str(snapshot_data))

    def serialize(self, data: Any, **kwargs: Any) -> str:
        """Return the drawing as it is."""
        return str(data)


@pytest.mark.parametrize("page", ["a4", "a5"])
@pytest.mark.parametrize("name", ["interview", "every-construct"])
def test_look(name: str, page: str, snapshot: SnapshotAssertion) -> None:
    artifact = pdf.write(publication(name), load(), Options(page=page))
    assert "\n\n".join(drawn(artifact.data)) == snapshot(extension_class=Look)


@pytest.mark.parametrize("name", ["ur", "ar", "he", "kk", "ru"])
def test_look_of_a_script(name: str, snapshot: SnapshotAssertion) -> None:
    artifact = pdf.write(publication(name), load(), Options(page="a5"))
    assert "\n\n".join(drawn(artifact.data)) == snapshot(extension_class=Look)


def test_a_moved_line_is_seen() -> None:
    page = next(drawn(pdf.write(publication("ru"), load(), Options(page="a5")).data))
    rows = page.split("\n")
    moved = [*rows[:20], "", *rows[20:-1]]
    assert alike(page, page)
    assert not alike(page, "\n".join(moved))


def test_a_shade_is_not_seen() -> None:
    page = next(drawn(pdf.write(publication("ru"), load(), Options(page="a5")).data))
    darker = page.replace("3", "4")
    assert darker != page
    assert alike(page, darker)


def test_a_drawing_is_of_paper_and_ink() -> None:
    blank = Image.new("L", (200, 300), 255)
    out = BytesIO()
    blank.save(out, "pdf")
    assert set(next(drawn(out.getvalue()))) <= {".", "\n"}
