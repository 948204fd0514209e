"""What a worker does first after a save: read the manuscript."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from faircopy.core.diagnostics import Diagnostic
from faircopy.core.model import Publication
from faircopy.publish import jobs, languages
from faircopy.publish.dressing import dress
from faircopy.publish.languages import Standing
from faircopy.publish.plan import MANUSCRIPT, Request, chosen, manuscripts
from faircopy.publish.project import Project
from faircopy.publish.settings import hold_to_engine
from faircopy.publish.trade import Trade
from faircopy.theme import Theme
from faircopy.translation.commands import in_language
from faircopy.translation.segments import extract
from faircopy.translation.store import Store
from faircopy.watch.changing import Changed, again, first
from faircopy.writers import FORMATS, Format, Options

PAGE = "a5"
"""The page of the PDF where neither the command nor the house names one."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A manuscript to be shown.

    ``lang`` is the translation that is shown, its own language where that is "" or not there;
    ``before`` is the last good state in it, as `jobs.pack` gives it, and ``changed`` the sentence
    that is shown where none is another than before.
    """

    root: Path
    slug: str
    lang: str = ""
    theme: str = ""
    page: str = ""
    before: bytes = b""
    changed: Changed = Changed()


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A manuscript as it stands, which could be read.

    Attributes:
        own: the language that it is written in.
        langs: those that there are translations in, sorted.
        lang: the one of them that is shown, "" for its own.
        publication: as `jobs.pack` gives it.
        theme: the look.
        page: the page of the theme that the PDF has.
        changed: the first sentence that is another than before, else the one that was asked for.
        lines: the lines of the manuscript that units begin in, with the units' ids, sorted.
        found: what reading it told.
        house: what stands in for keys that its front matter leaves out.
    """

    own: str
    langs: tuple[str, ...] = ()
    lang: str = ""
    publication: bytes
    theme: Theme
    page: str
    changed: Changed
    lines: tuple[tuple[int, str], ...]
    found: tuple[Diagnostic, ...]
    house: Mapping[str, object] = {}


def read(asked: Asked) -> Draft:
    """Read a manuscript as it is now, and the theme that it is shown in.

    Raises:
        FaircopyError: the project, the theme, the manuscript or the translation must be mended
            first.
    """
    project = Project.at(asked.root)
    hold_to_engine(project.settings)
    trade = Trade.of(project)
    theme = trade.theme(Request(theme=asked.theme).filled_in_by(project.settings).theme)
    page = asked.page or next(iter(project.settings.pages), PAGE)
    chosen("page", (page,), theme.printed)
    (folder,) = manuscripts(project, (asked.slug,))
    name = project.shown(folder)
    written = trade.read(folder, name)
    langs = tuple(one for one in Store(folder).languages() if one != written.metadata.lang)
    lang = asked.lang if asked.lang in langs else ""
    found, told = _translated(written, folder, name, lang) if lang else (written, ())
    shown = dress(theme).on(found)
    changed = first(jobs.unpack(asked.before), shown) if asked.before else Changed()
    return Draft(
        own=written.metadata.lang,
        langs=langs,
        lang=lang,
        publication=jobs.pack(shown),
        theme=theme,
        page=page,
        changed=changed if changed.id else again(asked.changed, shown),
        lines=_lines(shown, f"{name}/{MANUSCRIPT}"),
        found=(*told, *shown.diagnostics),
        house=project.settings.front_matter,
    )


def _translated(
    written: Publication, folder: Path, name: str, lang: str
) -> tuple[Publication, tuple[Diagnostic, ...]]:
    """Return a manuscript in a language, what is not translated marked, and what there is to say.

    Raises:
        ImportRefused: the stored translation is broken.
    """
    stored = Store(folder).translation(extract(written), lang)
    standing = Standing(
        lang=lang, total=stored.total, translated=len(stored.targets), draft=stored.draft
    )
    told = (
        languages.without_conventions(lang, name),
        languages.with_gaps(standing, name) if standing.missing else None,
    )
    return in_language(written, stored, mark_missing=True), tuple(filter(None, told))


def task(
    format: Format, publication: bytes, theme: Theme, page: str = "", cover: bytes | None = None
) -> jobs.Task:
    """Return the job that makes one edition for the preview, as a house without a site has it."""
    options = Options(page=page, cover=cover)
    return jobs.Task(format=format, publication=publication, theme=theme, options=options)


def format_of(name: str) -> Format:
    """Return the row of a format in the table of formats."""
    return next(one for one in FORMATS if one.name == name)


def _lines(publication: Publication, file: str) -> tuple[tuple[int, str], ...]:
    places = publication.places.items()
    return tuple(sorted((place.line, id) for id, place in places if place.file == file))
