"""The truth about translations: ``source/<slug>/translations/<lang>.xlf`` and ``memory.tmx``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from pathlib import Path

import msgspec

from faircopy.core import files
from faircopy.core.diagnostics import PublishError
from faircopy.core.model import Reviewed
from faircopy.manuscript import beside
from faircopy.translation import (
    FOLDER,
    above,
    codes,
    findings,
    moved,
    remarks,
    reviews,
    terms,
    tmx,
    xliff2,
    xliff_read,
)
from faircopy.translation.align import Aligned, Alignment, Match, align
from faircopy.translation.codes import Content
from faircopy.translation.findings import Waiver
from faircopy.translation.forms import Change, Record
from faircopy.translation.home import Homecoming
from faircopy.translation.job import REVIEWED, Job, Offer, Signature, State, Target
from faircopy.translation.remarks import Kept
from faircopy.translation.reviews import NO_REVIEWS, Review, Reviews
from faircopy.translation.segments import SourceText
from faircopy.translation.terms import Terms
from faircopy.translation.tmx import Remembered
from faircopy.translation.xml import nmtoken

MEMORY = "memory.tmx"
_NEARLY = 99
"""Likeness of a sentence whose words are translated, but for its codes."""


class Translation(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A stored translation beside the text of today; ``recorded`` is who reviewed it."""

    lang: str
    alignment: Alignment
    total: int
    recorded: Reviews = NO_REVIEWS

    @property
    def targets(self) -> Mapping[str, Target]:
        """The translations that still fit their sentences, by sentence id."""
        return {
            id: Target(one.target, one.record.state, one.record.machine)
            if one.record
            else Target(one.target)
            for id, one in self.alignment.fitting().items()
        }

    @cached_property
    def without_codes(self) -> Mapping[str, Aligned]:
        """Translations of today's words whose codes are no longer those of their paragraph."""
        fitting, worded = self.targets, self.alignment.worded()
        return {
            id: one
            for id, one in worded.items()
            if id not in fitting and not above.said(one.target, one.segment.content)
        }

    @property
    def offers(self) -> Mapping[str, Offer]:
        """Old translations of sentences that changed a little, by sentence id."""
        near = {
            one.segment.id: Offer(one.likeness, one.record.source, one.record.target)
            for one in self.alignment.sentences
            if one.match is Match.CHANGED and one.record and one.record.source and one.target
        }
        apart = {
            id: Offer(_NEARLY, one.segment.content, moved.own(one.segment.content, one.target))
            for id, one in self.without_codes.items()
        }
        return {**near, **apart}

    @property
    def complete(self) -> bool:
        """Whether every sentence of today is translated."""
        return len(self.targets) == self.total

    @property
    def draft(self) -> bool:
        """Whether some sentence has not been reviewed by a named person as it stands."""
        return not self.targets.keys() <= self.reviews.keys()

    @cached_property
    def reviews(self) -> Mapping[str, Review]:
        """Who reviewed each sentence as it stands, by sentence id."""
        known = self.recorded.known() if self.recorded.review else {}
        found = ((id, _review(one, known)) for id, one in self.alignment.fitting().items())
        return {id: review for id, review in found if review}

    @property
    def claims(self) -> tuple[str, ...]:
        """The sentences of which a file claims a review that no named person stands behind."""
        targets, reviews = self.targets, self.reviews
        return tuple(
            id for id, one in targets.items() if one.state in REVIEWED and id not in reviews
        )

    @property
    def machines(self) -> tuple[str, ...]:
        """The sentences that a machine translated, and nobody has edited or reviewed."""
        reviews = self.reviews
        return tuple(id for id, one in self.targets.items() if one.machine and id not in reviews)

    @property
    def reviewed(self) -> tuple[Reviewed, ...]:
        """Who reviewed how much of it, when, and how many sentences they changed."""
        return reviews.summary(self.reviews, self.recorded.change)


def _review(one: Aligned, known: Mapping[tuple[str, str], Review]) -> Review | None:
    """Return the review of a sentence, of one that was joined only if all its parts have one."""
    records = one.parts or ((one.record,) if one.record else ())
    found = [
        known.get((nmtoken(record.id), reviews.words(record.source or (), record.target)))
        for record in records
    ]
    return min((r for r in found if r), key=lambda r: r.date) if found and all(found) else None


class Accepted(msgspec.Struct, frozen=True):
    """What is stored now: translations, who reviewed them, and what lost its review."""

    targets: Mapping[str, Target]
    reviews: Mapping[str, Review]
    revoked: tuple[str, ...] = ()


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
            recorded=self.reviews(lang),
        )

    def reviews(self, lang: str) -> Reviews:
        """Return who reviewed the translation into a language."""
        path = self._folder / reviews.name(lang)
        return reviews.read(path.read_bytes(), self._name(path)) if path.is_file() else NO_REVIEWS

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

    def accept(self, text: SourceText, home: Homecoming, translator: str = "") -> Accepted:
        """Store what came home over what there was; all of it or, on an error, nothing.

        ``translator`` is who translated, as far as anybody says.

        Raises:
            PublishError: the files could not be written; the old ones stand as they were.
        """
        before = self.translation(text, home.lang)
        stored = before.targets
        kept = {id: target for id, target in stored.items() if id in home.leverage}
        come = {id: _newer(stored.get(id), target) for id, target in home.targets.items()}
        targets = {**stored, **come, **kept}
        signed = {id: one for id, one in home.signed.items() if id not in kept}
        reviewed = _reviewed(before, targets, signed, translator)
        recorded = Reviews(
            review=before.recorded.review,
            change=reviews.grown(before.recorded.change, (*_changes(stored, home), *home.changes)),
        )
        contents = {id: target.content for id, target in targets.items()}
        new = [
            _remembered(text.lang, home.lang, said[0].content, contents[said[0].id])
            for unit in text.units()
            for said in above.together(unit.segments, contents)
            if len(said) == 1 and said[0].id in contents
        ]
        changed = [
            _remembered(text.lang, home.lang, record.source, record.target)
            for record in _superseded(before)
            if record.source is not None
        ]
        old = [Remembered.of(text.lang, home.lang, o.source, o.target) for o in home.outdated]
        memory = tmx.grown(self.memory(), (*changed, *old, *new))
        made = self._files(text, home.lang, targets, reviewed, recorded)
        made[self._folder / MEMORY] = tmx.write(memory, text.lang)
        if home.remarks:
            said = remarks.grown(self.remarks(home.lang), home.remarks)
            made[self._folder / remarks.name(home.lang)] = remarks.write(said)
        _replace(made, self._manuscript)
        revoked = tuple(id for id in before.reviews if id in targets and id not in reviewed)
        return Accepted(targets, reviewed, revoked)

    def sign(
        self, text: SourceText, lang: str, ids: Collection[str], signature: Signature, own: bool
    ) -> Accepted:
        """Record that a named person has reviewed sentences as they stand.

        Raises:
            PublishError: the files could not be written; the old ones stand as they were.
        """
        before = self.translation(text, lang)
        review = Review(by=signature.by, date=signature.date, own=own)
        reviewed = {**before.reviews, **dict.fromkeys(ids, review)}
        targets = {
            id: _claimed(target) if id in reviewed else target
            for id, target in before.targets.items()
        }
        made = self._files(text, lang, targets, reviewed, before.recorded)
        _replace(made, self._manuscript)
        return Accepted(targets, reviewed)

    def _files(
        self,
        text: SourceText,
        lang: str,
        targets: Mapping[str, Target],
        reviewed: Mapping[str, Review],
        recorded: Reviews,
    ) -> dict[Path, bytes]:
        """Return the files of a language: the translation, and who reviewed it."""
        signed = {id: Signature(one.by, one.date) for id, one in reviewed.items()}
        job = Job(text=text, lang=lang, targets=targets, reviews=signed)
        made = {self._folder / f"{lang}.xlf": xliff2.write(job)}
        path = self._folder / reviews.name(lang)
        hashes = {
            segment.id: reviews.words(segment.content, targets[segment.id].content)
            for _, segment in text.segments()
            if segment.id in reviewed
        }
        said = Reviews(review=reviews.regrouped(reviewed, hashes), change=recorded.change)
        if said != NO_REVIEWS or path.is_file():
            made[path] = reviews.write(said)
        return made

    def _name(self, path: Path) -> str:
        return str(Path(self._manuscript.name) / path.relative_to(self._manuscript))


def _newer(old: Target | None, new: Target) -> Target:
    """Return what came home; words that are as they were keep their review, or their machine.

    Forms without states, and tools that lose them, take nothing back.
    """
    if old is None or old.content != new.content:
        return new
    if old.state in REVIEWED and new.state not in REVIEWED:
        return old
    return msgspec.structs.replace(new, machine=old.machine and new.state not in REVIEWED)


def _claimed(target: Target) -> Target:
    """Return a translation as one that is reviewed, and a person's."""
    state = target.state if target.state in REVIEWED else State.REVIEWED
    return Target(target.content, state)


def _reviewed(
    before: Translation,
    targets: Mapping[str, Target],
    signed: Mapping[str, Signature],
    translator: str,
) -> dict[str, Review]:
    """Return the reviews that stand: old ones of what is as it was, and new ones.

    Cells and comments that still have an old review's signature sign no other words.
    """
    stored, old = before.targets, before.reviews
    found: dict[str, Review] = {}
    for id, target in targets.items():
        same = id in stored and stored[id].content == target.content
        one, sign = old.get(id), signed.get(id)
        stale = one is not None and sign is not None and (sign.by, sign.date) == (one.by, one.date)
        if sign and not stale:
            found[id] = Review(by=sign.by, date=sign.date, own=_is(sign.by, translator))
        elif one and same:
            found[id] = one
    return found


def _is(one: str, other: str) -> bool:
    return bool(one) and one.casefold().split() == other.casefold().split()


def _changes(stored: Mapping[str, Target], home: Homecoming) -> Iterator[Change]:
    """Yield what a named reviewer changed in what was translated before, and why."""
    for id, target in home.targets.items():
        sign = home.signed.get(id) or home.by
        old = stored.get(id)
        if sign and sign.by and old and old.content != target.content and id not in home.leverage:
            yield Change(
                segment=id,
                by=sign.by,
                date=sign.date,
                before=codes.notation(old.content),
                after=codes.notation(target.content),
                why="; ".join(one.text for one in home.remarks if one.segment == id),
            )


def _remembered(source_lang: str, lang: str, source: Content, target: Content) -> Remembered:
    """Return a pair for the memory, without codes that are of other sentences."""
    return Remembered.of(source_lang, lang, source, moved.own(source, target))


def _superseded(before: Translation) -> list[Record]:
    """Return stored translations whose sentence changed or is gone: they go to the memory."""
    changed = [
        one.record
        for one in before.alignment.sentences
        if one.match is Match.CHANGED and one.record is not None
    ]
    apart = [one.record for one in before.without_codes.values() if one.record]
    return [r for r in (*changed, *apart, *before.alignment.gone) if r.target]


def _replace(made: Mapping[Path, bytes], manuscript: Path) -> None:
    """Write files beside their places first, and put them there when all are written."""
    beside: dict[Path, Path] = {}
    try:
        for path, data in made.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            beside[path] = files.aside(path, data, within=manuscript)
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
