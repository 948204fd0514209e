"""The edge to the person at the terminal: run a build, show what it says."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

from pipeline.build import engine, linting, report
from pipeline.build.outcome import Outcome, ignore
from pipeline.build.plan import Request
from pipeline.build.progress import lively, shown
from pipeline.build.workspace import Workspace
from pipeline.diagnostics import Diagnostic, Severity, errors

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


def lint(
    asked: Sequence[str] = (), *, json: bool = False, workspace: Workspace | None = None
) -> bool:
    """Show what there is to be looked at again; return whether nothing must be mended.

    Raises:
        FaircopyError: there is no manuscript of that name.
    """
    found = linting.lint(workspace or Workspace.here(), asked)
    if json:
        sys.stdout.write(report.findings_to_json(found) + "\n")
    else:
        sys.stdout.write("".join(f"{_coloured(item, sys.stdout)}\n" for item in found))
        sys.stdout.write(f"{report.counted(found) or 'nothing to look at again'}\n")
    return not errors(found)


def refuse(diagnostics: Iterable[Diagnostic], *, json: bool = False) -> None:
    """Show why nothing was done."""
    if json:
        sys.stdout.write(report.refusal(diagnostics) + "\n")
    else:
        findings(diagnostics)


def findings(diagnostics: Iterable[Diagnostic]) -> None:
    """Show findings on standard error, in colour where colour is wanted."""
    for item in diagnostics:
        sys.stderr.write(f"{_coloured(item, sys.stderr)}\n")
    sys.stderr.flush()


def _coloured(item: Diagnostic, stream: TextIO) -> str:
    text, word = str(item), f"{item.severity.value}:"
    if not lively(stream, os.environ):
        return text
    return text.replace(word, f"\033[1;{COLOURS[item.severity]}m{word}\033[0m", 1)


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
