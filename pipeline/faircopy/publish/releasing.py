"""Release a publication: record what is published, make its editions, keep their sums.

The record comes first, since the editions bear its moment; where they cannot be made, it goes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

from faircopy.core import files
from faircopy.core.diagnostics import ManuscriptError, Place
from faircopy.core.model import Publication, Release
from faircopy.manuscript.editions import (
    EDITIONS,
    read,
    stamp,
    with_release,
    with_sums,
    with_withdrawal,
)
from faircopy.passes import editions
from faircopy.publish import manifest
from faircopy.publish.plan import manuscripts
from faircopy.publish.project import Project
from faircopy.publish.trade import Trade


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a release: its version ("" is the next number), and a line for readers."""

    version: str = ""
    note: str = ""


def release(
    project: Project, slug: str, said: Said, now: datetime, build: Callable[[], bool]
) -> Release | None:
    """Record a release of a publication and have it built; None where that failed.

    Args:
        project: its folders.
        slug: the publication's name.
        said: what is said of the release.
        now: its moment.
        build: makes the editions and publishes them; whether all are right.

    Raises:
        ManuscriptError: there is no such manuscript, it is wrong or withdrawn, the version is
            taken, or nothing has changed and nothing is said.
    """
    (folder,) = manuscripts(project, (slug,))
    trade = Trade.of(project)
    publication = trade.read(folder, project.shown(folder))
    place = Place(f"{project.shown(folder)}/{EDITIONS}")
    if publication.withdrawn:
        raise ManuscriptError.because(
            "release-withdrawn",
            f"{slug} is withdrawn: {publication.withdrawn}",
            "To publish it again, delete the line “withdrawn” first.",
            place,
        )
    made = Release(
        version=said.version or _next(publication),
        date=stamp(now),
        note=said.note,
        words=_words(publication, folder, trade),
    )
    _refuse_repeated(publication, made, place)
    path = folder / EDITIONS
    before = _text(path)
    _write(path, with_release(before, made))
    if not _built(build, path, before):
        return None
    found = manifest.read(project.dist / slug / manifest.MANIFEST)
    sums = {entry.file: entry.sha256 for entry in found.files} if found else {}
    _write(path, with_sums(_text(path), sums))
    return made


def withdraw(project: Project, slug: str, why: str, build: Callable[[], bool]) -> bool:
    """Record that a publication is withdrawn, and have that said beside its editions.

    Raises:
        ManuscriptError: there is no such manuscript, or it is withdrawn already.
    """
    (folder,) = manuscripts(project, (slug,))
    name = f"{project.shown(folder)}/{EDITIONS}"
    if known := read(folder, name).withdrawn:
        raise ManuscriptError.because(
            "release-withdrawn",
            f"{slug} is withdrawn already: {known}",
            "Mend the line “withdrawn” there, if the reason is another.",
            Place(name),
        )
    path = folder / EDITIONS
    before = _text(path)
    _write(path, with_withdrawal(before, why))
    return _built(build, path, before)


def _built(build: Callable[[], bool], path: Path, before: str) -> bool:
    """Build; where that fails, put back what was recorded before."""
    right = False
    try:
        right = build()
    finally:
        if not right:
            _write(path, before)
    return right


_LONGEST = 9
"""Digits of a version that is counted on; one of more is an address, or a jest."""


def _next(publication: Publication) -> str:
    """Return the number after the greatest that is a version."""
    versions = [one.version for one in publication.releases]
    numbers = [int(one) for one in versions if one.isdecimal() and len(one) <= _LONGEST]
    return str(max(numbers, default=len(publication.releases)) + 1)


def _words(publication: Publication, folder: Path, trade: Trade) -> dict[str, str]:
    """Return the hash of the words of each language that is complete."""
    found = {publication.metadata.lang: editions.words(publication)}
    stored = trade.languages(publication, folder)
    for one in stored.standings():
        if one.complete:
            found[one.lang] = editions.words(stored.publication(one.lang, gaps=False))
    return found


def _refuse_repeated(publication: Publication, made: Release, place: Place) -> None:
    newest = editions.last(publication)
    if made.version in [one.version for one in publication.releases]:
        raise ManuscriptError.because(
            "release-twice",
            f"version {made.version} is recorded already",
            "Name another, or none: the next number is taken.",
            place,
        )
    if newest and newest.words == made.words and not made.note:
        raise ManuscriptError.because(
            "release-same",
            f"no word has changed since version {newest.version} of {newest.date[:10]}",
            "If something else has (a cover, a licence), say so in a line: --note 'A new cover.'",
            place,
        )


def _text(path: Path) -> str:
    return files.read(path, within=path.parent).decode() if path.is_file() else ""


def _write(path: Path, text: str) -> None:
    """Put a text in a file's place in one step; no text, no file."""
    if not text:
        path.unlink(missing_ok=True)
        return
    try:
        files.write(path, text.encode(), within=path.parent)
    except OSError as error:
        raise ManuscriptError.because(
            "release-not-written",
            f"{path.name} cannot be written: {error.strerror}",
            "See that the manuscript's folder can be written and that the disk has room.",
        ) from error
