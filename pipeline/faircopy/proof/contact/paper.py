"""Pages of a PDF as pictures, drawn by PDFium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL.Image import Image

from faircopy.core.diagnostics import EditionError
from faircopy.proof.contact.model import View

DPI = 110
"""Fine enough to read a footnote, small enough for a page of eighty pictures."""

_POINTS = 72
_LARGEST = 100_000_000
"""Most pixels of a page: A0 has 18 million."""


def views(path: Path) -> Iterator[View]:
    """Yield each page of a PDF.

    Raises:
        EditionError: PDFium can't read the file.
    """
    return pages(path.read_bytes())


def pages(data: bytes, row: str = "") -> Iterator[View]:
    """Yield each page of a PDF given as bytes; see ``views``."""
    for number, image in enumerate(rasters(data, DPI / _POINTS), 1):
        yield View(title=f"page {number}", image=image, row=row)


def rasters(data: bytes, scale: float) -> Iterator[Image]:
    """Yield each page as a picture of ``scale`` pixels a point.

    Raises:
        EditionError: PDFium can't read the file.
    """
    with _opened(data) as document:
        for page in document:
            yield _drawn(page, scale)


def sizes(data: bytes) -> list[tuple[float, float]]:
    """Return the width and height of each page, in points.

    Raises:
        EditionError: PDFium can't read the file.
    """
    with _opened(data) as document:
        return [page.get_size() for page in document]


def raster(data: bytes, number: int, scale: float) -> Image:
    """Return one page, counted from 0, as a picture of ``scale`` pixels a point.

    Raises:
        EditionError: PDFium can't read the file.
    """
    with _opened(data) as document:
        return _drawn(document[number], scale)


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise EditionError.because(
            "artifact-unreadable", f"PDFium can't read the file ({error}).", "Build it again."
        ) from error


def _drawn(page: pypdfium2.PdfPage, scale: float) -> Image:
    width, height = page.get_size()
    if width * height * scale * scale > _LARGEST:
        raise EditionError.because(
            "artifact-unreadable", "A page of it is larger than paper.", "Build it again."
        )
    drawn: Image = page.render(scale=scale).to_pil().convert("RGB")
    return drawn
