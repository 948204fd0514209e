"""What lies in ``dist/``: the record of a set, and of all sets, for machines and for checking.

No wall-clock time, no path of this machine: the same source, theme and lock give the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from pipeline.model import Artifact

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
SCHEMA = 1


class Hashed(msgspec.Struct, frozen=True):
    """Something by name, with the SHA-256 of its content."""

    name: str
    sha256: str


class Provenance(msgspec.Struct, frozen=True):
    """What a set was made from, and by what.

    Attributes:
        source: the manuscript's file, and the hash of everything in its folder.
        theme: the theme's name, and the hash of all looks.
        code: the hash of this program's modules.
        lock: the hash of the locked requirements.
        date: SOURCE_DATE_EPOCH, if it was set.
    """

    source: Hashed
    theme: Hashed
    code: str
    lock: str
    date: str = ""


class FileEntry(msgspec.Struct, frozen=True):
    """One file of a set; ``facts`` has its ``pages`` and ``words`` and what else is known."""

    file: str
    format: str
    media_type: str
    sha256: str
    bytes: int
    facts: Mapping[str, int | str | tuple[str, ...]] = {}


class SetManifest(msgspec.Struct, frozen=True):
    """All files of one manuscript."""

    slug: str
    made_from: Provenance
    tools: Mapping[str, str]
    files: tuple[FileEntry, ...]
    schema: int = SCHEMA


class DistManifest(msgspec.Struct, frozen=True):
    """All sets."""

    publications: tuple[SetManifest, ...]
    schema: int = SCHEMA


def entry(slug: str, format: str, artifact: Artifact) -> FileEntry:
    """Return the record of an artifact under its name in ``dist/``."""
    return FileEntry(
        file=f"{slug}.{artifact.name}",
        format=format,
        media_type=artifact.media_type,
        sha256=hashlib.sha256(artifact.data).hexdigest(),
        bytes=len(artifact.data),
        facts=artifact.facts,
    )


def to_json(manifest: SetManifest | DistManifest) -> bytes:
    """Return the manifest as indented JSON with sorted keys."""
    text = msgspec.json.encode(manifest, order="sorted")
    return msgspec.json.format(text, indent=2) + b"\n"


def read(path: Path) -> SetManifest | None:
    """Return a set's manifest, or None when it is missing or not of this schema."""
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=SetManifest)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return manifest if manifest.schema == SCHEMA else None


def sums(files: Iterable[tuple[str, str]]) -> bytes:
    """Return (path, SHA-256) pairs in the form that ``sha256sum -c`` accepts, sorted by path."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(files)).encode()
