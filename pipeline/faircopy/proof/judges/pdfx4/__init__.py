"""PDF/X-4 by its structure: no free judge of it exists, so its rules are written down here.

The clauses are those of ISO 15930-7:2010, and PDF is read as ISO 32000-1 has it; a rule that is
the house's own says so. It shares no code with what writes press files. What it can't see:
whether the inks are the ones that the art was made for, and whether the profile measures true.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf

from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.proof.judges import decided
from faircopy.proof.judges.pdfx4 import document, drawing, packet, pages
from faircopy.proof.verdict import Verdict

NAME = "PDF/X-4"
VERSION = "1"


def judge(path: Path) -> Verdict:
    """Hold a press file against the rules of PDF/X-4."""
    try:
        with pikepdf.open(path) as pdf:
            found = tuple(dict.fromkeys(_findings(pdf)))
    except (pikepdf.PdfError, ValueError, AttributeError, KeyError, TypeError) as error:
        said = f"PDF/X-4: the file can't be read: {error}"
        found = (Diagnostic("pdfx4-unreadable", Severity.ERROR, said, "Build it again."),)
    return decided(NAME, VERSION, found)


def _findings(pdf: pikepdf.Pdf) -> Iterator[Diagnostic]:
    for rules in (document, packet, pages, drawing):
        yield from rules.check(pdf)
