"""``manifest.json``: what a bundle is made of, bound by hashes."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from importlib.metadata import version

import msgspec

from faircopy.core.model import Reviewed
from faircopy.languages.tags import direction
from faircopy.translation import codes
from faircopy.translation.bands import Band, bands
from faircopy.translation.job import Job
from faircopy.translation.segments import SourceText, likeness

FORMAT = "faircopy-translation"
VERSION = 1
NAME = "manifest.json"


class File(msgspec.Struct, frozen=True):
    """One file of the bundle."""

    path: str
    bytes: int
    sha256: str


class Language(msgspec.Struct, frozen=True):
    """A language and its direction."""

    lang: str
    dir: str


class Counts(msgspec.Struct, frozen=True):
    """How much there is to translate.

    ``repeated`` are sentences whose words stand further up, ``offered`` those that have a near
    translation, ``roles`` the words by role; ``bands`` count how well all of it is known.
    """

    units: int
    segments: int
    words: int
    characters: int
    codes: int
    translated: int
    repeated: int = 0
    offered: int = 0
    roles: Mapping[str, int] = {}
    bands: tuple[Band, ...] = ()


class Manifest(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """The manifest.

    ``text`` is the hash of ids and sentences, ``manuscript`` that of the manuscript's bytes:
    a returned bundle belongs to a publication when ``text`` is the same. ``reviews`` are who
    reviewed what of it is translated.
    """

    format: str = FORMAT
    version: int = VERSION
    publication: str
    title: str
    source: Language
    target: Language | None
    text: str
    manuscript: str
    segmenter: str
    counts: Counts
    reviews: tuple[Reviewed, ...] = ()
    files: tuple[File, ...]


def manifest(job: Job, source: bytes, files: Mapping[str, bytes]) -> Manifest:
    """Describe a job's ``files``; ``source`` is the manuscript's bytes."""
    text = job.text
    return Manifest(
        publication=text.slug,
        title=text.title,
        source=Language(text.lang, direction(text.lang)),
        target=Language(job.lang, direction(job.lang)) if job.lang else None,
        text=text.digest(),
        manuscript=hashlib.sha256(source).hexdigest(),
        segmenter=f"sentencex {version('sentencex')}",
        counts=msgspec.structs.replace(
            counts(
                text, sum(1 for _, s in text.segments() if s.id in job.targets), len(job.offers)
            ),
            bands=bands(job) if job.lang else (),
        ),
        reviews=job.reviewed,
        files=tuple(
            File(path, len(data), hashlib.sha256(data).hexdigest()) for path, data in files.items()
        ),
    )


def counts(text: SourceText, translated: int = 0, offered: int = 0) -> Counts:
    """Count what there is to translate; words are what white space separates."""
    contents = [segment.content for _, segment in text.segments()]
    roles: Counter[str] = Counter()
    for unit, segment in text.segments():
        roles[unit.role] += len(codes.plain(segment.content).split())
    plain = [codes.plain(content) for content in contents]
    return Counts(
        units=sum(1 for _ in text.units()),
        segments=len(contents),
        words=sum(len(one.split()) for one in plain),
        characters=sum(map(len, plain)),
        codes=sum(1 for c in contents for tag in codes.tags(c) if tag.kind is not codes.Kind.CLOSE),
        translated=translated,
        repeated=len(contents) - len(set(map(likeness, contents))),
        offered=offered,
        roles=dict(sorted(roles.items())),
    )


def encode(value: Manifest) -> bytes:
    """Write a manifest as JSON that a person can read."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def decode(data: bytes) -> Manifest:
    """Read a manifest.

    Raises:
        msgspec.DecodeError: not JSON.
        msgspec.ValidationError: not a manifest.
    """
    return msgspec.json.decode(data, type=Manifest)
