"""What the tasks ``translate.export``, ``translate.import`` and ``translate.status`` do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePath
from typing import TypeAlias

import msgspec

from faircopy.core.diagnostics import Diagnostic, EditionError, Place
from faircopy.core.files import real
from faircopy.core.model import Publication, Reviewed
from faircopy.languages.tags import primary
from faircopy.translation import archive, bands, codes, kit, remarks, reviewing, sheet
from faircopy.translation.align import Aligned, Match, loose
from faircopy.translation.bands import Band
from faircopy.translation.boxes import NO_BOXES, Boxes
from faircopy.translation.difference import difference
from faircopy.translation.home import Rules, as_diagnostics, brought_home, waivers_file
from faircopy.translation.intake import Incoming, incoming
from faircopy.translation.job import Job, Signature, Target
from faircopy.translation.kit import Layout, Settled
from faircopy.translation.localize import Words, localize
from faircopy.translation.recall import Recalled, recalled
from faircopy.translation.remarks import Decision, Kept
from faircopy.translation.reviewing import NOBODY, Hand
from faircopy.translation.segments import SourceText, extract
from faircopy.translation.sheet import Score
from faircopy.translation.store import Store, Translation

Rich: TypeAlias = Callable[[bytes, str], bytes]
RTF = b"{\\rtf"
Measure: TypeAlias = Callable[[SourceText, str], Boxes]
"""Returns the room that the texts of a publication have in an edition in a language."""


def unmeasured(text: SourceText, lang: str) -> Boxes:
    """Return no boxes, where nobody knows the look."""
    return NO_BOXES


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """A bundle for one language: its file name, its bytes, and how much there is to do."""

    name: str
    data: bytes
    total: int
    translated: int
    bands: tuple[Band, ...] = ()


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What an import brought."""

    lang: str
    forms: tuple[str, ...]
    taken: int
    translated: int
    total: int
    diagnostics: tuple[Diagnostic, ...]


class Change(msgspec.Struct, frozen=True):
    """A sentence that is not translated as it stands: why, and what changed in its words."""

    segment: str
    match: Match
    words: str


class Move(msgspec.Struct, frozen=True):
    """A sentence that is translated and stands elsewhere now: its id of today, and the old one."""

    segment: str
    before: str


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """How a language stands: sentences by match, those that need work, and those that moved.

    ``queries`` are the open ones of the source, with what was done there; ``remarks`` says how many
    of the translators' wait for an answer. ``reviews`` are who reviewed it; ``unreviewed`` ones
    nobody has, of ``claimed`` ones a file says that somebody had, and ``machine`` are those that a
    machine translated and nobody has touched; ``errors`` are what an error sheet counts.
    """

    lang: str
    total: int
    translated: int
    draft: bool
    counts: dict[Match, int]
    changes: tuple[Change, ...]
    moves: tuple[Move, ...]
    queries: tuple[Decision, ...] = ()
    remarks: int = 0
    reviews: tuple[Reviewed, ...] = ()
    unreviewed: int = 0
    claimed: int = 0
    machine: int = 0
    errors: Score | None = None


def export(
    publication: Publication,
    folder: Path,
    lang: str,
    layout: Layout | None = None,
    measure: Measure = unmeasured,
    *,
    rest: bool = False,
) -> Exported:
    """Return the bundle for a language, with everything filled in that is translated already.

    That is also what the memory has for the very words; near translations are offered.

    ``layout`` is the edition in the source's language, with ids in its margin. With ``rest`` the
    bundle has the sentences that are not translated as they stand, and no others.

    Raises:
        EditionError: nothing is left to be translated.
    """
    text, store = extract(publication), Store(folder)
    translation = store.translation(text, lang)
    memory = store.memory()
    found = recalled(text, translation, memory)
    left = frozenset(s.id for _, s in text.segments()) - translation.targets.keys()
    if rest and not left:
        raise EditionError.because(
            "nothing-open",
            f"Every sentence of {text.slug} is translated into {lang} as it stands.",
            "Leave --open out for a bundle of everything, to review it.",
            Place(publication.source_path),
        )
    job = Job(
        text=text,
        lang=lang,
        targets={**found.exact, **translation.targets},
        offers=found.near,
        pages=layout.pages if layout else {},
        boxes=measure(text, lang),
        answers=remarks.answers(store.remarks(lang)),
        reviews={id: Signature(one.by, one.date) for id, one in translation.reviews.items()},
        reviewed=translation.reviewed,
        recalled=frozenset(found.exact.keys() - translation.targets.keys()),
        only=left if rest else None,
    )
    settled = Settled(terms=store.terms(), memory=memory, layout=layout)
    return Exported(
        name=f"{text.slug}.{primary(text.lang)}-{lang}{'.open' if rest else ''}.translation.zip",
        data=kit.bundle(job, publication, settled),
        total=len(left) if rest else translation.total,
        translated=len(job.targets.keys() & left) if rest else len(job.targets),
        bands=bands.bands(job),
    )


def take_in(
    publication: Publication,
    folder: Path,
    files: Sequence[Path],
    lang: str = "",
    measure: Measure = unmeasured,
    hand: Hand = NOBODY,
) -> Imported:
    """Check what translators sent back and store it in the manuscript's folder.

    Raises:
        ImportRefused: it cannot be taken in; nothing has been changed.
        PublishError: it could not be stored; nothing has been changed.
    """
    place = PurePath(publication.source_path).parent.as_posix()
    return keep(opened(files, lang), extract(publication), folder, place, lang, measure, hand)


def opened(files: Sequence[Path], lang: str = "", rich: Rich | None = None) -> Incoming:
    """Return what stands in returned files; of a memory of many languages what is in ``lang``.

    ``rich`` makes an OpenDocument text of RTF, where somebody can.

    Raises:
        ImportRefused: a file cannot be read.
    """
    read = [(path.name or real(path).name, _read(path)) for path in files]
    if rich:
        read = [(n, rich(data, n) if data.startswith(RTF) else data) for n, data in read]
    return incoming(read, lang)


def keep(
    found: Incoming,
    text: SourceText,
    folder: Path,
    place: str,
    lang: str = "",
    measure: Measure = unmeasured,
    hand: Hand = NOBODY,
) -> Imported:
    """Check what was read of returned files, and store it: see ``take_in``.

    ``place`` is what diagnostics call the manuscript's folder; ``hand`` says who stands behind what
    is claimed, and whether the good is taken without the rest.
    """
    store = Store(folder)
    rules = Rules(
        lang=lang,
        terms=store.terms(),
        waivers=store.waivers,
        folder=place,
        boxes=partial(measure, text),
        stored=store.languages(),
        remarks=store.remarks,
        by=hand.by,
        day=hand.day,
        manner=hand.manner,
    )
    home = brought_home(found, text, rules)
    done = store.accept(text, home, hand.translators.get(home.lang, ""))
    said = remarks.decisions(text, contents(done.targets), store.remarks(home.lang))
    return Imported(
        lang=home.lang,
        forms=home.forms,
        taken=len(home.targets),
        translated=len(done.targets),
        total=sum(1 for _ in text.segments()),
        diagnostics=(
            *as_diagnostics(home.findings, waivers_file(rules.folder, home.lang)),
            *remarks.untold(home.lang, said),
            *reviewing.told(home, done),
        ),
    )


def contents(targets: Mapping[str, Target]) -> dict[str, codes.Content]:
    """Return the words of translations by sentence id."""
    return {id: target.content for id, target in targets.items()}


def resemblance(text: SourceText, found: Incoming) -> float:
    """Return which part of the sentences in returned files are of a text, from 0 to 1."""
    words = {loose(segment.content) for _, segment in text.segments()}
    ids = {segment.id for _, segment in text.segments()}
    records = [record for returned in found.returned for record in returned.records]
    rows = [change for returned in found.returned for change in returned.changes]
    fitting = sum(change.segment in ids for change in rows) + sum(
        record.id in ids if record.source is None else loose(record.source) in words
        for record in records
    )
    return fitting / max(len(records) + len(rows), 1)


def _read(path: Path) -> bytes:
    with archive.readable(path, "Give the path of the file or folder that came back."):
        return archive.folder(real(path)) if path.is_dir() else archive.file(path)


def status(publication: Publication, folder: Path) -> tuple[Status, ...]:
    """Return how every language stands, and which sentences are new or changed."""
    text, store = extract(publication), Store(folder)
    memory = store.memory()
    return tuple(
        _status(one, recalled(text, one, memory), text, store.remarks(one.lang))
        for one in translations(publication, folder).values()
    )


def _status(
    translation: Translation, found: Recalled, text: SourceText, kept: Sequence[Kept]
) -> Status:
    sentences, targets = translation.alignment.sentences, translation.targets
    needs = {
        one.segment.id: Match.CHANGED if one.segment.id in found.near else Match.NEW
        for one in sentences
        if one.segment.id not in targets
    }
    counts = Counter(needs.get(one.segment.id, one.match) for one in sentences)
    return Status(
        lang=translation.lang,
        total=translation.total,
        translated=len(targets),
        draft=translation.draft,
        counts={match: counts[match] for match in Match},
        changes=tuple(
            Change(one.segment.id, needs[one.segment.id], _difference(one, found))
            for one in sentences
            if one.segment.id in needs
        ),
        moves=tuple(
            Move(one.segment.id, one.record.id)
            for one in sentences
            if one.match is Match.MOVED and one.record and one.segment.id in targets
        ),
        reviews=translation.reviewed,
        unreviewed=len(targets) - len(translation.reviews),
        claimed=len(translation.claims),
        machine=len(translation.machines),
        errors=sheet.score(text, translation.recorded.change),
        queries=remarks.decisions(text, contents(targets), kept),
        remarks=sum(1 for one in kept if not (one.answer or one.query)),
    )


def _difference(one: Aligned, found: Recalled) -> str:
    """Return a sentence with what changed in it, where it was translated before."""
    offer = found.near.get(one.segment.id)
    if offer is None:
        return " ".join(codes.plain(one.segment.content).split())
    return difference(offer.source, one.segment.content)


def translations(publication: Publication, folder: Path) -> dict[str, Translation]:
    """Return every stored translation, held against the text of today, sorted by language."""
    text, store = extract(publication), Store(folder)
    return {lang: store.translation(text, lang) for lang in store.languages()}


def in_language(
    publication: Publication, translation: Translation, *, mark_missing: bool
) -> Publication:
    """Return a publication in the language of a translation."""
    words = Words(translation.lang, contents(translation.targets), mark_missing)
    there = localize(publication, words)
    return msgspec.structs.replace(there, draft=translation.draft, reviews=translation.reviewed)
