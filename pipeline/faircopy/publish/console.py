"""The edge to the person at the terminal: run a build, show what it says."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from faircopy.core.diagnostics import Diagnostic, PublishError, Severity, errors, legible_lines
from faircopy.core.door import as_typed
from faircopy.core.files import real
from faircopy.publish import above, crew, engine, report
from faircopy.publish.manifest import REPORTS
from faircopy.publish.outcome import Outcome, ignore
from faircopy.publish.plan import Request
from faircopy.publish.progress import lively, shown
from faircopy.publish.project import Project

if TYPE_CHECKING:
    from faircopy.proof.report import Report

COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


def build(
    request: Request,
    *,
    shard: str = "",
    on: str = "",
    check: bool = False,
    json: bool = False,
    project: Project | None = None,
) -> bool:
    """Build, show progress and findings on standard error and the result on standard output.

    With ``shard``, such as 3/20, only the manuscripts of that part are built. With ``on``, the
    address of a cluster, its machines do the work.

    With ``check`` a set is judged before it is published, and published only if it is right;
    what lies in ``dist/`` then is shown as the function `check` shows it.

    Returns whether everything asked for was made and is right.

    Raises:
        FaircopyError: the request is wrong.
    """
    place = project or Project.here()
    above.mend(place.dist)
    if shard:
        from faircopy.publish import shards

        names = shards.slugs(place, request.manuscripts, shards.parsed(shard))
        if not names:  # which a build would take for all
            return _nothing(f"no manuscript is in part {shard}", json=json)
        request = request.of(names)
    gate = _gate(place) if check else None
    hire = _hire(on, request, place)
    if json:
        outcome = engine.build(request, place, listen=ignore, gate=gate, hire=hire)
    else:
        with shown(sys.stderr, os.environ) as listen:
            outcome = engine.build(request, place, listen=listen, gate=gate, hire=hire)
        _show(outcome)
    judged = _judge(place, request.manuscripts, quiet=json) if gate and outcome.ok else None
    sound = judged is None or judged.sound(strict=_strict())
    if json:
        found = judged.findings() if judged else ()
        sys.stdout.write(report.to_json(outcome, sound=sound, judged=found))
    elif judged:
        _show_judged(judged, place)
    for bug in outcome.bugs:
        sys.stderr.write(legible_lines(f"\n{bug.rstrip()}\n"))
    return outcome.ok and sound


def _nothing(why: str, *, json: bool) -> bool:
    """Say that a build had nothing to do."""
    empty = Outcome(
        files=(), changed=(), failed=(), lacking=(), diagnostics=(), bugs=(), seconds=0.0
    )
    sys.stdout.write(report.to_json(empty) if json else f"{why}\n")
    return True


def _hire(on: str, request: Request, place: Project) -> crew.Hire:
    """Return what gets the crew of a build: the cluster ``on`` which it runs, or processes."""
    if not on:
        return crew.hire
    from faircopy.publish import cluster
    from faircopy.publish.trade import theme_of

    return cluster.at(on, place, theme_of(place, request.theme).faces)


def _gate(place: Project) -> engine.Gate:
    from faircopy.publish import checking

    return checking.gate(place, strict=_strict())


def _strict() -> bool:
    """Say whether a judge that did not run is a failure, as in CI."""
    return os.environ.get("CI") == "true"


def release(
    slug: str,
    *,
    note: str = "",
    version: str = "",
    withdraw: str = "",
    project: Project | None = None,
) -> bool:
    """Record a release, or that a publication is withdrawn, and build; return whether all is right.

    Raises:
        FaircopyError: the manuscript is wrong, or what is to be recorded is.
    """
    from datetime import UTC, datetime

    from faircopy.manuscript.editions import EDITIONS
    from faircopy.publish import releasing

    place = project or Project.here()

    def make() -> bool:
        return build(Request(manuscripts=(slug,)), project=place)

    where = f"{place.shown(place.source / slug)}/{EDITIONS}"
    if withdraw:
        done = releasing.withdraw(place, slug, withdraw, make)
        said = f"{slug} is withdrawn: {where} and the shelf say so"
    else:
        about = releasing.Said(version=version, note=note)
        made = releasing.release(place, slug, about, datetime.now(UTC), make)
        done = made is not None
        said = f"version {made.version} of {slug} is recorded in {where}" if made else ""
    sys.stdout.write(legible_lines(f"{said or 'nothing was recorded'}\n"))
    return done


def lint(
    asked: Sequence[str] = (),
    *,
    changed: bool = False,
    json: bool = False,
    project: Project | None = None,
) -> bool:
    """Show what there is to be looked at again; return whether nothing must be mended.

    With ``changed`` only the manuscripts that differ from git's last commit are read.

    Raises:
        FaircopyError: there is no manuscript of that name.
    """
    place = project or Project.here()
    from faircopy.publish import linting  # a rebuild of nothing does without its processes

    names = tuple(asked) or (linting.changed(place) if changed else ())
    found = () if changed and not names else linting.lint(place, names)
    if json:
        sys.stdout.write(report.findings_to_json(found))
    else:
        sys.stdout.write("".join(f"{_coloured(item, sys.stdout)}\n" for item in found))
        sys.stdout.write(f"{report.counted(found) or 'nothing to look at again'}\n")
    return not errors(found)


def check(
    asked: Sequence[str] = (),
    *,
    fresh: bool = False,
    json: bool = False,
    project: Project | None = None,
) -> bool:
    """Judge what is in ``dist/``; return whether every file is right and every judge was asked.

    What was said before of the same bytes is taken from the cache, unless ``fresh``. A judge that
    is not installed is shown as not run; with ``CI=true`` that is a failure.

    Raises:
        FaircopyError: a manuscript is wrong, or a report could not be written.
    """
    place = project or Project.here()
    found = _judge(place, asked, quiet=json, fresh=fresh)
    if json:
        sys.stdout.write(report.findings_to_json(found.findings()))
    else:
        _show_judged(found, place)
    return found.sound(strict=_strict())


def _judge(place: Project, asked: Sequence[str], *, quiet: bool, fresh: bool = False) -> Report:
    from faircopy.publish import checking

    return checking.check(place, asked, listen=_unheard if quiet else _say, fresh=fresh)


def _show_judged(found: Report, place: Project) -> None:
    findings(found.findings())
    sys.stdout.write(legible_lines(f"{found.summary()}\n"))
    for edition in found.editions:
        where = place.shown(place.dist / edition.slug / REPORTS[0])
        sys.stdout.write(f"the whole report: {where}\n")


def proof(
    asked: Sequence[str] = (),
    *,
    out: str = "",
    beside: str = "",
    themes: bool = False,
    project: Project | None = None,
) -> bool:
    """Lay out the contact sheet and say where it is; return whether everything is on it.

    Args:
        asked: folders of ``dist/``; all when empty.
        out: the sheet's folder; ``.cache/proof`` when empty.
        beside: a folder of pictures to be shown beside the editions.
        themes: show one manuscript in each theme instead.
        project: the checkout; the one that this program runs from when left out.
    """
    from faircopy.proof.contact import lay_out
    from faircopy.publish import themed
    from faircopy.publish.seat import seated

    place = project or Project.here()
    above.mend(place.dist)
    folder = Path(out) if out else place.root / ".cache" / "proof"
    pictures = Path(beside) if beside else None
    with seated(place):
        if themes:
            laid = themed.lay_out(place, asked, folder / "themes", _say)
        else:
            laid = lay_out(place.dist, folder, asked, beside=pictures, listen=_say)
    sys.stdout.write(legible_lines(f"{laid.pictures} pictures: {place.shown(laid.index)}\n"))
    sys.stdout.write(legible_lines("".join(f"not looked at: {line}\n" for line in laid.unseen)))
    return not laid.unseen


def _say(line: str) -> None:
    sys.stderr.write(legible_lines(f"{line}\n"))


def _unheard(line: str) -> None:
    """Say nothing: the machine that reads the JSON does not listen."""


def verify(path: Path, *, project: Project | None = None) -> bool:
    """Say whether a downloaded folder or zip is what was made.

    In the checkout's own ``dist/`` what a killed build left is mended before.

    Raises:
        FaircopyError: it is no set that could be verified.
    """
    from faircopy.publish import verifying

    dist = (project or Project.here()).dist
    if real(path).is_relative_to(real(dist)):
        with contextlib.suppress(PublishError):  # who may not write may ask all the same
            above.mend(dist)
    right, wrong = verifying.verify(path)
    findings(wrong)
    sys.stdout.write(
        f"{len(right)} files are as they were made; {report.counted(wrong) or 'nothing else'}\n"
    )
    return not errors(wrong)


def gather(folders: Sequence[Path], project: Project | None = None) -> bool:
    """Publish the sets of several folders; return whether every manuscript has one now.

    Raises:
        FaircopyError: a folder is none of a build, is damaged, or two disagree.
    """
    from faircopy.publish import shards

    done = shards.gather(project or Project.here(), folders)
    findings(done.diagnostics)
    sys.stdout.write(f"{len(done.slugs)} sets are in dist/\n")
    return not errors(done.diagnostics)


def refuse(diagnostics: Iterable[Diagnostic], *, json: bool = False) -> None:
    """Show why nothing was done."""
    if json:
        sys.stdout.write(report.refusal(diagnostics))
    else:
        findings(diagnostics)


def findings(diagnostics: Iterable[Diagnostic]) -> None:
    """Show findings on standard error, in colour where colour is wanted."""
    for item in diagnostics:
        sys.stderr.write(f"{_coloured(item, sys.stderr)}\n")
    sys.stderr.flush()


def _coloured(item: Diagnostic, stream: TextIO) -> str:
    text, word = as_typed(str(item)), f"{item.severity.value}:"
    if not lively(stream, os.environ):
        return text
    return text.replace(word, f"\033[1;{COLOURS[item.severity]}m{word}\033[0m", 1)


def _show(outcome: Outcome) -> None:
    findings(report.told(outcome))
    table = legible_lines(report.table(outcome.files))
    if table:
        if lively(sys.stdout, os.environ):
            heading, _, body = table.partition("\n")
            table = f"\033[1m{heading}\033[0m\n{body}"
        sys.stdout.write(f"{table}\n")
    sys.stdout.write(legible_lines(f"{report.verdict(outcome)}\n"))
    sys.stdout.flush()
