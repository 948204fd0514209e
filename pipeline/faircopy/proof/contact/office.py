"""A Word document's pages as LibreOffice lays them out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from faircopy.core.diagnostics import EditionError
from faircopy.proof import office
from faircopy.proof.contact.model import View
from faircopy.proof.contact.paper import pages


def views(path: Path) -> Iterator[View]:
    """Yield each page of a DOCX.

    Raises:
        ToolError: LibreOffice is missing or fails.
        EditionError: LibreOffice can't read the file.
    """
    return pages(as_pdf(path.read_bytes()))


def as_pdf(data: bytes) -> bytes:
    """Return a DOCX as LibreOffice prints it.

    Raises:
        ToolError: LibreOffice is missing or fails.
        EditionError: LibreOffice can't read the file.
    """
    printed = office.converted(data, "pdf")
    if printed is None:
        raise EditionError.because(
            "artifact-unreadable", "LibreOffice can't read the document.", "Build it again."
        )
    return printed
