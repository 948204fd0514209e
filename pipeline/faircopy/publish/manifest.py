"""What lies in ``dist/``: the record of a set, and of all sets, for machines and for checking.

No wall-clock time, no path of this machine: the same source, theme and lock give the same bytes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from faircopy.core import files, limits
from faircopy.core.model import About, Artifact

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
PAGE = "index.html"
"""A set's own page, beside its files."""
REPORTS = ("report.html", "report.json", "report.sarif")
"""What a check says of a set, beside it."""

MINING = ("", "reserved", "permitted")
"""What a publication may say of text and data mining."""

SCHEMA = 2

_SLUG = re.compile(r"[a-z0-9-]+")
_NAME = re.compile(r"[A-Za-z0-9._-]+")
"""Names of a set and of its files, as builds make them."""
_WEB = re.compile(r"https?://", re.IGNORECASE)
_TAG = re.compile(r"[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*")
"""A language, as far as the form goes (RFC 5646)."""
_TYPE = re.compile(r"[A-Za-z0-9.+-]+/[A-Za-z0-9.+-]+")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?)?)?", re.ASCII)
"""A year, a month, a day or a moment."""


class Hashed(msgspec.Struct, frozen=True):
    """Something by name, with the SHA-256 of its content."""

    name: str
    sha256: str


class Provenance(msgspec.Struct, frozen=True):
    """What a set was made from, and by what.

    Attributes:
        source: the manuscript's file, and the hash of everything in its folder but translations.
        theme: the theme's name, and the hash of all looks.
        code: the hash of this program's modules.
        lock: the hash of the locked requirements.
        date: SOURCE_DATE_EPOCH, if it was set.
        translations: the stored translations, by language tag.
    """

    source: Hashed
    theme: Hashed
    code: str
    lock: str
    date: str = ""
    translations: tuple[Hashed, ...] = ()

    def of_language(self, lang: str) -> tuple[Provenance, str]:
        """Return what an edition in ``lang`` was made from: all but the other translations."""
        own = next((item.sha256 for item in self.translations if item.name == lang), "")
        return msgspec.structs.replace(self, translations=()), own


class FileEntry(msgspec.Struct, frozen=True):
    """One file of a set; ``facts`` has its ``pages`` and ``words`` and what else is known.

    Attributes:
        lang: the language tag of the edition.
        draft: whether it is a translation that nobody has reviewed.
        untranslated: how many of its sentences stand in the manuscript's language.
    """

    file: str
    format: str
    lang: str
    media_type: str
    sha256: str
    bytes: int
    facts: Mapping[str, int | str | tuple[str, ...]] = {}
    draft: bool = False
    untranslated: int = 0


class SetManifest(msgspec.Struct, frozen=True):
    """All files of one manuscript, what they are called in each language, and the house's site.

    ``page`` is the hash of the set's own page, which is made of the rest.
    """

    slug: str
    made_from: Provenance
    tools: Mapping[str, str]
    files: tuple[FileEntry, ...]
    editions: tuple[About, ...] = ()
    site: str = ""
    page: str = ""
    schema: int = SCHEMA


class DistManifest(msgspec.Struct, frozen=True):
    """All sets."""

    publications: tuple[SetManifest, ...]
    schema: int = SCHEMA


def entry(slug: str, format: str, artifact: Artifact, lang: str = "") -> FileEntry:
    """Return the record of an artifact under its name in ``dist/``."""
    return FileEntry(
        file=f"{slug}.{artifact.name}",
        format=format,
        lang=lang,
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
    """Return a set's manifest, or None when it is missing, not of this schema, or not ours.

    Ours names files of its own folder only, each once, and no addresses but those of the web: the
    pages above the sets link to them. It says what an edition is called once in each language, of
    which there are not many: the pages are made language by language. Its languages, media types,
    sizes and dates have the form that feeds and catalogues ask for, which repeat them.
    """
    try:
        manifest = msgspec.json.decode(files.read(path, most=limits.SUMS.most), type=SetManifest)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    names = all(
        entry.file.startswith(f"{manifest.slug}.") and _NAME.fullmatch(entry.file)
        for entry in manifest.files
    )
    said = [address for about in manifest.editions for address in (about.licence, about.tdm_policy)]
    web = all(_WEB.match(address) for address in (manifest.site, *said) if address)
    ours = manifest.schema == SCHEMA and _SLUG.fullmatch(manifest.slug) and names and web
    return manifest if ours and _is_told_as_ours(manifest) else None


def _is_told_as_ours(manifest: SetManifest) -> bool:
    """Whether a set's record says of its files and editions what a build can."""
    told = [about.lang for about in manifest.editions]
    langs = {*told, *(entry.lang for entry in manifest.files)}
    names = {entry.file for entry in manifest.files}
    dates = [
        date
        for about in manifest.editions
        for date in (about.date, about.modified, *(one.date for one in about.releases))
    ]
    return (
        all(about.tdm in MINING for about in manifest.editions)
        and len(set(told)) == len(told)
        and len(langs) <= limits.LANGUAGES.most
        and len(names) == len(manifest.files)
        and all(_TAG.fullmatch(lang) for lang in langs if lang)
        and all(_DATE.fullmatch(date) for date in dates if date)
        and all(_TYPE.fullmatch(one.media_type) and one.bytes >= 0 for one in manifest.files)
    )


def sets(dist: Path) -> list[SetManifest]:
    """Return the manifests of all sets in ``dist/``, by slug.

    A folder that is a link, or bears another name than its set (a copy), is none.
    """
    folders = (path for path in dist.glob("[!.]*") if path.is_dir() and not path.is_symlink())
    found = ((folder.name, read(folder / MANIFEST)) for folder in folders)
    ours = (item for name, item in found if item and item.slug == name)
    return sorted(ours, key=lambda item: item.slug)


def sums(hashes: Iterable[tuple[str, str]]) -> bytes:
    """Return (path, SHA-256) pairs in the form that ``sha256sum -c`` accepts, sorted by path."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(hashes)).encode()
