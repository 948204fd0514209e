"""What changed between two states of a manuscript: sentences, pages, languages that lag behind."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from faircopy.core import files
from faircopy.core.as_json import as_json
from faircopy.core.diagnostics import EditionError, legible
from faircopy.core.model import Publication
from faircopy.manuscript import read
from faircopy.publish import states
from faircopy.publish.dressing import dress
from faircopy.publish.manuscripts import spreads
from faircopy.publish.manuscripts.spreads import Printed, Spot
from faircopy.publish.manuscripts.whose import whose
from faircopy.publish.plan import PAGES, manuscripts
from faircopy.publish.project import Project
from faircopy.publish.trade import Trade, theme_of
from faircopy.publish.workers import alone
from faircopy.revision.compared import Changed, Said, compared
from faircopy.revision.redline import redline, without_drop_caps
from faircopy.revision.redline.blocks import HandOf
from faircopy.writers import Options

_REMEDY = "Compare one manuscript at a time, --manuscript SLUG, or without --page."
_LONGEST = 240
REDLINE, INDEX = "redline.docx", "index.html"


class Stale(msgspec.Struct, frozen=True):
    """A language: how many sentences of the newer state it lacks, and of the older it lacked."""

    lang: str
    lacks: int
    lacked: int
    total: int


class Comparison(msgspec.Struct, frozen=True):
    """One manuscript's changes.

    ``pages`` are by sentence's or unit's id, for either state; ``files`` are a redline and a page
    with the changed pages side by side, by name, where they were asked for.
    """

    slug: str
    old: str
    new: str
    changes: tuple[Changed, ...]
    stale: tuple[Stale, ...]
    page: str = ""
    pages: tuple[Mapping[str, Spot], Mapping[str, Spot]] = ({}, {})
    files: Mapping[str, bytes] = {}


def show(
    old: str,
    new: str,
    *,
    manuscript: str = "",
    page: str = "",
    out: str = "",
    json: bool = False,
    project: Project | None = None,
) -> bool:
    """Show what changed in the manuscripts that are asked for, by default in all.

    With ``out``, a folder, a redline and the changed pages are written there for each.

    Raises:
        FaircopyError: there is no such state, it cannot be read, or the folder cannot be written.
    """
    place = project or Project.here()
    if out and not page:
        page = (place.settings.pages or PAGES)[0]
    asked = tuple(filter(None, (manuscript,)))
    found = [
        alone("The comparison", _REMEDY, 2, compare, place, folder, old, new, page, bool(out))
        for folder in manuscripts(place, asked)
    ]
    paths = [path for one in found for path in _write(Path(out), one)]
    if json:
        sys.stdout.write(as_json([_as_json(one) for one in found]))
    else:
        said = [line for one in found for line in lines(one)]
        text = "".join(f"{legible(line)}\n" for line in (*said, *map(str, paths)))
        sys.stdout.write(text)
    return True


def compare(
    project: Project, folder: Path, old: str, new: str, page: str = "", whole: bool = False
) -> Comparison:
    """Return what changed in one manuscript; with ``page``, such as a5, where it is printed.

    With ``whole`` and a page, also the files that show it.

    Raises:
        FaircopyError: there is no such state, or it cannot be read.
    """
    name, today = project.shown(folder), new or states.TODAY
    house = project.settings.front_matter
    with states.state(project, folder, old) as before, states.state(project, folder, new) as after:
        mine = dress(theme_of(project))
        was = mine.on(read(before, name=f"{name} ({old})", house=house))
        now = mine.on(read(after, name=f"{name} ({today})", house=house))
        stale = tuple(_stale(project, was, now, folder))
        changes = tuple(compared(was, now))
        printed = _printed(project, was, old, page), _printed(project, now, today, page)
        files: dict[str, bytes] = {}
        if whole and changes:
            files[REDLINE] = _redline(project, was, now, whose(project, folder, old, new, now))
            files[INDEX] = spreads.page(f"{folder.name}: {old} → {today}", changes, *printed, page)
    pages = printed[0].spots, printed[1].spots
    return Comparison(folder.name, old, today, changes, stale, page, pages, files)


def _redline(project: Project, was: Publication, now: Publication, hand: HandOf) -> bytes:
    """Return both states as one Word file with tracked changes, held against the words of each.

    Raises:
        EditionError: the file does not say what they say.
    """
    from faircopy.revision.redline.proof import proven
    from faircopy.writers import docx

    theme = without_drop_caps(theme_of(project))
    old, new = (docx.write(one, theme, Options()).data for one in (was, now))
    return proven(redline(old, new, hand), was, now)


def _stale(project: Project, was: Publication, now: Publication, folder: Path) -> Iterator[Stale]:
    """Yield the languages whose translations, as they are today, lack sentences of either."""
    languages = Trade.of(project).languages
    before = {one.lang: one for one in languages(was, folder).standings()}
    for one in languages(now, folder).standings():
        held = before.get(one.lang)
        lacked = held.total - held.translated if held else 0
        yield Stale(one.lang, one.total - one.translated, lacked, one.total)


def _printed(project: Project, publication: Publication, name: str, page: str) -> Printed:
    """Set a publication, if a page is named, and find the place of each unit and sentence."""
    import pikepdf

    from faircopy.writers import pdf

    if not page:
        return Printed(name)
    made = pdf.write(publication, theme_of(project), Options(page=page)).data
    with pikepdf.open(io.BytesIO(made)) as file:
        numbers = {int(one.objgen[0]): at for at, one in enumerate(file.pages, start=1)}
        heights = [float(one.mediabox[3]) for one in file.pages]
        names = file.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
        found = {} if names is None else pikepdf.NameTree(names).items()
        spots = {}
        for id, place in found:
            at = numbers[int(place[0].objgen[0])]
            spots[str(id)] = Spot(at, 1 - float(place[3]) / heights[at - 1])
    return Printed(name, made, spots)


def _write(folder: Path, one: Comparison) -> Iterator[Path]:
    """Write the files of a comparison and yield their paths.

    Raises:
        EditionError: the folder cannot be written.
    """
    place = folder / one.slug
    try:
        for name, data in one.files.items():
            place.mkdir(parents=True, exist_ok=True)
            files.write(place / name, data, within=folder)
            yield place / name
    except OSError as error:
        raise EditionError.because(
            "comparison-not-written",
            f"{place} could not be written: {error.strerror}",
            "Name another folder with --out.",
        ) from error


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


def _page(said: tuple[Said, ...], spots: Mapping[str, Spot]) -> int:
    spot = Printed("", spots=spots).spot(said)
    return spot.page if spot else 0


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
