"""Texts are tried by processes of their own, with a limit of time and one of memory."""

from __future__ import annotations

import itertools
import resource
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from enum import StrEnum
from pathlib import Path
from typing import ParamSpec, TypeVar

import msgspec

from faircopy.core import process
from faircopy.core.diagnostics import Diagnostic, FaircopyError, Severity, ToolError, errors
from faircopy.publish.crew import Crew
from faircopy.publish.project import Project
from faircopy.workshop import strangers
from faircopy.workshop.strangers import Stranger

P = ParamSpec("P")
T = TypeVar("T")

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
    """What one build said: all that it found, and tracebacks.

    ``lacking`` are the files that a set was published without, for want of a font.
    """

    found: tuple[Diagnostic, ...] = ()
    bugs: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()

    @property
    def fate(self) -> Fate:
        """What it comes to. A refusal without line and remedy is a fault of ours."""
        wrong = self.wrong()
        if any(item.code in WORDS for item in wrong):
            return Fate.WORDS
        if self.bugs or any(not _helps(item) for item in wrong):
            return Fate.FAULT
        return Fate.REFUSED if wrong else Fate.PUBLISHED

    def wrong(self) -> tuple[Diagnostic, ...]:
        """Return what stops the text; a set without the files that lack a font is published."""
        return () if self.lacking else errors(self.found)


def _helps(item: Diagnostic) -> bool:
    return bool(item.remedy and item.place and item.place.line)


def build(room: Project, texts: Sequence[tuple[Stranger, bytes]]) -> list[Said]:
    """Build texts one after another in a process of their own; what kills that is a fault."""
    for stranger, text in texts:
        strangers.settle(room.source / stranger.slug, stranger, text)
    slugs = [stranger.slug for stranger, _ in texts]
    said: list[Said] = []
    while len(said) < len(slugs):
        said += _built(room, slugs[len(said) :])
    return said


def _built(room: Project, slugs: Sequence[str]) -> list[Said]:
    """Return what is said of these texts, up to the first that ends the process."""
    ended = "ended without a word"
    with tempfile.TemporaryDirectory(prefix="faircopy-trial-") as answers:
        command = (sys.executable, "-c", ALONE.format("alone"), str(room.root), answers, *slugs)
        try:
            process.run(command, timeout=SECONDS * len(slugs))
        except ToolError as error:
            ended = str(error)
        paths = [Path(answers) / slug for slug in slugs]
        said = [
            msgspec.json.decode(path.read_bytes(), type=Said)
            for path in itertools.takewhile(Path.exists, paths)
        ]
    return said if len(said) == len(slugs) else [*said, Said(bugs=(ended,))]


def alone(root: str, answers: str, *slugs: str) -> None:
    """Build manuscripts in the checkout ``root``; put what is said of each into ``answers``.

    They share the processes at work, which have loaded everything once.
    """
    from faircopy.publish import engine, workers
    from faircopy.publish.plan import Request
    from faircopy.publish.trade import Trade

    resource.setrlimit(resource.RLIMIT_DATA, (BYTES, BYTES))
    room = Project(Path(root))
    with workers.Workers(1, Trade.of(room).loaded) as crew:
        for slug in slugs:
            request = Request(manuscripts=(slug,), pages=("a5",), jobs=1)
            try:
                outcome = engine.build(request, room, hire=_Shared(crew))
                lacking = () if outcome.failed else outcome.lacking
                said = Said(outcome.diagnostics, outcome.bugs, lacking)
            except FaircopyError as error:
                said = Said(error.diagnostics)
            path = Path(answers) / slug
            partial = path.with_suffix(".partial")
            partial.write_bytes(msgspec.json.encode(said))
            partial.rename(path)


class _Shared(msgspec.Struct, frozen=True):
    """Lends the same processes to one build after another."""

    crew: Crew

    @property
    def size(self) -> int:
        return self.crew.size

    def submit(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        return self.crew.submit(job, *args, **kwargs)

    def __call__(self, jobs: int, loaded: Sequence[str] = ()) -> Crew:
        return self

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *error: object) -> None:
        """Leave the processes to the next."""


def ask(room: Project, texts: Sequence[Stranger]) -> list[tuple[Diagnostic, ...]]:
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

    report = checking.check(Project(Path(root)), slugs, listen=lambda line: None)
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
