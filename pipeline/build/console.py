"""The edge to the person at the terminal: run a build, show what it says."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from pipeline.build import engine, linting, report
from pipeline.build.manifest import REPORTS
from pipeline.build.outcome import Outcome, ignore
from pipeline.build.plan import Request
from pipeline.build.progress import lively, shown
from pipeline.build.workspace import Workspace
from pipeline.diagnostics import Diagnostic, Severity, errors

COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


def build(
    request: Request,
    *,
    check: bool = False,
    json: bool = False,
    workspace: Workspace | None = None,
) -> bool:
    """Build, show progress and findings on standard error and the result on standard output.

    With ``check`` a set is judged before it is published, and published only if it is right.

    Returns whether everything asked for was made and is right.

    Raises:
        FaircopyError: the request is wrong.
    """
    place = workspace or Workspace.here()
    gate = _gate(place) if check else None
    if json:
        outcome = engine.build(request, place, listen=ignore, gate=gate)
        sys.stdout.write(report.to_json(outcome) + "\n")
    else:
        with shown(sys.stderr, os.environ) as listen:
            outcome = engine.build(request, place, listen=listen, gate=gate)
        _show(outcome)
    for bug in outcome.bugs:
        sys.stderr.write(f"\n{bug.rstrip()}\n")
    return outcome.ok


def _gate(place: Workspace) -> engine.Gate:
    from pipeline.build import checking

    return checking.gate(place, strict=_strict())


def _strict() -> bool:
    """Say whether a judge that did not run is a failure, as in CI."""
    return os.environ.get("CI") == "true"


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


def check(
    asked: Sequence[str] = (),
    *,
    fresh: bool = False,
    json: bool = False,
    workspace: Workspace | None = None,
) -> bool:
    """Judge what is in ``dist/``; return whether every file is right and every judge was asked.

    What was said before of the same bytes is taken from the cache, unless ``fresh``. A judge that
    is not installed is shown as not run; with ``CI=true`` that is a failure.

    Raises:
        FaircopyError: a manuscript is wrong, or a report could not be written.
    """
    from pipeline.build import checking

    def say(line: str) -> None:
        if not json:
            sys.stderr.write(f"{line}\n")

    place = workspace or Workspace.here()
    found = checking.check(place, asked, listen=say, fresh=fresh)
    if json:
        sys.stdout.write(report.findings_to_json(found.findings()) + "\n")
    else:
        findings(found.findings())
        sys.stdout.write(f"{found.summary()}\n")
        for edition in found.editions:
            where = place.shown(place.dist / edition.slug / REPORTS[0])
            sys.stdout.write(f"the whole report: {where}\n")
    return found.sound(strict=_strict())


def verify(path: Path) -> bool:
    """Say whether a downloaded folder or zip is what was made.

    Raises:
        FaircopyError: it is no set that could be verified.
    """
    from pipeline.build import verifying

    right, wrong = verifying.verify(path)
    findings(wrong)
    sys.stdout.write(
        f"{len(right)} files are as they were made; {report.counted(wrong) or 'nothing else'}\n"
    )
    return not errors(wrong)


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
