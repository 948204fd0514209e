"""Judges that publishers, libraries and courts trust; one module each.

A judge's module has ``judge(path) -> Verdict``. A judge that is not installed is ``not-run``
and says how to install it; it never passes.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from pipeline.diagnostics import Diagnostic, ToolError, errors
from pipeline.proof.verdict import Status, Verdict


class Judge(msgspec.Struct, frozen=True):
    """A row of the table: what a judge is called, where it is, and which files it judges.

    A file is judged by those with the longest ``suffix`` that its name ends with: a press file is
    no edition for screens.
    """

    name: str
    module: str
    suffix: str


_HERE = "pipeline.proof.judges"

JUDGES: tuple[Judge, ...] = (
    Judge("veraPDF", f"{_HERE}.verapdf", ".pdf"),
    Judge("qpdf", f"{_HERE}.qpdf", ".pdf"),
    Judge("outloud", f"{_HERE}.outloud", ".pdf"),
    Judge("PDF/X-4", f"{_HERE}.pdfx4", ".press.pdf"),
    Judge("qpdf", f"{_HERE}.qpdf", ".press.pdf"),
    Judge("EPUBCheck", f"{_HERE}.epubcheck", ".epub"),
    Judge("Ace by DAISY", f"{_HERE}.ace", ".epub"),
    Judge("Open XML SDK", f"{_HERE}.openxml_sdk", ".docx"),
    Judge("openxml-audit", f"{_HERE}.openxml_audit", ".docx"),
    Judge("DOCX accessibility", f"{_HERE}.docx_access", ".docx"),
)


def of(path: Path) -> tuple[Judge, ...]:
    """Return the judges of a file."""
    found = [judge for judge in JUDGES if path.name.endswith(judge.suffix)]
    longest = max((len(judge.suffix) for judge in found), default=0)
    return tuple(judge for judge in found if len(judge.suffix) == longest)


def ask(judge: Judge, path: Path) -> Verdict:
    """Ask one judge about one file. A judge that is missing or breaks down did not run."""
    try:
        verdict: Verdict = importlib.import_module(judge.module).judge(path)
    except ToolError as error:
        return Verdict(judge.name, "", Status.NOT_RUN, error.diagnostics)
    return verdict


def decided(name: str, version: str, findings: Iterable[Diagnostic]) -> Verdict:
    """Return the verdict that follows from findings: any error fails."""
    found = tuple(findings)
    return Verdict(name, version, Status.FAILED if errors(found) else Status.PASSED, found)
