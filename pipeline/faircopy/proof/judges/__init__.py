"""Judges that publishers, libraries and courts trust; one module each.

A judge's module has ``judge(path) -> Verdict``, and ``judge_all(paths)`` where many files cost
little more than one. A judge that is not installed is ``not-run`` and says how to install it; it
never passes.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from faircopy.core.diagnostics import Diagnostic, ToolError, errors
from faircopy.proof.verdict import Status, Verdict, broke_down


class Judge(msgspec.Struct, frozen=True):
    """A row of the table.

    A file is judged by those with the longest ``suffix`` that its name ends with: a press file is
    no edition for screens.

    Attributes:
        name: what reports call it.
        module: where it is.
        suffix: the end of the names of the files that it judges.
        programs: what it runs beside Python's packages; see ``faircopy.core.tools`` and ``npm``.
        together: whether it is asked about all files at once.
    """

    name: str
    module: str
    suffix: str
    programs: tuple[str, ...] = ()
    together: bool = False


_HERE = "faircopy.proof.judges"
_FRAGMENT = ".fragment.html"

JUDGES: tuple[Judge, ...] = (
    Judge("EPUBCheck", f"{_HERE}.epubcheck", ".epub", ("java",), together=True),
    Judge("veraPDF", f"{_HERE}.verapdf", ".pdf", ("java",), together=True),
    Judge("Ace by DAISY", f"{_HERE}.ace", ".epub", ("chromium", "node")),
    Judge("Nu HTML Checker", f"{_HERE}.nu", ".html", ("java",), together=True),
    Judge("axe-core", f"{_HERE}.axe", ".html", ("chromium",)),
    Judge("EPUB claims", f"{_HERE}.epub_claims", ".epub"),
    Judge("qpdf", f"{_HERE}.qpdf", ".pdf", ("qpdf",)),
    Judge("outloud", f"{_HERE}.outloud", ".pdf"),
    Judge("PDF/X-4", f"{_HERE}.pdfx4", ".press.pdf"),
    Judge("qpdf", f"{_HERE}.qpdf", ".press.pdf", ("qpdf",)),
    Judge("Open XML SDK", f"{_HERE}.openxml_sdk", ".docx", ("node",)),
    Judge("openxml-audit", f"{_HERE}.openxml_audit", ".docx"),
    Judge("DOCX accessibility", f"{_HERE}.docx_access", ".docx"),
    Judge("translate-toolkit", f"{_HERE}.toolkit", ".translation.zip"),
    Judge("exchange rules", f"{_HERE}.exchange", ".translation.zip"),
)
"""Every judge; those that take longest come first."""


def of(path: Path) -> tuple[Judge, ...]:
    """Return the judges of a file; an article that is no page is judged as part of its page."""
    if path.name.endswith(_FRAGMENT):
        return ()
    found = [judge for judge in JUDGES if path.name.endswith(judge.suffix)]
    longest = max((len(judge.suffix) for judge in found), default=0)
    return tuple(judge for judge in found if len(judge.suffix) == longest)


def ask(judge: Judge, path: Path) -> Verdict:
    """Ask one judge about one file. A judge that is missing or breaks down did not run."""
    return ask_all(judge, (path,))[0]


def ask_all(judge: Judge, paths: Sequence[Path]) -> tuple[Verdict, ...]:
    """Ask one judge about files, in order; what ``ask`` says holds for each."""
    try:
        module: Any = importlib.import_module(judge.module)
        if judge.together:
            return tuple(module.judge_all(paths))
        return tuple(module.judge(path) for path in paths)
    except ToolError as error:
        return (Verdict(judge.name, "", Status.NOT_RUN, error.diagnostics),) * len(paths)
    except Exception as error:  # noqa: BLE001 - see `broke_down`
        return tuple(
            Verdict(judge.name, "", Status.FAILED, (broke_down(judge.name, path.name, error),))
            for path in paths
        )


def decided(name: str, version: str, findings: Iterable[Diagnostic]) -> Verdict:
    """Return the verdict that follows from findings: any error fails."""
    found = tuple(findings)
    return Verdict(name, version, Status.FAILED if errors(found) else Status.PASSED, found)
