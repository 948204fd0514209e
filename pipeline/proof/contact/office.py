"""A Word document's pages as LibreOffice lays them out."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from pipeline import process
from pipeline.diagnostics import EditionError
from pipeline.proof.contact.model import View
from pipeline.proof.contact.paper import pages
from pipeline.tools import tool

_SECONDS = 180.0


def views(path: Path) -> Iterator[View]:
    """Yield each page of a DOCX.

    Raises:
        ToolError: LibreOffice is missing or fails.
        EditionError: LibreOffice can't read the file.
    """
    return pages(as_pdf(path.read_bytes()))


def as_pdf(data: bytes) -> bytes:
    """Return a DOCX as LibreOffice prints it.

    It runs in a room of its own: one that has opened another document before would go on with
    the fonts that were embedded there.

    Raises:
        ToolError: LibreOffice is missing or fails.
        EditionError: LibreOffice can't read the file.
    """
    known = tool("soffice")
    program = known.path() if known else None
    if program is None:
        raise process.missing("soffice")
    with tempfile.TemporaryDirectory(prefix="faircopy-office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "document.docx").write_bytes(data)
        command = [
            program,
            "--headless",
            f"-env:UserInstallation={(folder / 'room').as_uri()}",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(folder / "document.docx"),
        ]
        process.run(command, timeout=_SECONDS)
        printed = folder / "document.pdf"
        if not printed.is_file():  # it ends with 0 whatever it is given
            raise EditionError.because(
                "artifact-unreadable", "LibreOffice can't read the document.", "Build it again."
            )
        return printed.read_bytes()
