"""One manuscript on its way through the build: what is wanted, what is there, what went wrong."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from faircopy.core import memory
from faircopy.core.diagnostics import Diagnostic, EditionError, FaircopyError, Place, Severity
from faircopy.core.model import Artifact
from faircopy.languages.tags import primary
from faircopy.publish import digest, disk, languages
from faircopy.publish.cache import Cache
from faircopy.publish.languages import Standing
from faircopy.publish.manifest import FileEntry, Provenance, entry
from faircopy.publish.outcome import File
from faircopy.publish.plan import Wanted
from faircopy.publish.publish import NewSet


class Reading(msgspec.Struct, frozen=True):
    """What reading a manuscript told, kept so that an unchanged one need not be read.

    ``standings`` are those of all its translations, if one of them was asked for.
    """

    diagnostics: tuple[Diagnostic, ...]
    tools: Mapping[str, str]
    lang: str
    standings: tuple[Standing, ...] = ()


class Order(msgspec.Struct, kw_only=True):
    """The state of one manuscript's build. Only `engine` and `making` change it.

    Attributes:
        folder: the manuscript's folder; its name is the slug.
        key: the hash of everything that all files of the set depend on.
        made_from: the same, part by part, and the translations, for the manifest.
        formats: the files asked for, of one language.
        asked: the languages asked for, which must be there; none means the usual ones.
        usual: the languages that the house publishes in; none means every one that is complete.
        gaps: whether incomplete translations may be shown, with the gaps marked.
        site: the address that the editions are published under, or nothing.
        lang: the manuscript's language, once it is known.
        standings: how the translations stand, once that is known.
        wanted: the files to be made; before `decide_languages`, those that may have to be made.
        open: how many of them had to be made when the build began.
        refused: the translations that may not be published as they stand.
        made: those that are there, by what was wanted, with their seconds (None: from the cache).
        before: what the cache held for them when they are made anew by force.
        reading: what reading told, once it is known.
        findings: what is to be said beyond the artifacts' own diagnostics.
        bugs: tracebacks.
        lacking: what no font that is installed can show; the rest is published without it.
        bare: whether a cover is lacking for want of a font.
        prints: the PDF in the manuscript's language whose pages others list, if there is one.
        unlisted: the files that had to do without the list of its pages.
        entries: the records of what was published.
        files: what is told of the published files, once they are.
    """

    folder: Path
    key: str
    made_from: Provenance
    formats: tuple[Wanted, ...]
    asked: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()
    gaps: bool = False
    site: str = ""
    lang: str = ""
    standings: tuple[Standing, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    open: int = 0
    refused: list[str] = []
    made: dict[Wanted, tuple[Artifact, float | None]] = {}
    before: dict[Wanted, str] = {}
    reading: Reading | None = None
    findings: list[Diagnostic] = []
    bugs: list[str] = []
    broken: bool = False
    changed: bool = False
    lacking: list[Wanted] = []
    bare: bool = False
    prints: Wanted | None = None
    unlisted: list[Wanted] = []
    entries: tuple[FileEntry, ...] = ()
    files: tuple[File, ...] = ()

    def __post_init__(self) -> None:
        tags = [item.name for item in self.made_from.translations]
        tags = [tag for tag in tags if languages.asked_for(tag, self.asked or self.usual)]
        self.wanted = (*self.formats, *(item for tag in tags for item in self._in(tag)))

    @property
    def slug(self) -> str:
        """The manuscript's name."""
        return self.folder.name

    @property
    def missing(self) -> tuple[Wanted, ...]:
        """The files that must still be made."""
        there = (*self.made, *self.lacking)
        return tuple(item for item in self.wanted if item not in there)

    @property
    def complete(self) -> bool:
        """Whether the set can be published."""
        return not self.broken and not self.missing and self.reading is not None

    @property
    def translated(self) -> bool:
        """Whether there are translations that are asked for."""
        tags = (item.name for item in self.made_from.translations)
        return any(languages.asked_for(tag, self.asked or self.usual) for tag in tags)

    @property
    def languages(self) -> tuple[str, ...]:
        """The manuscript's language and those of its translations, as far as known."""
        own = (self.lang,) if self.lang else ()
        return (*own, *(item.name for item in self.made_from.translations))

    @property
    def carded(self) -> bool:
        """Whether covers are drawn for an EPUB, so that there is a picture to be shared."""
        return any(item.format.name == "epub" for item in self.formats)

    def label(self, lang: str) -> str:
        """Return what files call a language; empty is the manuscript's own."""
        others = (one.lang for one in self.standings)
        return languages.labels(self.lang, others)[lang] if lang else primary(self.lang)

    @property
    def linked(self) -> bool:
        """Whether files name their sisters, so that none can be made before all are known."""
        return bool(self.site and self.translated) and any(it.format.linked for it in self.formats)

    def printed(self, item: Wanted) -> Wanted | None:
        """Return the PDF whose pages a file lists, if it lists any."""
        if self.prints is None or not item.format.listing:
            return None
        return self.prints.into(item.lang, gaps=item.gaps)

    def address(self, item: Wanted, ending: str) -> str:
        """Return the address of a file in the language of another; nothing without a site."""
        name = f"{self.slug}/{self.slug}.{self.label(item.lang)}.{ending}"
        return f"{self.site}{name}" if self.site else ""

    def sisters(self, item: Wanted) -> tuple[tuple[str, str], ...]:
        """Return language and address of a file and its sisters in this build, if it has any.

        Each names all, itself among them: a search engine passes over links that do not answer
        each other (developers.google.com, "Localized versions of your pages").
        """
        if not (self.linked and item.format.linked):
            return ()
        found = [one for one in self.wanted if one.format == item.format]
        pages = tuple(
            (one.lang or self.lang, self.address(one, one.format.suffix)) for one in found
        )
        return pages if len(pages) > 1 else ()

    # --- languages -------------------------------------------------------------------------------

    def decide_languages(self, lang: str, standings: tuple[Standing, ...]) -> None:
        """Decide which languages are published, now that it is known how they stand."""
        self.lang, self.standings = lang, standings
        own = self.formats if languages.asked_for(lang, self.asked or self.usual) else ()
        self.wanted = (*own, *(item for one in standings for item in self._allowed(one)))

    def _allowed(self, standing: Standing) -> tuple[Wanted, ...]:
        """Return the files of a translation, if it is asked for and may be published."""
        source = str(Path(self.made_from.source.name).parent)
        if not languages.asked_for(standing.lang, self.asked or self.usual):
            return ()
        if not standing.complete and not (self.gaps and standing.translated):
            self.refused.append(standing.lang)
            self.findings.append(
                languages.refused(standing, self.slug, source, asked=bool(self.asked))
            )
            return ()
        if not standing.complete:
            self.findings.append(languages.with_gaps(standing, source))
        if strange := languages.without_conventions(standing.lang, source):
            self.findings.append(strange)
        return self._in(standing.lang, gaps=not standing.complete)

    def _in(self, lang: str, *, gaps: bool = False) -> tuple[Wanted, ...]:
        return tuple(
            item.into(lang, gaps=gaps) for item in self.formats if not item.format.source_only
        )

    # --- the cache -------------------------------------------------------------------------------

    def look_up(self, artifacts: Cache[Artifact], *, force: bool) -> None:
        """Take what is wanted from the cache; with ``force``, only remember what it was."""
        for item in self.wanted:
            found = artifacts.load(self.key_of(item))
            if found and force:
                self.before[item] = digest.of(found.data)
            elif found:
                self.made[item] = (found, None)

    def empty(self) -> None:
        """Wait for the rest to be made: only how much it is, is remembered meanwhile."""
        self.open = len(self.missing)
        for kept in (self.made, self.before, self.refused, self.findings):
            kept.clear()

    def drop_bytes(self) -> None:
        """Be done: of the files, only what is told of them is kept."""
        self.before.clear()
        for item, (artifact, seconds) in self.made.items():
            told = msgspec.structs.replace(artifact, data=b"", beside=())
            self.made[item] = (told, seconds)

    def key_of(self, item: Wanted) -> str:
        """Return the key under which a cache holds a file: that of its text and its format."""
        _, translation = self.made_from.of_language(item.lang)
        beside = "carded" if self.carded else ""
        gaps, sisters = "gaps" if item.gaps else "", msgspec.json.encode(self.sisters(item))
        return digest.of(self.key, str(item), translation, gaps, beside, sisters)

    @property
    def keys_of_reading(self) -> tuple[str, ...]:
        """The keys under which a cache may hold what reading told; the first is its own.

        The translations are not read where none is asked for, but may have been before.
        """
        translations = self.made_from.translations
        whole = digest.of(self.key, "reading", msgspec.json.encode(translations))
        return (whole,) if self.translated else (digest.of(self.key, "reading"), whole)

    # --- what comes of it ------------------------------------------------------------------------

    def record_lacking(self, item: Wanted | None, error: FaircopyError) -> None:
        """Record what fonts lack for a file (None: for the cover), which costs that file alone."""
        self.findings += self.placed(error.diagnostics)
        self.bare = self.bare or not item
        if item:
            self.lacking.append(item)
        self.broken = self.broken or set(self.wanted) <= set(self.lacking)

    def fail(self, error: BaseException) -> None:
        """Record why the set can't be published."""
        self.broken = True
        if isinstance(error, EditionError):
            self.findings += self.placed(error.diagnostics)
            return
        if isinstance(error, FaircopyError):
            self.findings += error.diagnostics
            return
        if isinstance(error, OSError) and (found := disk.no_room(error)):
            self.findings.append(found)
            return
        if memory.is_lacking(error):
            said = Diagnostic("memory-full", Severity.ERROR, memory.SAID, memory.REMEDY)
            self.findings += self.placed([said])
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

    def placed(self, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Give what has no place the manuscript's name: nobody knows of which it is said else."""
        place = Place(self.made_from.source.name)
        for item in found:
            yield item if item.place else msgspec.structs.replace(item, place=place)

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return every finding about this manuscript, each once."""
        read = self.reading.diagnostics if self.reading else ()
        of_files = (item for wanted in self.made for item in self._said_of(wanted))
        return tuple(dict.fromkeys((*read, *of_files, *self.findings)))

    def _said_of(self, wanted: Wanted) -> Iterator[Diagnostic]:
        """Yield what was said of a file; what has no place names the manuscript.

        Of a translation's file it names the file.
        """
        artifact, _ = self.made[wanted]
        own = self.made_from.source.name
        place = Place(f"{self.slug}.{artifact.name}" if wanted.lang else own)
        for item in artifact.diagnostics:
            yield item if item.place else msgspec.structs.replace(item, place=place)

    def new_set(self) -> NewSet:
        """Return what is to be published."""
        assert self.reading is not None
        return NewSet(
            slug=self.slug,
            made_from=self.made_from,
            tools=self.reading.tools,
            files=tuple(
                (self._entry(wanted, one, format), one.data)
                for wanted, (artifact, _) in self.made.items()
                for one, format in (
                    (artifact, wanted.format.name),
                    *((one, one.name.split(".")[-2]) for one in artifact.beside),
                )
            ),
            without=tuple(self.refused),
            editions=tuple(artifact.about for artifact, _ in self.made.values() if artifact.about),
        )

    def _entry(self, wanted: Wanted, artifact: Artifact, format: str) -> FileEntry:
        """Return the record of a file that was made, or came along with one."""
        if not wanted.lang:
            return entry(self.slug, format, artifact, self.lang)
        standing = next(one for one in self.standings if one.lang == wanted.lang)
        name = f"{self.label(wanted.lang)}{artifact.name.removeprefix(primary(wanted.lang))}"
        made = entry(self.slug, format, artifact, wanted.lang)
        facts = {
            **made.facts,
            **({"reviewed": standing.reviews} if standing.reviews else {}),
            **({"machine_translated": standing.machine} if standing.machine else {}),
        }
        return msgspec.structs.replace(
            made,
            facts=facts,
            file=f"{self.slug}.{name}",
            draft=standing.draft,
            untranslated=standing.missing,
        )

    def record_published(self, entries: tuple[FileEntry, ...], dist: str) -> None:
        """Record what was published, with paths below ``dist``."""
        self.entries = entries
        by_name = {record.file: record for record in entries}
        self.files = tuple(
            File(
                path=f"{dist}/{self.slug}/{record.file}",
                format=wanted.format.name,
                page=wanted.page,
                lang=record.lang,
                bytes=record.bytes,
                sha256=record.sha256,
                pages=_number(record, "pages"),
                words=_number(record, "words"),
                seconds=self.made[wanted][1],
            )
            for wanted in (self.wanted if self.entries else ())
            if wanted in self.made
            if (record := by_name.get(self._entry(wanted, self.made[wanted][0], "").file))
        )


def _number(record: FileEntry, fact: str) -> int | None:
    value = record.facts.get(fact)
    return value if isinstance(value, int) else None
