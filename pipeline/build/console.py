"""The edge to the person at the terminal: run a build, show what it says."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from pipeline.build import engine, report
from pipeline.build.outcome import Outcome, ignore
from pipeline.build.plan import Request
from pipeline.build.progress import lively, shown
from pipeline.build.workspace import Workspace
from pipeline.diagnostics import Diagnostic, Severity

COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


def build(request: Request, *, json: bool = False, workspace: Workspace | None = None) -> bool:
    """Build, show progress and findings on standard error and the result on standard output.

    Returns whether everything asked for was made and is right.

    Raises:
        FaircopyError: the request is wrong.
    """
    place = workspace or Workspace.here()
    if json:
        outcome = engine.build(request, place, listen=ignore)
        sys.stdout.write(report.to_json(outcome) + "\n")
    else:
        with shown(sys.stderr, os.environ) as listen:
            outcome = engine.build(request, place, listen=listen)
        _show(outcome)
    for bug in outcome.bugs:
        sys.stderr.write(f"\n{bug.rstrip()}\n")
    return outcome.ok


def refuse(diagnostics: Iterable[Diagnostic], *, json: bool = False) -> None:
    """Show why nothing was done."""
    if json:
        sys.stdout.write(report.refusal(diagnostics) + "\n")
    else:
        findings(diagnostics)


def findings(diagnostics: Iterable[Diagnostic]) -> None:
    """Show findings on standard error, in colour where colour is wanted."""
    colourful = lively(sys.stderr, os.environ)
    for item in diagnostics:
        text = str(item)
        word = f"{item.severity.value}:"
        if colourful:
            text = text.replace(word, f"\033[1;{COLOURS[item.severity]}m{word}\033[0m", 1)
        sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _show(outcome: Outcome) -> None:
    findings(outcome.diagnostics)
    table = report.table(outcome.files)
    if table:
        if lively(sys.stdout, os.environ):
            heading, _, body = table.partition("\n")
            table = f"\033[1m{heading}\033[0m\n{body}"
        sys.stdout.write(f"{table}\n")
    sys.stdout.write(f"{report.verdict(outcome)}\n")
    sys.stdout.flush()
