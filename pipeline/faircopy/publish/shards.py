"""A build on several machines: each makes a part of the manuscripts, and the parts are gathered.

Which part a manuscript is in follows from its name alone, so that no machine has to ask another.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from faircopy.core.diagnostics import (
    Diagnostic,
    EditionError,
    Place,
    PublishError,
    Severity,
    errors,
)
from faircopy.publish import disk
from faircopy.publish.manifest import FileEntry, SetManifest, sets, to_json
from faircopy.publish.plan import manuscripts
from faircopy.publish.project import Project
from faircopy.publish.publish import NewSet, publish
from faircopy.publish.verifying import verify


class Shard(msgspec.Struct, frozen=True):
    """The part ``number`` of ``total``, counted from 1."""

    number: int
    total: int

    def has(self, slug: str) -> bool:
        """Whether a manuscript is in this part: by its name's SHA-256, modulo ``total``."""
        digest = hashlib.sha256(slug.encode()).digest()
        return int.from_bytes(digest[:8]) % self.total == self.number - 1


def parsed(text: str) -> Shard:
    """Return the part that a text such as ``3/20`` names.

    Raises:
        EditionError: it names none.
    """
    found = re.fullmatch(r"([1-9]\d{0,4})/([1-9]\d{0,4})", text)
    if found and int(found[1]) <= int(found[2]):
        return Shard(int(found[1]), int(found[2]))
    raise EditionError.because(
        "shard", f"“{text}” is no part of a build.", "Write which of how many, such as 3/20."
    )


def slugs(project: Project, asked: Sequence[str], shard: Shard) -> tuple[str, ...]:
    """Return the manuscripts of a part, of those that are asked for or of all; it may be empty.

    Raises:
        ManuscriptError: there is no manuscript of that name.
    """
    return tuple(folder.name for folder in manuscripts(project, asked) if shard.has(folder.name))


class Gathered(msgspec.Struct, frozen=True):
    """What was published of the parts, and what there is to say of them."""

    slugs: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


class _Found(msgspec.Struct, frozen=True):
    """A set in a part's folder."""

    dist: Path
    manifest: SetManifest


def gather(project: Project, folders: Sequence[Path]) -> Gathered:
    """Publish the sets of several ``dist/`` folders in the one of a project.

    Each folder is held against its checksums first, and all against each other. A manuscript that
    none of them has a set of is told as an error; the others are published. A folder comes from
    another machine: that its files are static is seen before any is published.

    Raises:
        EditionError: something in a file acts or fetches.
        NotASet: a folder is none that a build has made.
        PublishError: a file is not as it was made, two folders disagree, or ``dist/`` can't be
            written; nothing, or in the last case not all, was published.
    """
    told: list[Diagnostic] = []
    for folder in folders:
        told += verify(folder)[1]
    if wrong := errors(told):
        raise PublishError(*wrong)
    found = [_Found(folder, manifest) for folder in folders for manifest in sets(folder)]
    if disagreeing := tuple(_disagreeing(found)):
        raise PublishError(*disagreeing)
    first = {one.manifest.slug: one for one in reversed(found)}
    for slug in sorted(first):
        _demand_static(_read(first[slug]))
    for slug in sorted(first):
        told += publish(project.dist, _read(first[slug])).diagnostics
    return Gathered(tuple(sorted(first)), (*told, *_missing(project, first)))


def _disagreeing(found: Sequence[_Found]) -> Iterator[Diagnostic]:
    """Yield where two parts were made by different programs, or differ in a set."""
    for one in found[1:]:
        if differing := _makers_differ(found[0].manifest, one.manifest):
            yield Diagnostic(
                "shards-differ",
                Severity.ERROR,
                f"{one.dist} was made with another {differing} than {found[0].dist}.",
                "Build all parts from the same commit, on machines that have the same libraries.",
                Place(str(one.dist / one.manifest.slug)),
            )
    before: dict[str, _Found] = {}
    for one in found:
        other = before.setdefault(one.manifest.slug, one)
        if to_json(other.manifest) != to_json(one.manifest):
            yield Diagnostic(
                "shards-disagree",
                Severity.ERROR,
                f"The set {one.manifest.slug} is not the same in {other.dist} and in {one.dist}.",
                "Build it again on one of the machines, and see why they differ.",
                Place(str(one.dist / one.manifest.slug)),
            )


def _makers_differ(one: SetManifest, other: SetManifest) -> str:
    """Return what two sets were made with that is not the same, in words; nothing if all is."""
    here, there = one.made_from, other.made_from
    names = sorted({*one.tools, *other.tools})
    differing = [name for name in names if one.tools.get(name) != other.tools.get(name)]
    parts = {
        "program": here.code != there.code,
        "lock": here.lock != there.lock,
        "theme": here.theme != there.theme,
        "date": here.date != there.date,
    }
    return ", ".join((*differing, *(name for name, differs in parts.items() if differs)))


def _read(one: _Found) -> NewSet:
    """Return a set with its bytes, which are looked at once more as they are read.

    Raises:
        PublishError: a file has changed since it was verified.
    """
    manifest, files = one.manifest, []
    for entry in manifest.files:
        data = disk.read(one.dist / manifest.slug / entry.file)
        if data is None or not _as_said(entry, data):
            raise PublishError.because(
                "file-changed",
                f"{entry.file} is not what its manifest says.",
                "Download the part again.",
                Place(str(one.dist / manifest.slug)),
            )
        files.append((entry, data))
    return NewSet(
        manifest.slug,
        manifest.made_from,
        manifest.tools,
        tuple(files),
        editions=manifest.editions,
    )


TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".epub": "application/epub+zip",
    ".html": "text/html",
    ".zip": "application/zip",
    ".jpg": "image/jpeg",
}
"""The media type of each file that a build makes, by the end of its name."""


def _as_said(entry: FileEntry, data: bytes) -> bool:
    """Whether a file has the sum and the size that are said of it, and is of its name's kind.

    Of a name that no build makes nothing is known here: it is refused as what nobody can look at.
    """
    kind = TYPES.get(Path(entry.file).suffix, entry.media_type)
    digest = hashlib.sha256(data).hexdigest()
    return (digest, len(data), kind) == (entry.sha256, entry.bytes, entry.media_type)


def _demand_static(new: NewSet) -> None:
    """See that nothing in a set acts or fetches.

    Raises:
        EditionError: something does.
    """
    from faircopy.proof import static  # its libraries are needed by nothing else of a build

    for entry, data in new.files:
        static.demand(entry.file, data)


def _missing(project: Project, there: Iterable[str]) -> Iterator[Diagnostic]:
    known = set(there)
    for folder in manuscripts(project):
        if folder.name not in known:
            yield Diagnostic(
                "set-missing",
                Severity.ERROR,
                f"No part has a set of {folder.name}.",
                "Name the folder of its part too, or build it here: "
                f"./inv build --manuscript {folder.name}",
                Place(project.shown(folder)),
            )
