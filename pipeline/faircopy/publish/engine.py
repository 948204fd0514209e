"""The build: find what is stale, have it made, publish.

Nothing is imported here that a rebuild of nothing would have to wait for.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import msgspec

from faircopy.core import own, pango
from faircopy.core.diagnostics import Diagnostic, EditionError, Place, PublishError, Severity
from faircopy.core.files import real
from faircopy.core.model import Artifact
from faircopy.publish import crew, digest, languages
from faircopy.publish.cache import Cache
from faircopy.publish.manifest import Hashed, Provenance, sets
from faircopy.publish.order import Order, Reading
from faircopy.publish.outcome import Event, Listener, Outcome, Step, ignore
from faircopy.publish.plan import MANUSCRIPT, Request, chosen, manuscripts, wanted
from faircopy.publish.project import STYLES, Project
from faircopy.publish.publish import NewSet, publish
from faircopy.publish.settings import FILE, hold_to_engine
from faircopy.publish.trade import Trade
from faircopy.theme import sources
from faircopy.translation import FOLDER

LOCKS = (
    "requirements.lock",
    "requirements.txt",
    "pyproject.toml",
    "styles/fonts/package-lock.json",
    FILE,
)
EPOCH = "SOURCE_DATE_EPOCH"
Gate: TypeAlias = Callable[[NewSet], None]
"""Judges a set before it is published; raises PublishError where it must not be."""


def build(
    request: Request,
    project: Project,
    *,
    listen: Listener = ignore,
    trade: Trade | None = None,
    hire: crew.Hire = crew.hire,
    environ: Mapping[str, str] = os.environ,
    gate: Gate | None = None,
) -> Outcome:
    """Make what is asked for and publish each manuscript's set when it is whole.

    A file that lacks a font is left out of its set, which is told; the rest is published.
    One manuscript's failure leaves the others' sets, and its own old set, as they are. A set is
    published only when ``gate``, if there is one, lets it pass.

    Raises:
        FaircopyError: the request itself is wrong (an unknown manuscript, format, page, theme).
    """
    start = time.perf_counter()
    hold_to_engine(project.settings)
    request = request.filled_in_by(project.settings)
    work = _Build(request, project, listen, trade or Trade.of(project), environ, gate)
    orders = work.orders()
    stale = [order for order in orders if not work.publish_cached(order)]
    if stale:
        work.make(stale, hire)
        work.artifacts.prune()
    every = () if request.manuscripts else tuple(order.slug for order in orders)
    left = (*_left_over(project.dist, every), *_passed_over(project)) if every else ()
    found = [item for order in orders for item in order.diagnostics()]
    return Outcome(
        files=tuple(file for order in orders for file in order.files),
        changed=tuple(order.slug for order in orders if order.changed),
        failed=tuple(order.slug for order in orders if order.broken),
        lacking=tuple(
            f"{order.slug}: {item}"
            for order in orders
            for item in order.wanted
            if item in order.lacking
        ),
        diagnostics=tuple(
            dict.fromkeys((*found, *left, *_unknown(request, orders), *work.caching()))
        ),
        bugs=tuple(bug for order in orders for bug in order.bugs),
        seconds=time.perf_counter() - start,
    )


class _Build:
    """One run: what it was asked, and its tools."""

    def __init__(
        self,
        request: Request,
        project: Project,
        listen: Listener,
        trade: Trade,
        environ: Mapping[str, str],
        gate: Gate | None,
    ) -> None:
        self.request = request
        self.project = project
        self.listen = listen
        self.trade = trade
        self.gate = gate
        self.date = _date(environ.get(EPOCH, ""))
        self.artifacts = Cache(project.cache, Artifact)
        self.readings = Cache(project.cache, Reading)

    # --- what there is ---------------------------------------------------------------------------

    def orders(self) -> list[Order]:
        """Return one order a manuscript, with what the cache has for it."""
        request = self.request
        files = wanted(
            request.formats,
            request.pages,
            self.trade.formats,
            request.templates,
            also=request.also,
        )
        folders = manuscripts(self.project, self.request.manuscripts)
        theme = self.request.theme
        styles = dict.fromkeys(map(real, (self.project.styles, STYLES)))
        looks = [digest.of_folder(folder, follow=True) for folder in styles]
        if theme.endswith(".toml"):
            profiles = sorted(Path(theme).parent.glob("*.ic[cm]"))  # a printer's, see [press]
            looks += [self.trade.theme(theme).sha256, digest.of_files(profiles)]
        environment = digest.of(digest.of_environment(), *sources.fetched(self.project.store))
        code = digest.of_folder(self.trade.code)
        lock = digest.of_files(self.project.root / name for name in LOCKS)
        orders = []
        for folder in folders:
            source = f"{self.project.shown(folder)}/{MANUSCRIPT}"
            made_from = Provenance(
                source=Hashed(source, digest.of_folder(folder, without=FOLDER)),
                theme=Hashed(theme, digest.of(*looks)),
                code=code,
                lock=lock,
                date=self.date,
            )
            key = digest.of(environment, msgspec.json.encode(made_from))
            made_from = msgspec.structs.replace(
                made_from, translations=languages.translations(folder)
            )
            order = Order(
                folder=folder,
                key=key,
                made_from=made_from,
                formats=files,
                asked=self.request.langs,
                usual=self.request.usual_langs,
                gaps=self.request.allow_untranslated,
                site=self.trade.site,
            )
            orders.append(order)
        return orders

    def publish_cached(self, order: Order) -> bool:
        """Publish a set of which the cache holds every file; whether it does.

        What is cached of a set that is not whole is taken when the rest is made.
        """
        found = map(self.readings.load, order.keys_of_reading)
        order.reading = next(filter(None, found), None)
        if order.reading:
            order.decide_languages(order.reading.lang, order.reading.standings)
            order.look_up(self.artifacts, force=self.request.force)
        if order.complete:
            self.publish(order)
            order.drop_bytes()
            return True
        order.empty()
        return False

    def caching(self) -> Iterator[Diagnostic]:
        """Yield what is to be said of the caches."""
        if warning := own.passing():
            yield warning
        if refused := self.artifacts.refused + self.readings.refused:
            yield Diagnostic(
                "cache-not-ours",
                Severity.WARNING,
                f"{self.project.shown(self.project.cache)}: {refused} of the files kept there"
                " did not come from this user's own builds, or were changed since. They were not"
                " read, and what they stand for was made again.",
                "Nothing needs to be done. If this project came from elsewhere, its cache did too.",
            )

    # --- making ----------------------------------------------------------------------------------

    def make(self, stale: list[Order], hire: crew.Hire) -> None:
        """Have everything made that is missing, and publish each set when it is whole."""
        self.listen(Event(step=Step.BEGUN, total=sum(order.open for order in stale)))
        count = self.request.jobs or crew.processors()
        typeset = any(item.format.typeset for order in stale for item in order.wanted)
        covered = any(item.format.covered for order in stale for item in order.wanted)
        if typeset or covered:
            pango.require()
        with hire(count, self.trade.loaded if typeset or covered else ()) as hands:
            from faircopy.publish.making import Caches, Making  # while the workers load

            theme = self.trade.theme(self.request.theme)
            chosen("page", self.request.pages, theme.printed)
            caches = Caches(self.artifacts, self.readings)
            making = Making(hands, theme, self.trade, caches, self.listen, force=self.request.force)
            making.all(stale, self.project, self.publish)

    def publish(self, order: Order) -> None:
        """Publish a whole set; where nothing of it was asked for, leave the old one alone."""
        if not order.wanted:
            return
        try:
            new = msgspec.structs.replace(order.new_set(), site=self.project.settings.site)
            if self.gate:
                self.gate(new)
            done = publish(self.project.dist, new)
        except PublishError as error:
            order.fail(error)
            return
        order.changed = done.changed
        order.findings += done.diagnostics
        order.record_published(done.manifest.files, self.project.dist.name)
        self.listen(Event(step=Step.PUBLISHED, slug=order.slug))


def _left_over(dist: Path, slugs: Collection[str]) -> tuple[Diagnostic, ...]:
    """Name the sets in ``dist/`` whose manuscript is not among ``slugs`` any more."""
    return tuple(
        Diagnostic(
            "left-over",
            Severity.NOTE,
            f"{dist.name}/{manifest.slug} comes from a manuscript that is not there any more.",
            f"If nobody needs it: rm -r {dist.name}/{manifest.slug}, then ./inv build",
        )
        for manifest in sets(dist)
        if manifest.slug not in slugs
    )


def _passed_over(project: Project) -> tuple[Diagnostic, ...]:
    """Name the folders in ``source/`` that hold no manuscript."""
    return tuple(
        Diagnostic(
            "folder-passed-over",
            Severity.NOTE,
            f"{project.shown(folder)} holds no {MANUSCRIPT}: nothing was made of it.",
            f"If a text in it is to be built, name it {MANUSCRIPT}.",
            Place(project.shown(folder)),
        )
        for folder in sorted(project.source.glob("[!.]*/"))
        if os.access(folder, os.R_OK | os.X_OK)  # else it is among the manuscripts, and told
        if any(folder.iterdir()) and not (folder / MANUSCRIPT).exists()
    )


def _unknown(request: Request, orders: list[Order]) -> tuple[Diagnostic, ...]:
    """Return the finding that nothing is there in a language asked for, if all could be read."""
    if not request.langs or any(order.broken for order in orders):
        return ()
    there = [tag for order in orders for tag in order.languages]
    error = languages.unknown(request.langs, there)
    return error.diagnostics if error else ()


def _date(epoch: str) -> str:
    """Return SOURCE_DATE_EPOCH (seconds since 1970) as a date, or an empty string."""
    if not epoch:
        return ""
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise EditionError.because(
            "source-date-epoch",
            f"SOURCE_DATE_EPOCH is “{epoch}”, which is no number of seconds since 1970.",
            "Unset it, or set it as in: SOURCE_DATE_EPOCH=$(date +%s)",
        ) from error
