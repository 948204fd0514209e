"""What changed between two states of a manuscript: sentences, pages, languages that lag behind."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from faircopy.core.diagnostics import legible, legible_lines
from faircopy.core.model import Publication
from faircopy.manuscript import read
from faircopy.publish import states
from faircopy.publish.plan import manuscripts
from faircopy.publish.project import Project
from faircopy.publish.trade import Trade, theme_of
from faircopy.publish.workers import alone
from faircopy.revision.compared import Changed, Said, compared

_REMEDY = "Compare one manuscript at a time, --manuscript SLUG, or without --page."
_LONGEST = 240


class Stale(msgspec.Struct, frozen=True):
    """A language: how many sentences of the newer state it lacks, and of the older it lacked."""

    lang: str
    lacks: int
    lacked: int
    total: int


class Comparison(msgspec.Struct, frozen=True):
    """One manuscript's changes; ``pages`` are by sentence's or unit's id, for either state."""

    slug: str
    old: str
    new: str
    changes: tuple[Changed, ...]
    stale: tuple[Stale, ...]
    page: str = ""
    pages: tuple[Mapping[str, int], Mapping[str, int]] = ({}, {})


def show(
    old: str,
    new: str,
    *,
    manuscript: str = "",
    page: str = "",
    json: bool = False,
    project: Project | None = None,
) -> bool:
    """Show what changed in the manuscripts that are asked for, by default in all.

    Raises:
        FaircopyError: there is no such state, or it cannot be read.
    """
    place = project or Project.here()
    asked = tuple(filter(None, (manuscript,)))
    found = [
        alone("The comparison", _REMEDY, 2, compare, place, folder, old, new, page)
        for folder in manuscripts(place, asked)
    ]
    if json:
        listed = msgspec.json.encode([_as_json(one) for one in found])
        sys.stdout.write(legible_lines(msgspec.json.format(listed, indent=2).decode()) + "\n")
    else:
        text = "".join(f"{legible(line)}\n" for one in found for line in lines(one))
        sys.stdout.write(text)
    return True


def compare(project: Project, folder: Path, old: str, new: str, page: str = "") -> Comparison:
    """Return what changed in one manuscript; with ``page``, such as a5, where it is printed.

    Raises:
        FaircopyError: there is no such state, or it cannot be read.
    """
    name = project.shown(folder)
    house = project.settings.front_matter
    with states.state(project, folder, old) as before, states.state(project, folder, new) as after:
        was = read(before, name=f"{name} ({old})", house=house)
        now = read(after, name=f"{name} ({new or states.TODAY})", house=house)
        stale = tuple(_stale(project, was, now, folder))
        pages = (_pages(project, was, page), _pages(project, now, page)) if page else ({}, {})
    changes = tuple(compared(was, now))
    return Comparison(folder.name, old, new or states.TODAY, changes, stale, page, pages)


def _stale(project: Project, was: Publication, now: Publication, folder: Path) -> Iterator[Stale]:
    """Yield the languages whose translations, as they are today, lack sentences of either."""
    languages = Trade.of(project).languages
    before = {one.lang: one for one in languages(was, folder).standings()}
    for one in languages(now, folder).standings():
        held = before.get(one.lang)
        lacked = held.total - held.translated if held else 0
        yield Stale(one.lang, one.total - one.translated, lacked, one.total)


def _pages(project: Project, publication: Publication, page: str) -> dict[str, int]:
    """Set a publication and return the page of each unit and sentence, counted from 1."""
    import pikepdf

    from faircopy.writers import Options, pdf

    made = pdf.write(publication, theme_of(project), Options(page=page))
    with pikepdf.open(io.BytesIO(made.data)) as file:
        numbers = {int(one.objgen[0]): at for at, one in enumerate(file.pages, start=1)}
        names = file.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
        if names is None:
            return {}
        found = pikepdf.NameTree(names).items()
        return {str(id): numbers.get(int(place[0].objgen[0]), 0) for id, place in found}


def lines(one: Comparison) -> Iterator[str]:
    """Yield what is said of one manuscript."""
    yield f"{one.slug}: {one.old} → {one.new}: {_count(len(one.changes), 'change')}"
    for number, change in enumerate(one.changes, start=1):
        where = _where(one, change)
        yield f"  {number:>3}{f'  {where}' if where else ''}"
        if change.set_otherwise:
            yield f"       set otherwise: {_text(change.new)}"
            continue
        if change.old:
            yield f"       - {_text(change.old)}"
        if change.new:
            yield f"       + {_text(change.new)}"
    for lang in one.stale:
        if lang.lacks or lang.lacked:
            more = f", {lang.lacked} before" if lang.lacked != lang.lacks else ""
            yield f"  {lang.lang}: lacks {lang.lacks} of {lang.total} sentences{more}"


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def _text(said: tuple[Said, ...]) -> str:
    text = " ".join(one.text for one in said)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _where(one: Comparison, change: Changed) -> str:
    """Return the pages of a change in both PDFs: an erratum names the one that a reader has."""
    pages = [_page(change.old, one.pages[0]), _page(change.new, one.pages[1])]
    said = [f"p. {page}" if page else "–" for page in pages]
    return f"{one.page}: {said[0]} → {said[1]}" if any(pages) else ""


def _page(said: tuple[Said, ...], pages: Mapping[str, int]) -> int:
    return next((pages[id] for one in said for id in (one.id, one.unit) if id in pages), 0)


def _as_json(one: Comparison) -> dict[str, object]:
    return {
        "manuscript": one.slug,
        "old": one.old,
        "new": one.new,
        "changes": [
            {
                "old": " ".join(said.text for said in change.old),
                "new": " ".join(said.text for said in change.new),
                "set_otherwise": change.set_otherwise,
                "old_page": _page(change.old, one.pages[0]),
                "new_page": _page(change.new, one.pages[1]),
            }
            for change in one.changes
        ],
        "languages": [msgspec.structs.asdict(lang) for lang in one.stale],
        "page": one.page,
    }
