"""``editions.toml`` beside a manuscript: what of it was published, and when.

``./inv release`` writes it; an editor may mend a line for readers in it. The sums of files are for
who looks them up, and are not read by a build: they follow from it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import msgspec

from faircopy.core.diagnostics import ManuscriptError, Place
from faircopy.core.model import Release
from faircopy.manuscript import beside

EDITIONS = "editions.toml"
SUMS = "[release.sums]"
_HEAD = "# What of this text was published, and when; ./inv release writes it.\n"

_YEARS = range(2, 9999)
"""Those whose moments can be told in each zone of time."""

_Text = Annotated[str, msgspec.Meta(min_length=1)]


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: _Text
    date: Annotated[datetime, msgspec.Meta(tz=True)]
    note: str = ""
    words: Mapping[str, str] = {}
    sums: Mapping[str, str] = {}


class Editions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file: its releases, and why the publication was withdrawn, if it was."""

    release: tuple[_Entry, ...] = ()
    withdrawn: str = ""

    @property
    def releases(self) -> tuple[Release, ...]:
        """The releases as a publication has them."""
        return tuple(
            Release(version=one.version, date=stamp(one.date), note=one.note, words=one.words)
            for one in self.release
        )


def stamp(moment: datetime) -> str:
    """Return a moment in UTC to the second, as RFC 3339 and EPUB have it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read(folder: Path, name: str) -> Editions:
    """Return what is recorded beside a manuscript; nothing where there is no such file.

    Raises:
        ManuscriptError: the file is wrong, or two releases have one version or one moment.
    """
    found = beside.load(folder / EDITIONS, name, Editions) or Editions()
    if any(one.date.year not in _YEARS for one in found.release):
        raise ManuscriptError.because(
            "release-date",
            "a release has a date that no calendar of ours reaches",
            "Write it as in: date = 2026-11-30T12:00:00Z",
            Place(name),
        )
    for what, values in (
        ("version", [one.version for one in found.release]),
        ("date", [stamp(one.date) for one in found.release]),
    ):
        if len(set(values)) < len(values):
            twice = next(value for value, count in Counter(values).items() if count > 1)
            raise ManuscriptError.because(
                "release-twice",
                f"two releases have the {what} {twice}",
                "Each release has a version and a moment of its own.",
                Place(name),
            )
    return found


def with_release(text: str, release: Release) -> str:
    """Return the file's text with one release more."""
    entry = [
        "[[release]]",
        f"version = {_quoted(release.version)}",
        f"date = {release.date}",
        f"note = {_quoted(release.note)}",
        "",
        "[release.words]",
        *(f"{_quoted(lang)} = {_quoted(digest)}" for lang, digest in release.words.items()),
    ]
    return "\n".join((f"{(text or _HEAD).rstrip()}\n", *entry, ""))


def with_sums(text: str, sums: Mapping[str, str]) -> str:
    """Return the file's text with the sums (SHA-256) of the newest release's files."""
    lines = (f"{_quoted(file)} = {_quoted(digest)}" for file, digest in sorted(sums.items()))
    return "\n".join((text, SUMS, *lines, ""))


def with_withdrawal(text: str, why: str) -> str:
    """Return the file's text with the reason for which the publication is withdrawn."""
    return f"{_HEAD}withdrawn = {_quoted(why)}\n\n{text.removeprefix(_HEAD).lstrip()}"


def _quoted(text: str) -> str:
    """Return a basic string of TOML, which escapes as JSON does, and the delete sign too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
