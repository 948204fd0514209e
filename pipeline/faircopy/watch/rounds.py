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

from faircopy.core.diagnostics import Diagnostic, FaircopyError, Severity, ToolError, legible_lines
from faircopy.proof import office
from faircopy.publish import jobs, linting
from faircopy.publish.budget import Stopped
from faircopy.publish.workers import Workers
from faircopy.watch.desk import LINT, SHOWN, WEB, Desk
from faircopy.watch.drafts import Asked, Draft, format_of, read, task
from faircopy.watch.editions import Part, edition, pages, picture

P = ParamSpec("P")
T = TypeVar("T")

COVER = "cover"
LOADED = ("faircopy.watch.drafts", "faircopy.watch.editions")
"""What the workers have loaded, beside what a build's have."""
PATIENCE = 2.0
"""Seconds after which work of an older round is ended: less than a fresh process would cost."""


class Paper(msgspec.Struct, frozen=True):
    """A PDF that another program made of an edition, and its pages."""

    pdf: bytes
    parts: tuple[Part, ...]


class GivenUp(Exception):
    """A job was given up for a newer round."""


class Wish(msgspec.Struct, frozen=True):
    """What was asked for: the project's folder, a theme and a page, or the house's own."""

    root: Path
    theme: str = ""
    page: str = ""


class Rounds:
    """The desk as it is now, and the processes that work for it.

    ``quick`` are for what somebody waits for: the web page, and pictures of pages. All methods are
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
        self._office = asyncio.Lock()
        self._paper = (0, Paper(b"", ()))

    async def moved(self) -> None:
        """Wait until there is another desk."""
        await self._moved.wait()

    def know(self, slugs: tuple[str, ...]) -> None:
        """Take the names of all manuscripts."""
        if slugs != self.desk.slugs:
            self._set(msgspec.structs.replace(self.desk, slugs=slugs))

    def begin(self, slug: str, lang: str = "") -> None:
        """Begin a round with a manuscript in a language, and give an older round up."""
        if self._round:
            self._round.cancel()
        for crew in (self._quick, self._others):
            crew.give_up(PATIENCE)
        self._set(self.desk.begun(slug, lang))
        self._round = asyncio.create_task(self._go(slug, lang))

    async def picture(self, pdf: bytes, number: int) -> bytes:
        """Return a page of a PDF, counted from 0, as a PNG.

        Raises:
            FaircopyError: it could not be drawn.
            GivenUp: for a newer round.
        """
        return await _asked(self._quick, picture, pdf, number)

    async def printed(self) -> Paper:
        """Return the present Word document as LibreOffice would print it, made at the first call.

        LibreOffice is no worker's: it would outlive one that is ended.

        Raises:
            FaircopyError: LibreOffice is missing or failed.
            GivenUp: for a newer round.
        """
        async with self._office:
            tab = self.desk.tab("docx")
            if tab.edition and tab.round != self._paper[0]:
                data = tab.edition.made.artifact.data
                pdf = await asyncio.to_thread(office.converted, data, "pdf")
                if pdf is None:
                    raise ToolError.because(
                        "tool-failed", "LibreOffice could not set the document."
                    )
                self._paper = tab.round, Paper(pdf, await _asked(self._quick, pages, pdf))
            return self._paper[1]

    def _set(self, desk: Desk) -> None:
        self.desk = desk
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    # --- one round -------------------------------------------------------------------------------

    async def _go(self, slug: str, lang: str) -> None:
        """Read a manuscript; make its web page, and beside it the PDF, which takes longest."""
        try:
            draft = await _asked(self._quick, read, self._what(slug, lang))
        except Exception as error:  # noqa: BLE001 - shown, as a build would
            self._set(self.desk.unreadable(_why("The manuscript", error)))
            return
        self._set(self.desk.read(draft))
        async with asyncio.TaskGroup() as group:
            cover = group.create_task(self._drawn(draft))
            opened = draft.theme.page(draft.page).cover
            group.create_task(self._edition("pdf", draft, cover if opened else None))
            await self._edition(WEB, draft)
            group.create_task(self._edition("epub", draft, cover))
            group.create_task(self._edition("docx", draft))
            group.create_task(self._lint(slug, draft))
            group.create_task(self._remember(slug, draft))

    def _what(self, slug: str, lang: str) -> Asked:
        return Asked(
            root=self._wish.root,
            slug=slug,
            lang=lang,
            theme=self._wish.theme,
            page=self._wish.page,
            before=self.desk.states.get(lang, b""),
            changed=self.desk.changed,
        )

    async def _remember(self, slug: str, draft: Draft) -> None:
        """Read the languages that are not shown, for a save of theirs to be held against."""
        for lang in ("", *draft.langs):
            if lang not in self.desk.states:
                try:
                    there = await _asked(self._others, read, self._what(slug, lang))
                except Exception:  # noqa: BLE001 - told when the language is shown
                    continue
                self._set(self.desk.known(there))

    async def _drawn(self, draft: Draft) -> bytes | None:
        """Return the cover, which is drawn anew where what it shows changed; None without one."""
        publication = jobs.unpack(draft.publication)
        shown = (publication.slug, publication.metadata, publication.assets, draft.theme)
        if self._cover[0] != shown:
            drawn: bytes | None = None
            try:
                made = await _asked(self._others, jobs.draw_cover, draft.publication, draft.theme)
                drawn = made.artifact.data
            except Exception as error:  # noqa: BLE001 - as above
                self._set(self.desk.told(COVER, _why("The cover", error)))
            self._cover = (shown, drawn)
        return self._cover[1]

    async def _edition(
        self, name: str, draft: Draft, cover: asyncio.Task[bytes | None] | None = None
    ) -> None:
        crew = self._quick if name == WEB else self._others
        format = format_of(name)
        page = draft.page if format.paged else ""
        drawn = await cover if cover else None
        job = task(format, draft.publication, draft.theme, page, drawn)
        try:
            made = await _asked(crew, edition, job, self.desk.changed)
        except Exception as error:  # noqa: BLE001 - as above
            self._set(self.desk.failed(name, _why(SHOWN[name], error)))
        else:
            self._set(self.desk.made(name, made))

    async def _lint(self, slug: str, draft: Draft) -> None:
        folder = self._wish.root / "source" / slug
        measure = max(draft.theme.page(name).column_width for name in draft.theme.tokens.page)
        name = folder.relative_to(self._wish.root).as_posix()
        try:
            found = await _asked(self._others, linting.of_one, folder, name, measure, draft.house)
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
    said = f"{what}: Faircopy has a fault: {type(error).__name__}."
    return (Diagnostic("bug", Severity.ERROR, said, "Please report what the terminal shows."),)
