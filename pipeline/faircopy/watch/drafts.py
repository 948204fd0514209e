"""What a worker does first after a save: read the manuscript."""

from __future__ import annotations

from pathlib import Path

import msgspec

from faircopy.core.diagnostics import Diagnostic
from faircopy.core.model import Publication
from faircopy.publish import jobs
from faircopy.publish.dressing import dress
from faircopy.publish.plan import MANUSCRIPT, Request, chosen, manuscripts
from faircopy.publish.project import Project
from faircopy.publish.settings import hold_to_engine
from faircopy.publish.trade import Trade
from faircopy.theme import Theme
from faircopy.watch.changing import Changed, first
from faircopy.writers import FORMATS, Format, Options

PAGE = "a5"
"""The page of the PDF where neither the command nor the house names one."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A manuscript to be shown; ``before`` is its last good state, as `jobs.pack` gives it."""

    root: Path
    slug: str
    theme: str = ""
    page: str = ""
    before: bytes = b""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A manuscript as it stands, which could be read.

    Attributes:
        publication: as `jobs.pack` gives it.
        theme: the look.
        page: the page of the theme that the PDF has.
        changed: the first sentence that is another than before.
        lines: the lines of the manuscript that units begin in, with the units' ids, sorted.
        found: what reading it told.
    """

    publication: bytes
    theme: Theme
    page: str
    changed: Changed
    lines: tuple[tuple[int, str], ...]
    found: tuple[Diagnostic, ...]


def read(asked: Asked) -> Draft:
    """Read a manuscript as it is now, and the theme that it is shown in.

    Raises:
        FaircopyError: the project, the theme or the manuscript must be mended first.
    """
    project = Project.at(asked.root)
    hold_to_engine(project.settings)
    trade = Trade.of(project)
    theme = trade.theme(Request(theme=asked.theme).filled_in_by(project.settings).theme)
    page = asked.page or next(iter(project.settings.pages), PAGE)
    chosen("page", (page,), theme.printed)
    (folder,) = manuscripts(project, (asked.slug,))
    publication = dress(theme).on(trade.read(folder, project.shown(folder)))
    return Draft(
        publication=jobs.pack(publication),
        theme=theme,
        page=page,
        changed=first(jobs.unpack(asked.before), publication) if asked.before else Changed(),
        lines=_lines(publication, f"{project.shown(folder)}/{MANUSCRIPT}"),
        found=publication.diagnostics,
    )


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
