"""LibreOffice without a screen: a Word document turned into another form."""

from __future__ import annotations

import tempfile
from pathlib import Path

from faircopy.core import process
from faircopy.core.tools import tool

MEMORY = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": "1000000000"}
"""Variables for glibc's ``malloc`` (mallopt(3)), which others pass over.

It keeps large blocks for the next use instead of giving them back to the system, which would
clear them for LibreOffice again and again: that is half of the time that it takes.
"""

SECONDS = 180.0


def program() -> str:
    """Return the path of LibreOffice.

    Raises:
        ToolError: it is missing.
    """
    known = tool("soffice")
    path = known.path() if known else None
    if path is None:
        raise process.missing("soffice")
    return path


def converted(data: bytes, form: str) -> bytes | None:
    """Return a DOCX as LibreOffice saves it in a form (``pdf``, ``fodt``), None if it saves none.

    It runs in a room of its own: one that has opened another document before would go on with
    the fonts that were embedded there.

    Raises:
        ToolError: LibreOffice is missing or fails.
    """
    with tempfile.TemporaryDirectory(prefix="faircopy-office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / "document.docx"
        source.write_bytes(data)
        room = f"-env:UserInstallation={(folder / 'room').as_uri()}"
        out = ("--convert-to", form, "--outdir", str(folder))
        command = [program(), "--headless", room, *out, str(source)]
        process.run(command, timeout=SECONDS, env_add=MEMORY)
        # It ends with 0 whatever it is given.
        saved = source.with_suffix(f".{form}")
        return saved.read_bytes() if saved.is_file() else None
