"""Set workers to what is missing: read, hand out, take back, one manuscript after the other."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from functools import partial
from typing import Any, TypeAlias

import msgspec

from faircopy.core.diagnostics import Diagnostic, GlyphError, Severity, errors
from faircopy.core.model import Artifact, PageStart, Publication
from faircopy.publish import digest, jobs
from faircopy.publish.budget import Stopped
from faircopy.publish.cache import Cache
from faircopy.publish.crew import Crew
from faircopy.publish.dressing import dress
from faircopy.publish.listing import Listing
from faircopy.publish.order import Order, Reading
from faircopy.publish.outcome import Event, Listener, Step
from faircopy.publish.plan import Wanted, chosen
from faircopy.publish.project import Project
from faircopy.publish.trade import Trade
from faircopy.theme import Theme
from faircopy.writers import Format, Options

COVER = Wanted(Format(name="art", module=jobs.COVER, suffix="jpg", typeset=True))
TOOLS = "tools"
"""What the job is called that asks for the versions of the tools."""
TICK = 0.1
"""Seconds after which a listener hears that work goes on."""

_Then: TypeAlias = Callable[[Any], None]
_Without: TypeAlias = Callable[[GlyphError], None]
"""What is done where a job lacks a font."""


class Caches(msgspec.Struct, frozen=True):
    """Finished files and what reading told, by the hash of what they depend on."""

    artifacts: Cache[Artifact]
    readings: Cache[Reading]


class Making:
    """One crew at work, manuscript by manuscript."""

    def __init__(
        self,
        crew: Crew,
        theme: Theme,
        trade: Trade,
        caches: Caches,
        listen: Listener,
        *,
        force: bool,
    ) -> None:
        self._crew = crew
        self._theme = theme
        self._dress = dress(theme)
        self._trade = trade
        self._caches = caches
        self._listen = listen
        self._force = force
        self._tools: Mapping[str, str] | None = None
        self._read: dict[str, tuple[Order, tuple[Diagnostic, ...]]] = {}
        self._pending: dict[Future[Any], tuple[Order | None, str, _Then, _Without | None]] = {}
        self._unsaved = False
        self._listing = Listing(caches.artifacts)

    def all(
        self, orders: Iterable[Order], project: Project, publish: Callable[[Order], None]
    ) -> None:
        """Make what the orders miss, and publish each manuscript as soon as it is whole.

        No more manuscripts are read than keep the crew at work.
        """
        waiting = deque(orders)
        while waiting or self._pending:
            if waiting and len(self._pending) <= self._crew.size:
                self._start(waiting.popleft(), project)
            self._wait(0.0 if waiting and len(self._pending) <= self._crew.size else TICK)
            self._publish(publish)

    def _start(self, order: Order, project: Project) -> None:
        """Read a manuscript and hand out what it misses."""
        began = time.perf_counter()
        try:
            publication = self._trade.read(order.folder, project.shown(order.folder))
        except Exception as error:  # noqa: BLE001 - recorded, with its traceback if it is a bug
            order.fail(error)
            self._listen(Event(step=Step.FAILED, slug=order.slug, what="manuscript"))
            return
        self._listen(Event(step=Step.READ, slug=order.slug, seconds=time.perf_counter() - began))
        publication = self._dress.on(_dated(publication, order.made_from.date))
        self._read[order.slug] = (order, publication.diagnostics)
        try:
            self._hand_out(order, publication)
        except Exception as error:  # noqa: BLE001 - as above
            order.fail(error)
            self._listen(Event(step=Step.FAILED, slug=order.slug, what="translations"))
        self._ask_versions()

    def _hand_out(self, order: Order, publication: Publication) -> None:
        """Hand out what is missing in the manuscript's language, then in the others.

        Workers are at the first while the translations are read and put into words here, but where
        pages are to name their sisters.
        """
        order.decide_languages(publication.metadata.lang, ())
        order.prints = self._prints(publication)
        if not order.linked:
            order.look_up(self._caches.artifacts, force=self._force)
            self._make_all(order, order.missing, publication)
        if not order.translated:
            return
        stored = self._trade.languages(publication, order.folder)
        order.decide_languages(order.lang, stored.standings())
        order.look_up(self._caches.artifacts, force=self._force)
        left_out = order.open - len(order.missing)
        what = ", ".join(order.refused)
        if left_out or what:
            self._listen(Event(step=Step.LEFT_OUT, slug=order.slug, what=what, total=left_out))
        if order.linked:
            own = [item for item in order.missing if not item.lang]
            self._make_all(order, own, publication)
        for lang in dict.fromkeys(item.lang for item in order.missing if item.lang):
            mine = [item for item in order.missing if item.lang == lang]
            self._make_all(order, mine, stored.publication(lang, gaps=mine[0].gaps))

    def _prints(self, publication: Publication) -> Wanted | None:
        """Return the PDF that the house prints, if the text names its page.

        Raises:
            EditionError: the theme has no such page.
        """
        page = publication.metadata.print
        if not page:
            return None
        chosen("page", [page], self._theme.printed)
        paged = next(one for one in self._trade.formats if one.paged and not one.on_request)
        return Wanted(paged, page)

    def _make_all(self, order: Order, items: Sequence[Wanted], publication: Publication) -> None:
        """Hand out the files of one language, the longest work first.

        Pages take longest. The cover comes next, since others wait for it.
        """
        packed = jobs.pack(publication)
        covered = [item for item in items if self._is_covered(item)]
        plain = sorted(
            (item for item in items if item not in covered), key=lambda it: not it.format.typeset
        )
        pages = [item for item in plain if item.format.typeset]
        for item in pages:
            self._make(order, item, packed, None)
        if covered:
            self._cover(order, covered, packed)
        for item in plain[len(pages) :]:
            self._make_in_turn(order, item, packed, None)

    def _is_covered(self, item: Wanted) -> bool:
        opened = item.format.opened and self._theme.page(item.page).cover
        return item.format.covered or opened

    def _wait(self, seconds: float) -> None:
        """Take what is done, or will be done within some seconds."""
        done, _ = wait(self._pending, seconds, FIRST_COMPLETED)
        if not done and seconds:
            self._listen(Event(step=Step.WAITING))
        for future in done:
            self._take(future)

    def _publish(self, publish: Callable[[Order], None]) -> None:
        """Publish what is whole, and let go of what is done."""
        asked = {what for _, what, *_ in self._pending.values()}
        busy = {order.slug for order, *_ in self._pending.values() if order}
        for order, said in tuple(self._read.values()):
            if self._tools is not None and order.reading is None:
                order.reading = Reading(said, self._tools, order.lang, order.standings)
                self._save(self._caches.readings, order, order.keys_of_reading[0], order.reading)
            if order.complete:
                publish(order)
            elif not order.broken or order.slug in busy or TOOLS in asked:
                continue
            order.drop_bytes()
            del self._read[order.slug]

    # --- hand out --------------------------------------------------------------------------------

    def _expect(
        self,
        order: Order | None,
        what: str,
        then: _Then,
        future: Future[Any],
        without: _Without | None = None,
    ) -> None:
        """Remember what is done when a job ends: ``then``, or ``without`` where it lacks a font."""
        self._pending[future] = (order, what, then, without)

    def _task(
        self,
        order: Order,
        item: Wanted,
        packed: bytes,
        cover: bytes | None,
        starts: tuple[PageStart, ...],
    ) -> jobs.Task:
        return jobs.Task(
            format=item.format,
            publication=packed,
            theme=self._theme,
            options=Options(
                page=item.page,
                cover=cover,
                docx=item.template or "house",
                address=order.address(item, "html"),
                card=order.address(item, "card.jpg") if order.carded else "",
                sisters=order.sisters(item),
                page_starts=starts,
            ),
            proof=self._trade.proof,
        )

    def _make(
        self,
        order: Order,
        item: Wanted,
        packed: bytes,
        cover: bytes | None,
        starts: tuple[PageStart, ...] = (),
    ) -> None:
        future = self._crew.submit(jobs.make, self._task(order, item, packed, cover, starts))
        lacking = partial(self._lacking, order, item)
        self._expect(order, str(item), partial(self._made, order, item), future, lacking)

    def _make_in_turn(self, order: Order, item: Wanted, packed: bytes, cover: bytes | None) -> None:
        """Make a file; one that lists pages after the PDF that has them, wanted or not."""
        pdf = order.printed(item)
        then = partial(self._make, order, item, packed, cover)
        if pdf is None:
            then()
        elif self._listing.wait(order, item, pdf, then):
            self._make(order, pdf, packed, cover if self._theme.page(pdf.page).cover else None)

    def _cover(self, order: Order, covered: list[Wanted], packed: bytes) -> None:
        """Make the formats that show a cover, after the cover in their language."""
        cover = COVER.into(covered[0].lang, gaps=covered[0].gaps)
        key = order.key_of(cover)

        def then(drawn: bytes | None) -> None:
            for item in covered:
                self._make_in_turn(order, item, packed, drawn)

        def drawn(made: jobs.Made) -> None:
            self._save(self._caches.artifacts, order, key, made.artifact)
            then(made.artifact.data)

        def undrawn(error: GlyphError) -> None:
            order.record_lacking(None, error)
            then(None)

        found = None if order.before else self._caches.artifacts.load(key)
        if found:
            then(found.data)
        else:
            future = self._crew.submit(jobs.draw_cover, packed, self._theme, self._trade.cover)
            self._expect(order, str(cover), drawn, future, undrawn)

    def _ask_versions(self) -> None:
        asked = any(what == TOOLS for _, what, *_ in self._pending.values())
        if self._tools is None and not asked:
            self._expect(None, TOOLS, self._take_versions, self._crew.submit(self._trade.tools))

    def _take_versions(self, tools: Mapping[str, str]) -> None:
        self._tools = tools

    # --- take back -------------------------------------------------------------------------------

    def _take(self, future: Future[Any]) -> None:
        order, what, then, without = self._pending.pop(future)
        error = future.exception()
        if error is None:
            then(future.result())
            return
        if without and order and isinstance(error, GlyphError):
            without(error)
            self._listen(Event(step=Step.FAILED, slug=order.slug, what=what))
            return
        if isinstance(error, Stopped):
            error = error.of(what[:1].upper() + what[1:])
        for failed in [order] if order else [order for order, _ in self._read.values()]:
            failed.fail(error)
            self._listen(Event(step=Step.FAILED, slug=failed.slug, what=what))

    def _lacking(self, order: Order, item: Wanted, error: GlyphError) -> None:
        if item in order.wanted:
            order.record_lacking(item, error)
        self._listing.told(order, item, ())

    def _made(self, order: Order, item: Wanted, made: jobs.Made) -> None:
        artifact = made.artifact
        wrong = errors(artifact.diagnostics)
        self._listing.told(order, item, () if wrong else artifact.page_starts)
        if item not in order.wanted:  # its pages are all that was asked for
            if not wrong:
                self._save(self._caches.artifacts, order, order.key_of(item), artifact)
            return
        before = order.before.get(item)
        if before and before != digest.of(artifact.data):
            order.findings.append(_differs(order, artifact))
        if wrong:
            order.broken = True
            order.findings += order.placed(artifact.diagnostics)
        else:
            order.made[item] = (artifact, made.seconds)
            bare = order.bare and self._is_covered(item)
            if not bare and item not in order.unlisted:  # a font may be there next time
                self._save(self._caches.artifacts, order, order.key_of(item), artifact)
        self._listen(Event(step=Step.MADE, slug=order.slug, what=str(item), seconds=made.seconds))

    def _save(self, cache: Cache[Any], order: Order, key: str, value: object) -> None:
        """Keep ``value``; a cache that can't be written costs time, not the edition."""
        try:
            cache.store(key, value)
        except OSError as error:
            if not self._unsaved:
                order.findings.append(_unsaved(error))
            self._unsaved = True


def _dated(publication: Publication, date: str) -> Publication:
    """Give a manuscript without a date the one of SOURCE_DATE_EPOCH."""
    if not date or publication.metadata.date:
        return publication
    metadata = msgspec.structs.replace(publication.metadata, date=date, stamped=True)
    return msgspec.structs.replace(publication, metadata=metadata)


def _differs(order: Order, artifact: Artifact) -> Diagnostic:
    return Diagnostic(
        "not-reproducible",
        Severity.WARNING,
        f"{order.slug}.{artifact.name} came out otherwise than before from the same source.",
        "Please report it: the same source must always give the same bytes.",
    )


def _unsaved(error: OSError) -> Diagnostic:
    return Diagnostic(
        "cache-not-written",
        Severity.WARNING,
        f"The cache could not be written ({error.strerror}), so the next build will take longer.",
        "Make .cache/ writable, or free some space.",
    )
