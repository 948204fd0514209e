"""One manuscript on its way through the build: what is wanted, what is there, what went wrong."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from pathlib import Path

import msgspec

from pipeline.build import digest
from pipeline.build.manifest import FileEntry, Provenance, entry
from pipeline.build.outcome import File
from pipeline.build.plan import Wanted
from pipeline.build.publish import NewSet
from pipeline.diagnostics import Diagnostic, FaircopyError, Severity
from pipeline.model import Artifact


class Reading(msgspec.Struct, frozen=True):
    """What reading a manuscript told, kept so that an unchanged one need not be read."""

    diagnostics: tuple[Diagnostic, ...]
    tools: Mapping[str, str]


class Order(msgspec.Struct, kw_only=True):
    """The state of one manuscript's build. Only `engine` changes it.

    Attributes:
        folder: the manuscript's folder; its name is the slug.
        key: the hash of everything that the set depends on.
        made_from: the same, part by part, for the manifest.
        wanted: the files asked for.
        made: those that are there, by what was wanted, with their seconds (None: from the cache).
        before: what the cache held for them when they are made anew by force.
        reading: what reading told, once it is known.
        findings: what is to be said beyond the artifacts' own diagnostics.
        bugs: tracebacks.
        entries: the records of what was published.
    """

    folder: Path
    key: str
    made_from: Provenance
    wanted: tuple[Wanted, ...]
    made: dict[Wanted, tuple[Artifact, float | None]] = {}
    before: dict[Wanted, str] = {}
    reading: Reading | None = None
    findings: list[Diagnostic] = []
    bugs: list[str] = []
    broken: bool = False
    changed: bool = False
    entries: tuple[FileEntry, ...] = ()

    @property
    def slug(self) -> str:
        """The manuscript's name."""
        return self.folder.name

    @property
    def missing(self) -> tuple[Wanted, ...]:
        """What is wanted and not there."""
        return tuple(item for item in self.wanted if item not in self.made)

    @property
    def complete(self) -> bool:
        """Whether the set can be published."""
        return not self.broken and not self.missing and self.reading is not None

    def key_of(self, what: object) -> str:
        """Return the key under which a cache holds something of this manuscript."""
        return digest.of(self.key, str(what))

    def fail(self, error: BaseException) -> None:
        """Record why the set can't be published."""
        self.broken = True
        if isinstance(error, FaircopyError):
            self.findings += error.diagnostics
            return
        notes = getattr(error, "__notes__", [])
        self.bugs.append("\n".join(notes) or "".join(traceback.format_exception(error)))
        self.findings.append(
            Diagnostic(
                "bug",
                Severity.ERROR,
                f"Faircopy has a fault: {type(error).__name__}: {error}",
                "Please report it, with the lines that follow and the manuscript if you may.",
            )
        )

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return every finding about this manuscript, each once."""
        read = self.reading.diagnostics if self.reading else ()
        of_files = (item for artifact, _ in self.made.values() for item in artifact.diagnostics)
        return tuple(dict.fromkeys((*read, *of_files, *self.findings)))

    def new_set(self) -> NewSet:
        """Return what is to be published."""
        assert self.reading is not None
        files = (
            (entry(self.slug, wanted.format.name, artifact), artifact.data)
            for wanted, (artifact, _) in self.made.items()
        )
        return NewSet(self.slug, self.made_from, self.reading.tools, tuple(files))

    def files(self, dist: str) -> tuple[File, ...]:
        """Return the published files, with paths below ``dist``."""
        by_name = {record.file: record for record in self.entries}
        return tuple(
            File(
                path=f"{dist}/{self.slug}/{record.file}",
                format=wanted.format.name,
                page=wanted.page,
                bytes=record.bytes,
                sha256=record.sha256,
                pages=_number(record, "pages"),
                words=_number(record, "words"),
                seconds=seconds,
            )
            for wanted, (artifact, seconds) in sorted(
                self.made.items(), key=lambda item: self.wanted.index(item[0])
            )
            if (record := by_name.get(f"{self.slug}.{artifact.name}"))
        )


def _number(record: FileEntry, fact: str) -> int | None:
    value = record.facts.get(fact)
    return value if isinstance(value, int) else None
