"""Translations from the command line: bundles out, what came back in, how it all stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from faircopy.core.diagnostics import (
    Diagnostic,
    EditionError,
    FaircopyError,
    Place,
    Severity,
)
from faircopy.languages.tags import canonical
from faircopy.publish import above, disk, languages
from faircopy.publish.each import each
from faircopy.publish.plan import manuscripts
from faircopy.publish.project import Project
from faircopy.publish.trade import theme_of
from faircopy.translation import FOLDER

if TYPE_CHECKING:
    from faircopy.core.model import Publication
    from faircopy.translation.bands import Band
    from faircopy.translation.boxes import Boxes
    from faircopy.translation.commands import Imported, Status
    from faircopy.translation.intake import Incoming
    from faircopy.translation.job import Signature
    from faircopy.translation.kit import Layout
    from faircopy.translation.reviewing import Signed
    from faircopy.translation.segments import SourceText

BUNDLES = "translation"
"""The folder of ``dist/`` for bundles of one language, which are for translators alone."""

LOADED = ("faircopy.manuscript", "faircopy.translation.commands")

LONG = 20_000
"""Words above which a text is set for its translators only when it is asked for."""

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """A bundle that was written: where it is, and how much of it is to be done."""

    path: str
    lang: str
    total: int
    translated: int
    bands: tuple[Band, ...] = ()


class Taken(msgspec.Struct, frozen=True):
    """What an import brought, and the file in which it is kept."""

    slug: str
    path: str
    imported: Imported


class Person(msgspec.Struct, frozen=True):
    """A person who stands behind a review, and its day; without one it is today's.

    Who takes a return in says also how: ``partial``, the good sentences without the rest;
    ``strict``, terms that are not as they are settled as errors.
    """

    by: str = ""
    date: str = ""
    partial: bool = False
    strict: bool = False


NOBODY = Person()


class Standings(msgspec.Struct, frozen=True):
    """How the translations of one manuscript stand."""

    slug: str
    statuses: tuple[Status, ...]


def export(
    project: Project,
    lang: str,
    asked: Sequence[str] = (),
    *,
    printed: bool = False,
    rest: bool = False,
) -> tuple[tuple[Bundle, ...], tuple[Diagnostic, ...]]:
    """Write a bundle for a language, of each manuscript that is asked for or of all.

    Short texts come with the printed pages; with ``printed`` long ones do as well. With ``rest``
    only what is not translated as it stands is in it.

    Returns the bundles, and what the translator or editor should know of the language.

    Raises:
        FaircopyError: no such manuscript or language, or the bundle can't be written.
    """
    from faircopy.translation import commands

    if not _TAG.fullmatch(lang):
        raise EditionError.because(
            "language-tag", f"“{lang}” is no language tag.", "Write one such as ur, kk or pt-BR."
        )
    lang = canonical(lang)
    bundles: list[Bundle] = []
    notes: list[Diagnostic] = []
    for folder, publication in _publications(project, asked):
        if lang.lower() == publication.metadata.lang.lower():
            raise EditionError.because(
                "language-is-source",
                f"{folder.name} is written in {lang}.",
                "Name the language that it is to be translated into.",
                Place(publication.source_path),
            )
        layout = _layout(project, publication) if printed or _is_short(publication) else None
        measure = partial(_boxes, project)
        made = commands.export(publication, folder, lang, layout, measure, rest=rest)
        path = project.dist / BUNDLES / made.name
        _write(project.dist, made.name, made.data)
        bundles.append(
            Bundle(
                path=project.shown(path),
                lang=lang,
                total=made.total,
                translated=made.translated,
                bands=made.bands,
            )
        )
        strange = languages.without_conventions(lang, project.shown(folder))
        notes += [strange] if strange else []
        notes += [] if layout else [_without_context(publication)]
    return tuple(bundles), tuple(notes)


def _is_short(publication: Publication) -> bool:
    return len(publication.source.split()) <= LONG


def _without_context(publication: Publication) -> Diagnostic:
    return Diagnostic(
        "context-left-out",
        Severity.NOTE,
        f"The bundle has no context.pdf, since setting more than {LONG:,} words takes its time.",
        "If the translator wants it, add: --context",
        Place(publication.source_path),
    )


def _boxes(project: Project, text: SourceText, lang: str) -> Boxes:
    """Measure the room that the printed edition in a language has for its titles."""
    from faircopy.writers.boxes import boxes

    return boxes(text, theme_of(project), lang)


def _layout(project: Project, publication: Publication) -> Layout:
    """Set the text as it is printed, with the ids of its units in the margin."""
    from faircopy.translation.kit import Layout
    from faircopy.translation.segments import extract
    from faircopy.writers import FORMATS, Options, write
    from faircopy.writers.context import context

    printed = next(item for item in FORMATS if item.paged)
    edition = write(printed, publication, theme_of(project), Options(page="a5"))
    ids = (unit.id for unit in extract(publication).units())
    made = context(edition.data, ids, rtl=publication.metadata.dir == "rtl")
    return Layout(pdf=made.pdf, pages=made.pages)


def take_in(
    project: Project,
    files: Sequence[Path],
    *,
    lang: str = "",
    manuscript: str = "",
    who: Person = NOBODY,
) -> Taken:
    """Check what translators sent back, and keep it in its manuscript's folder.

    Without ``manuscript`` the one is taken that most sentences of the files belong to. ``who``
    stands behind what the files claim is reviewed, and says how they are taken.

    Raises:
        FaircopyError: nothing was taken in, nothing has been changed; its findings say why.
    """
    from faircopy.translation import commands
    from faircopy.translation.job import Manner
    from faircopy.translation.reviewing import Hand, translators

    signature = _signature(who)
    found = commands.opened(files, lang, _from_rich_text)
    folder, publication, text = _belonging(
        project, found, files[0], (manuscript,) if manuscript else ()
    )
    hand = Hand(
        by=signature if signature.by else None,
        day=signature.date,
        translators=translators(publication),
        manner=Manner(who.partial, who.strict),
    )
    place = project.shown(folder)
    imported = commands.keep(found, text, folder, place, lang, partial(_boxes, project), hand)
    path = folder / FOLDER / f"{imported.lang}{languages.SUFFIX}"
    return Taken(folder.name, project.shown(path), imported)


def _from_rich_text(data: bytes, name: str) -> bytes:
    """Return an RTF as LibreOffice reads it, in its cage, as an OpenDocument text.

    Raises:
        EditionError: LibreOffice makes nothing of it.
        ToolError: LibreOffice is missing or fails.
    """
    from faircopy.proof import office

    made = office.converted(data, "odt", "rtf")
    if made is None:
        raise EditionError.because(
            "rtf-unreadable",
            f"LibreOffice makes no document of {name}.",
            "Save it as .docx or .odt, and import that.",
        )
    return made


def _signature(who: Person) -> Signature:
    """Return who signs and on which day, today's if none is said.

    Raises:
        EditionError: no day, or one that is still to come.
    """
    from faircopy.translation.job import Signature

    date, today = who.date, datetime.now(UTC).date()
    try:
        day = datetime.strptime(date, "%Y-%m-%d").replace(tzinfo=UTC).date() if date else today
    except ValueError:
        day = None
    if day is None or day > today + timedelta(days=1):  # it may be tomorrow already, east of here
        raise EditionError.because(
            "review-date",
            f"“{date}” is no day on which a review can have been made.",
            "Write it as 2026-11-30.",
        )
    return Signature(" ".join(who.by.split()), day.isoformat())


class Reviewing(msgspec.Struct, frozen=True, kw_only=True):
    """What a review did to one manuscript, and where the report of changes is."""

    slug: str
    lang: str
    signed: Signed | None = None
    report: str = ""
    changes: int = 0


def review(
    project: Project,
    lang: str,
    who: Person,
    *,
    segments: Sequence[str] = (),
    report: bool = False,
    asked: Sequence[str] = (),
) -> Reviewing:
    """Record that a person has reviewed a translation; with ``report`` write what was changed.

    Raises:
        FaircopyError: nobody is named, there is no such translation, or it can't be written.
    """
    from faircopy.translation import reviewing

    if not (who.by.strip() or report):
        raise EditionError.because(
            "review-by-nobody",
            "A review is a person's word, and nobody is named.",
            f'Name who read it: ./inv translate.review --lang {lang} --by "Name"',
        )
    folder, publication = _of_language(project, lang, asked)
    tag = next(one for one in _stored(folder) if languages.asked_for(one, (lang,)))
    done = None
    if who.by.strip():
        done = reviewing.review(publication, folder, tag, _signature(who), segments)
    path, count = "", 0
    if report:
        name, data, count = reviewing.report(publication, folder, tag)
        _write(project.dist, name, data)
        path = project.shown(project.dist / BUNDLES / name)
    return Reviewing(slug=folder.name, lang=tag, signed=done, report=path, changes=count)


def _stored(folder: Path) -> tuple[str, ...]:
    return tuple(one.name for one in languages.translations(folder))


def _of_language(project: Project, lang: str, asked: Sequence[str]) -> tuple[Path, Publication]:
    """Return the one manuscript that has a translation into a language.

    Raises:
        EditionError: none has, or several have and none of them is named.
    """
    there = list(_publications(project, asked))
    found = [
        (folder, text)
        for folder, text in there
        if any(languages.asked_for(one, (lang,)) for one in _stored(folder))
    ]
    if not found:
        tags = [tag for folder, _ in there for tag in _stored(folder)]
        raise languages.unknown((lang,), tags) or EditionError.because(
            "unknown-language", f"No manuscript is there in {lang}.", "Take one in first."
        )
    if len(found) > 1:
        names = ", ".join(folder.name for folder, _ in found)
        raise EditionError.because(
            "which-manuscript",
            f"Several manuscripts have a translation into {lang}: {names}.",
            "Name the one that was reviewed with --manuscript.",
        )
    return found[0]


def _belonging(
    project: Project, found: Incoming, file: Path, asked: Sequence[str]
) -> tuple[Path, Publication, SourceText]:
    """Return the manuscript that is asked for, or that most of the files' sentences are of."""
    from faircopy.translation.commands import resemblance
    from faircopy.translation.segments import extract

    texts = [(folder, text, extract(text)) for folder, text in _publications(project, asked)]
    if len(texts) == 1:
        return texts[0]
    shares = [resemblance(text, found) for _, _, text in texts]
    if not any(shares):
        raise EditionError.because(
            "other-manuscript",
            "No sentence of these files is of any manuscript under source/.",
            "See that the manuscript is there, or name it with --manuscript.",
            Place(str(file)),
        )
    return texts[shares.index(max(shares))]


def status(
    project: Project, langs: Sequence[str] = (), asked: Sequence[str] = ()
) -> tuple[tuple[Standings, ...], tuple[Diagnostic, ...]]:
    """Return how translations stand, of the languages and manuscripts asked for or of all.

    The findings say why a manuscript is not among them.

    Raises:
        FaircopyError: no such manuscript, or no translation in such a language.
    """
    found: list[Standings] = []
    told: list[Diagnostic] = []
    folders = manuscripts(project, asked)
    for one in each("The status", project, folders, of_one, loaded=LOADED):
        if isinstance(one, FaircopyError):
            told += one.diagnostics
        else:
            found.append(one)
    there = [one.lang for item in found for one in item.statuses]
    if langs and not told and (wrong := languages.unknown(langs, there)):
        raise wrong
    chosen = (
        Standings(
            item.slug,
            tuple(one for one in item.statuses if languages.asked_for(one.lang, langs)),
        )
        for item in found
    )
    return tuple(chosen), tuple(told)


def of_one(folder: Path, name: str) -> Standings:
    """Return how the translations of one manuscript stand, which findings call ``name``.

    Raises:
        FaircopyError: it cannot be read, or a translation of it cannot.
    """
    from faircopy.manuscript import read
    from faircopy.translation import commands

    return Standings(folder.name, commands.status(read(folder, name=name), folder))


def _publications(project: Project, asked: Sequence[str]) -> Iterator[tuple[Path, Publication]]:
    from faircopy.manuscript import read

    for folder in manuscripts(project, asked):
        yield folder, read(folder, name=project.shown(folder))


def _write(dist: Path, name: str, data: bytes) -> None:
    """Write a bundle whole or not at all; what a kill leaves, the next command takes away.

    Raises:
        PublishError: it cannot be written.
    """
    with disk.held(dist, "The bundle was not written"), disk.staging(dist) as aside:
        (aside / name).write_bytes(data)
        disk.sync(aside / name)
        above.put(aside, dist, [name], into=BUNDLES)
