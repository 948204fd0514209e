"""One text is tried by a process of its own, with a limit of time and one of memory."""

from __future__ import annotations

import resource
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

import msgspec

from faircopy.core import process
from faircopy.core.diagnostics import Diagnostic, FaircopyError, Severity, ToolError, errors
from faircopy.publish.workspace import Workspace
from faircopy.workshop import strangers
from faircopy.workshop.strangers import Stranger

SECONDS = 300.0
BYTES = 4 << 30
"""What a text's build may take: wall time, and memory of each of its processes."""
ALONE = "import sys; from faircopy.workshop import trials; trials.{}(*sys.argv[1:])"
WORDS = frozenset(("words-differ", "words-lost")) | {
    f"word-{what}" for what in ("missing", "doubled", "added", "moved", "changed")
}
"""The codes of the proof of words."""


class Fate(StrEnum):
    """What became of a text as it came, from best to worst."""

    PUBLISHED = "published"
    REFUSED = "refused"
    JUDGED = "judged"
    WORDS = "words"
    FAULT = "fault"


class Said(msgspec.Struct, frozen=True):
    """What one build said: all that it found, and tracebacks."""

    found: tuple[Diagnostic, ...] = ()
    bugs: tuple[str, ...] = ()

    @property
    def fate(self) -> Fate:
        """What it comes to. A refusal without line and remedy is a fault of ours."""
        wrong = errors(self.found)
        if any(item.code in WORDS for item in wrong):
            return Fate.WORDS
        if self.bugs or any(not _helps(item) for item in wrong):
            return Fate.FAULT
        return Fate.REFUSED if wrong else Fate.PUBLISHED


def _helps(item: Diagnostic) -> bool:
    return bool(item.remedy and item.place and item.place.line)


def apart(room: Workspace, stranger: Stranger, text: bytes) -> Said:
    """Build one text in a process of its own; what kills that is a fault."""
    strangers.settle(room.source / stranger.slug, stranger, text)
    command = (sys.executable, "-c", ALONE.format("alone"), str(room.root), stranger.slug)
    try:
        return msgspec.json.decode(process.run(command, timeout=SECONDS).stdout, type=Said)
    except (ToolError, msgspec.DecodeError) as error:
        return Said(bugs=(str(error),))


def alone(root: str, slug: str) -> None:
    """Build the manuscript ``slug`` in the checkout ``root``; print what was said, as JSON."""
    from faircopy.publish import engine
    from faircopy.publish.plan import Request

    resource.setrlimit(resource.RLIMIT_DATA, (BYTES, BYTES))
    try:
        outcome = engine.build(
            Request(manuscripts=(slug,), pages=("a5",), jobs=1), Workspace(Path(root))
        )
        said = Said(outcome.diagnostics, outcome.bugs)
    except FaircopyError as error:
        said = Said(error.diagnostics)
    sys.stdout.buffer.write(msgspec.json.encode(said))


def ask(room: Workspace, texts: Sequence[Stranger]) -> list[tuple[Diagnostic, ...]]:
    """Ask the judges about texts together; of a text that brings them down, that is found."""
    command = (sys.executable, "-c", ALONE.format("judged"), str(room.root))
    slugs = [stranger.slug for stranger in texts]
    try:
        done = process.run((*command, *slugs), timeout=SECONDS * len(slugs))
        return msgspec.json.decode(done.stdout, type=list[tuple[Diagnostic, ...]])
    except (ToolError, msgspec.DecodeError) as error:
        if len(texts) > 1:
            return [found for stranger in texts for found in ask(room, [stranger])]
        return [(Diagnostic("judges-failed", Severity.ERROR, str(error)),)]


def judged(root: str, *slugs: str) -> None:
    """Ask the judges about editions in the checkout ``root``; print what each has wrong, as JSON.

    A judge that did not run has found nothing, and that is wrong here.
    """
    from faircopy.proof.report import Report
    from faircopy.proof.verdict import Status
    from faircopy.publish import checking

    report = checking.check(Workspace(Path(root)), slugs, listen=lambda line: None)
    wrong = {
        edition.slug: (
            *errors(Report((edition,)).findings()),
            *(
                item
                for verdict in edition.said()
                if verdict.status is Status.NOT_RUN
                for item in verdict.findings
            ),
        )
        for edition in report.editions
    }
    sys.stdout.buffer.write(msgspec.json.encode([wrong[slug] for slug in slugs]))
