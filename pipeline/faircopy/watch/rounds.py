"""One round after another: what a save sets going, and what a newer save gives up."""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

import msgspec

from faircopy.core.diagnostics import Diagnostic, FaircopyError, Severity, legible_lines
from faircopy.publish import jobs, linting
from faircopy.publish.budget import Stopped
from faircopy.publish.workers import Workers
from faircopy.watch.desk import LINT, SHOWN, Desk
from faircopy.watch.editions import edition, picture
from faircopy.watch.previewing import Asked, Preview, format_of, preview, task

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE = 2.0
"""Seconds after which work of an older round is ended: less than a fresh process would cost."""


class GivenUp(Exception):
    """A job was given up for a newer round."""


class Wish(msgspec.Struct, frozen=True):
    """What was asked for: the project's folder, a theme and a page, or the house's own."""

    root: Path
    theme: str = ""
    page: str = ""


class Rounds:
    """The desk as it is now, and the processes that work for it.

    ``quick`` are for what somebody waits for: previews, and pictures of pages. All methods are
    called in one event loop.
    """

    def __init__(
        self, wish: Wish, slugs: tuple[str, ...], *, quick: Workers, others: Workers
    ) -> None:
        self.desk = Desk(slugs=slugs)
        self._wish = wish
        self._quick, self._others = quick, others
        self._round: asyncio.Task[None] | None = None
        self._moved = asyncio.Event()
        self._cover: tuple[object, bytes | None] = (None, None)

    async def moved(self) -> None:
        """Wait until there is another desk."""
        await self._moved.wait()

    def know(self, slugs: tuple[str, ...]) -> None:
        """Take the names of all manuscripts."""
        if slugs != self.desk.slugs:
            self._set(msgspec.structs.replace(self.desk, slugs=slugs))

    def begin(self, slug: str) -> None:
        """Begin a round with a manuscript, and give an older round up."""
        if self._round:
            self._round.cancel()
        for crew in (self._quick, self._others):
            crew.give_up(PATIENCE)
        self._set(self.desk.begun(slug))
        self._round = asyncio.create_task(self._go(slug))

    async def picture(self, number: int) -> bytes:
        """Return a page of the present PDF, counted from 0, as a PNG.

        Raises:
            FaircopyError: it could not be drawn.
        """
        shown = self.desk.tab("pdf").edition
        if shown is None or not 0 <= number < len(shown.parts):
            raise FaircopyError
        try:
            return await _asked(self._quick, picture, shown.made.artifact.data, number)
        except GivenUp:
            raise FaircopyError from None

    def _set(self, desk: Desk) -> None:
        self.desk = desk
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    # --- one round -------------------------------------------------------------------------------

    async def _go(self, slug: str) -> None:
        """Have the web page made, then all else at a time."""
        last = self.desk.preview
        asked = Asked(
            root=self._wish.root,
            slug=slug,
            theme=self._wish.theme,
            page=self._wish.page,
            before=last.publication if last else b"",
        )
        try:
            read = await _asked(self._quick, preview, asked)
        except Exception as error:  # noqa: BLE001 - shown, as a build would
            self._set(self.desk.unreadable(_why("The web page", error)))
            return
        self._set(self.desk.previewed(read))
        async with asyncio.TaskGroup() as all_else:
            all_else.create_task(self._edition("pdf", read, read.page))
            all_else.create_task(self._with_cover("epub", read))
            all_else.create_task(self._edition("docx", read))
            all_else.create_task(self._lint(slug, read))

    async def _with_cover(self, format: str, read: Preview) -> None:
        """Make a format that shows a cover, which is drawn anew where what it shows changed."""
        publication = jobs.unpack(read.publication)
        shown = (publication.slug, publication.metadata, publication.assets, read.theme)
        if self._cover[0] != shown:
            drawn: bytes | None = None
            try:
                made = await _asked(self._others, jobs.draw_cover, read.publication, read.theme)
                drawn = made.artifact.data
            except FaircopyError as error:
                self._set(self.desk.told("cover", error.diagnostics))
            self._cover = (shown, drawn)
        await self._edition(format, read, cover=self._cover[1])

    async def _edition(
        self, format: str, read: Preview, page: str = "", cover: bytes | None = None
    ) -> None:
        job = task(format_of(format), read.publication, read.theme, page, cover)
        try:
            made = await _asked(self._others, edition, job, self.desk.changed)
        except Exception as error:  # noqa: BLE001 - as above
            self._set(self.desk.failed(format, _why(SHOWN[format], error)))
        else:
            self._set(self.desk.made(format, made))

    async def _lint(self, slug: str, read: Preview) -> None:
        folder = self._wish.root / "source" / slug
        measure = max(read.theme.page(name).column_width for name in read.theme.tokens.page)
        name = folder.relative_to(self._wish.root).as_posix()
        try:
            found = await _asked(self._others, linting.of_one, folder, name, measure)
        except Exception as error:  # noqa: BLE001 - as above
            found = _why("The lint", error)
        self._set(self.desk.told(LINT, found))


async def _asked(crew: Workers, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Have a worker do a job, and wait for it, which stays as it is where who waits is cancelled.

    A crew that has to begin a process takes its time, in which others are served.

    Raises:
        GivenUp: the crew gave the job up.
    """
    promise = await asyncio.to_thread(partial(crew.submit, job, *args, **kwargs))
    try:
        return await asyncio.shield(asyncio.wrap_future(promise))
    except asyncio.CancelledError:
        waits = asyncio.current_task()
        if promise.cancelled() and waits and not waits.cancelling():
            raise GivenUp from None
        raise


def _why(what: str, error: Exception) -> tuple[Diagnostic, ...]:
    """Return what is said of something that could not be made."""
    if isinstance(error, Stopped):
        error = error.of(what)
    if isinstance(error, FaircopyError):
        return error.diagnostics
    notes = "\n".join(getattr(error, "__notes__", ()))
    whole = notes or "".join(traceback.format_exception(error))
    sys.stderr.write(legible_lines(f"\n{whole.rstrip()}\n"))
    said = f"{what} could not be made: a fault of ours ({type(error).__name__})."
    return (
        Diagnostic("bug", Severity.ERROR, said, "The terminal has it whole; please report it."),
    )
