"""Which edition of a publication this is: when it was changed, and whether that has been said.

An EPUB's release is known by its identifier and the moment of its last change (EPUB 3.3, section
5.4.3.1). The moment comes from what the manuscript's folder says, never from a clock: the same
folder gives the same bytes on any day.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from faircopy.core import ast
from faircopy.core.ast import Omit
from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.core.model import Publication, Release
from faircopy.passes.units import units

UNDATED = datetime(1980, 1, 1, tzinfo=UTC)
"""The day of a text that bears none, or one of before there were such files."""
_DAY = 24 * 60 * 60


def words(publication: Publication) -> str:
    """Return the hash (SHA-256) of the words that a reader reads, in the publication's language."""
    metadata = publication.metadata
    front = (metadata.title, metadata.subtitle, metadata.standfirst, metadata.byline)
    texts = [*front, *metadata.author, *(unit.inlines for unit in units(publication.blocks))]
    said = "\n".join(" ".join(ast.text(text, Omit.NOTES).split()) for text in texts)
    return hashlib.sha256(said.encode()).hexdigest()


def last(publication: Publication) -> Release | None:
    """Return the newest release that is recorded, if there is one."""
    return max(publication.releases, key=lambda one: instant(one.date), default=None)


def current(publication: Publication) -> Release | None:
    """Return the release whose words, in this language, are those of today."""
    newest = last(publication)
    stands = newest and newest.words.get(publication.metadata.lang) == words(publication)
    return newest if stands else None


def changed(publication: Publication) -> str:
    """Return when the text was last changed, as far as that is said (ISO 8601); else nothing."""
    newest = current(publication)
    return publication.metadata.modified or (newest.date if newest else "")


def moment(publication: Publication, content: bytes) -> datetime:
    """Return the moment of an edition's last change.

    That is what the front matter says, else the newest release, else the manuscript's date. Where
    only the day is said, the time of that day is made from ``content``, and so are the seconds
    after a release in which other words stand: two texts are never one release.
    """
    metadata, newest = publication.metadata, last(publication)
    digest = hashlib.sha256(content).digest()
    seconds = timedelta(seconds=int.from_bytes(digest[:8], "big") % (_DAY - 1))
    said = metadata.modified or (newest.date if newest else "") or metadata.date
    at = instant(said)
    if not _has_time(said):
        at += seconds
    if newest and current(publication) is None and at <= instant(newest.date):
        at = instant(newest.date) + timedelta(seconds=1) + seconds
    return at


def unsaid(publication: Publication) -> Iterator[Diagnostic]:
    """Yield the finding that words changed since the newest release and nothing says so."""
    metadata, newest = publication.metadata, last(publication)
    if newest is None or metadata.lang not in newest.words or current(publication):
        return
    if metadata.modified and metadata.modified[:10] >= newest.date[:10]:
        return
    yield Diagnostic(
        "release-unsaid",
        Severity.WARNING,
        f"the words are not those of version {newest.version} of {newest.date[:10]} any more, and "
        "nothing says that this is another edition",
        f"When it is published: ./inv release {publication.slug} --note 'What was corrected'. "
        "Or say it in the front matter: modified: and the day.",
        Place(publication.source_path),
    )


def instant(said: str) -> datetime:
    """Return the beginning of a year, month or day, or a moment (ISO 8601), in UTC.

    What is no date, and a date of before 1980 (the first that a zip can hold), is `UNDATED`.
    """
    day, _, time = said.partition("T")
    parts = [*day.split("-"), "1", "1"][:3]
    try:
        year, month, date = map(int, parts)
        found = datetime(year, month, date, tzinfo=UTC)
        found = datetime.fromisoformat(said).astimezone(UTC) if time else found
    except ValueError:
        return UNDATED
    return max(found, UNDATED)


def _has_time(said: str) -> bool:
    return "T" in said
