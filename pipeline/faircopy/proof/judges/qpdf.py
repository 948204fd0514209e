"""Ask qpdf whether a PDF's syntax is sound."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from faircopy.core import cage, process
from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.proof.judges import decided
from faircopy.proof.verdict import Verdict

NAME = "qpdf"
_SECONDS = 120.0


def judge(path: Path) -> Verdict:
    """Check the file's cross references, objects and streams (``qpdf --check``).

    Raises:
        ToolError: qpdf is missing.
    """
    version = process.run(["qpdf", "--version"], timeout=_SECONDS).stdout.decode().split("\n")[0]
    done = cage.run(["qpdf", "--check", str(path.absolute())], timeout=_SECONDS, check=False)
    return decided(NAME, version.rpartition(" ")[2], _findings(done))


def _findings(done: process.Completed) -> Iterator[Diagnostic]:
    if done.code == 0:
        return
    lines = done.stderr.decode("utf-8", "replace").splitlines()
    said = [line for line in lines if line.startswith(("WARNING", "ERROR"))] or lines[:1]
    for line in said or ["it gave no reason"]:
        yield Diagnostic("qpdf", Severity.ERROR, f"qpdf: {line}", "Build the PDF again.")
