"""The truth about translations: ``source/<slug>/translations/<lang>.xlf`` and ``memory.tmx``."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

from faircopy.core.diagnostics import PublishError
from faircopy.manuscript import beside
from faircopy.translation import FOLDER, above, findings, remarks, terms, tmx, xliff2, xliff_read
from faircopy.translation.align import Alignment, Match, align
from faircopy.translation.findings import Waiver
from faircopy.translation.forms import Record
from faircopy.translation.home import Homecoming
from faircopy.translation.job import REVIEWED, Job, Offer, State, Target
from faircopy.translation.remarks import Kept
from faircopy.translation.segments import SourceText
from faircopy.translation.terms import Terms
from faircopy.translation.tmx import Remembered

MEMORY = "memory.tmx"


class Translation(msgspec.Struct, frozen=True, kw_only=True):
    """A stored translation beside the text of today."""

    lang: str
    alignment: Alignment
    total: int

    @property
    def targets(self) -> Mapping[str, Target]:
        """The translations that still fit their sentences, by sentence id."""
        return {
            id: Target(one.target, one.record.state if one.record else State.TRANSLATED)
            for id, one in self.alignment.fitting().items()
        }

    @property
    def offers(self) -> Mapping[str, Offer]:
        """Old translations of sentences that changed a little, by sentence id."""
        return {
            one.segment.id: Offer(one.likeness, one.record.source, one.record.target)
            for one in self.alignment.sentences
            if one.match is Match.CHANGED and one.record and one.record.source and one.target
        }

    @property
    def complete(self) -> bool:
        """Whether every sentence of today is translated."""
        return len(self.targets) == self.total

    @property
    def draft(self) -> bool:
        """Whether some sentence has not been reviewed."""
        return any(target.state not in REVIEWED for target in self.targets.values())


class Store:
    """The translations of one manuscript, in its folder."""

    def __init__(self, manuscript: Path) -> None:
        """``manuscript`` is the folder of the manuscript; nothing in it need exist yet."""
        self._manuscript = manuscript
        self._folder = manuscript / FOLDER

    def languages(self) -> tuple[str, ...]:
        """Return the tags of the languages that there are translations in, sorted."""
        return tuple(sorted(path.stem for path in self._folder.glob("*.xlf")))

    def records(self, lang: str) -> tuple[Record, ...]:
        """Return what is stored for a language; nothing when there is nothing.

        Raises:
            ImportRefused: the stored file is broken.
        """
        path = self._folder / f"{lang}.xlf"
        if not path.is_file():
            return ()
        return xliff_read.read(path.read_bytes(), self._name(path)).records

    def translation(self, text: SourceText, lang: str) -> Translation:
        """Return the stored translation, held against the text of today."""
        return Translation(
            lang=lang,
            alignment=align(text, [one for one in self.records(lang) if one.target]),
            total=sum(1 for _ in text.segments()),
        )

    def memory(self) -> tuple[Remembered, ...]:
        """Return every pair that was ever accepted."""
        path = self._folder / MEMORY
        return tmx.read(path.read_bytes(), self._name(path)) if path.is_file() else ()

    def waivers(self, lang: str) -> tuple[Waiver, ...]:
        """Return the warnings that were looked at and let stand."""
        path = self._folder / findings.waivers_name(lang)
        return findings.read_waivers(path.read_bytes(), self._name(path)) if path.is_file() else ()

    def remarks(self, lang: str) -> tuple[Kept, ...]:
        """Return what translators remarked, as far as nobody has taken it out."""
        path = self._folder / remarks.name(lang)
        return remarks.read(path.read_bytes(), self._name(path)) if path.is_file() else ()

    def terms(self) -> Terms:
        """Return the glossary and the do-not-translate list."""
        return terms.read_terms(beside.terms(self._manuscript), self._manuscript.name)

    def accept(self, text: SourceText, home: Homecoming) -> Mapping[str, Target]:
        """Store what came home over what there was; all of it or, on an error, nothing.

        Returns all that is translated now, by sentence id.

        Raises:
            PublishError: the files could not be written; the old ones stand as they were.
        """
        before = self.translation(text, home.lang)
        stored = before.targets
        kept = {id: target for id, target in stored.items() if id in home.leverage}
        come = {id: _newer(stored.get(id), target) for id, target in home.targets.items()}
        targets = {**stored, **come, **kept}
        job = Job(text=text, lang=home.lang, targets=targets)
        contents = {id: target.content for id, target in targets.items()}
        new = [
            Remembered.of(text.lang, home.lang, said[0].content, contents[said[0].id])
            for unit in text.units()
            for said in above.together(unit.segments, contents)
            if len(said) == 1 and said[0].id in contents
        ]
        changed = [
            Remembered.of(text.lang, home.lang, record.source, record.target)
            for record in _superseded(before)
            if record.source is not None
        ]
        old = [Remembered.of(text.lang, home.lang, o.source, o.target) for o in home.outdated]
        memory = tmx.grown(self.memory(), (*changed, *old, *new))
        files = {
            self._folder / f"{home.lang}.xlf": xliff2.write(job),
            self._folder / MEMORY: tmx.write(memory, text.lang),
        }
        if home.remarks:
            said = remarks.grown(self.remarks(home.lang), home.remarks)
            files[self._folder / remarks.name(home.lang)] = remarks.write(said)
        _replace(files)
        return targets

    def _name(self, path: Path) -> str:
        return str(Path(self._manuscript.name) / path.relative_to(self._manuscript))


def _newer(old: Target | None, new: Target) -> Target:
    """Return what came home; words that are as they were keep their review.

    Forms without states, and tools that lose them, take nothing back.
    """
    same = old is not None and old.state in REVIEWED and old.content == new.content
    return old if same and old and new.state not in REVIEWED else new


def _superseded(before: Translation) -> list[Record]:
    """Return stored translations whose sentence changed or is gone: they go to the memory."""
    changed = [
        one.record
        for one in before.alignment.sentences
        if one.match is Match.CHANGED and one.record is not None
    ]
    return [record for record in (*changed, *before.alignment.gone) if record.target]


def _replace(files: Mapping[Path, bytes]) -> None:
    """Write files beside their places first, and put them there when all are written."""
    beside = {path: path.with_name(f".{path.name}.new") for path in files}
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with beside[path].open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        for path, new in beside.items():
            new.replace(path)
    except OSError as error:
        for new in beside.values():
            new.unlink(missing_ok=True)
        raise PublishError.because(
            "translations-not-written",
            f"the translations could not be stored: {error}",
            "Free space or change the folder's permissions, and import again.",
        ) from error
