"""Progress while a build runs: a live line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TextIO

from faircopy.core.diagnostics import legible
from faircopy.publish.outcome import Event, Listener, Step

if TYPE_CHECKING:
    from rich.progress import Progress


MOVES = 5
"""How often in a second the live line is drawn anew: what stands still looks broken."""


def lively(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether ``stream`` is a terminal on which lines may move and have colours."""
    plain = any(environ.get(name) for name in ("NO_COLOR", "CI")) or environ.get("TERM") == "dumb"
    return stream.isatty() and not plain


@contextlib.contextmanager
def shown(stream: TextIO, environ: Mapping[str, str]) -> Iterator[Listener]:
    """Give a listener that shows a build's steps on ``stream``."""
    if not lively(stream, environ):
        yield Lines(stream)
        return
    live = Live(stream)
    try:
        yield live
    finally:
        live.close()


class Lines:
    """One plain line a step."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __call__(self, event: Event) -> None:
        """Show one step."""
        line = words(event)
        if line:
            self._stream.write(f"{legible(line)}\n")
            self._stream.flush()


class Live:
    """One line that shows how far the build is.

    A thread of Rich's redraws it, so that it moves while a long text is read or a set is judged.
    Rich is loaded only when there is something to make.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._progress: Progress | None = None

    def __call__(self, event: Event) -> None:
        """Show one step."""
        if event.step is Step.BEGUN:
            self._progress = self._begin(event.total)
        if self._progress is None:
            return
        (task,) = self._progress.task_ids
        if event.step is Step.LEFT_OUT:
            total = self._progress.tasks[0].total or 0
            self._progress.update(task, total=total - event.total)
        if event.step in (Step.MADE, Step.READ, Step.FAILED):
            self._progress.update(task, description=legible(f"{event.slug}  {event.what}".strip()))
        if event.step is Step.MADE:
            self._progress.advance(task)
        if event.step is not Step.WAITING:
            self._progress.refresh()

    def _begin(self, total: int) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
        from rich.progress import TimeElapsedColumn as Elapsed

        progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            Elapsed(),
            console=Console(file=self._stream),
            refresh_per_second=MOVES,
            transient=True,
        )
        progress.add_task("reading", total=total)
        progress.start()
        return progress

    def close(self) -> None:
        """Take the line away."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None


def words(event: Event) -> str:
    """Return the line for an event, or nothing for one that needs none."""
    match event.step:
        case Step.BEGUN:
            return f"{event.total} to make" if event.total else ""
        case Step.READ:
            return f"{event.slug}: read ({event.seconds:.2f} s)"
        case Step.MADE:
            return f"{event.slug}: {event.what} ({event.seconds:.2f} s)"
        case Step.LEFT_OUT:
            return f"{event.slug}: {event.what} left out" if event.what else ""
        case Step.FAILED:
            return f"{event.slug}: {event.what} failed"
        case Step.PUBLISHED | Step.WAITING:
            return ""
