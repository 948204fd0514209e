"""Old translations and the text of today: which still fit, and which no longer do."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import StrEnum

import msgspec

from faircopy.translation import above, codes, moved
from faircopy.translation.codes import Content
from faircopy.translation.dividing import Divided, divided
from faircopy.translation.forms import Record
from faircopy.translation.joining import Joined, joined
from faircopy.translation.marks import understood
from faircopy.translation.segments import Segment, SourceText, likeness, ordinals, renumbered
from faircopy.translation.xml import nmtoken

NEAR = 75
"""Lowest likeness, in percent, at which an old translation is offered for a changed sentence."""

_WINDOW = 150
_QUOTES = str.maketrans("“”„«»‘’‚‹›′″", "\"\"\"\"\"''''''\"")


_DASHES = re.compile("-{2,3}|[‐‑‒–—―−]")
_MARKED = re.compile(r"(?<=\S) +(?=[;:!?»›](?:\W|$))|(?<=[«‹]) +")
"""The spaces before marks and within guillemets, as French has them."""


class Match(StrEnum):
    """How a sentence of today relates to what was translated."""

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    NEW = "new"


class Aligned(msgspec.Struct, frozen=True):
    """A sentence of today with the old record that fits best; for a new one there is none.

    ``target`` is the record's target with the tags numbered as the sentence has them; for a
    changed sentence it is an offer, to be looked at by a person. ``parts`` are the records that
    ``record`` was joined of, or the one that it is a part of.
    """

    segment: Segment
    match: Match
    record: Record | None = None
    target: Content = ()
    parts: tuple[Record, ...] = ()

    @property
    def likeness(self) -> int:
        """How like the old sentence is, in percent."""
        from rapidfuzz import fuzz

        if self.record is None or self.record.source is None:
            return 0
        return int(fuzz.ratio(loose(self.segment.content), loose(self.record.source)))


class Alignment(msgspec.Struct, frozen=True):
    """Every sentence of today in order, and the records that no sentence wants."""

    sentences: tuple[Aligned, ...]
    gone: tuple[Record, ...]

    def fitting(self) -> Mapping[str, Aligned]:
        """Return, by id, the sentences that were translated as they stand, and have their codes."""
        return self._with_their_codes(self.worded())

    def worded(self) -> dict[str, Aligned]:
        """Return, by id, the sentences whose words were translated as they stand.

        One that is said together with the one before it is so only behind that one, and as long
        as that one is translated.
        """
        found: dict[str, Aligned] = {}
        for one in self.sentences:
            id = one.segment.id
            if above.said(one.target, one.segment.content):
                fits = above.follows(id, found) and _still_follows(one, found)
            else:
                fits = one.match in (Match.SAME, Match.MOVED)
            if fits and one.target:
                found[id] = one
        return found

    def _with_their_codes(self, found: dict[str, Aligned]) -> dict[str, Aligned]:
        """Leave out translations whose codes are no longer those of their paragraph.

        Codes that a translator moved to another sentence are known by their numbers alone, as
        long as the whole paragraph is as it was.
        """
        odd = {
            moved.whole(id)
            for id, one in found.items()
            if moved.foreign(one.segment.content, one.target)
        }
        if not odd:
            return found
        paragraphs: dict[str, list[Aligned]] = defaultdict(list)
        for one in self.sentences:
            paragraphs[moved.whole(one.segment.id)].append(one)
        broken = {unit for unit in odd if not _unchanged(paragraphs[unit])}
        return {
            id: one
            for id, one in found.items()
            if moved.whole(id) not in broken or not moved.foreign(one.segment.content, one.target)
        }


def _unchanged(paragraph: Sequence[Aligned]) -> bool:
    """Whether a paragraph is as it was translated, and has all its codes."""
    there = [one for one in paragraph if one.record is not None]
    pairs = ((one.segment.content, one.target) for one in there)
    return all(map(_numbered_alike, there)) and moved.together(pairs)


def _numbered_alike(one: Aligned) -> bool:
    """Whether the codes of a paragraph's other sentences mean in a translation what they did."""
    if one.parts:  # joined or divided, and numbered anew
        return True
    same = one.match in (Match.SAME, Match.MOVED)
    return same and codes.tags(one.segment.content) == codes.tags(_source(one))


def _source(one: Aligned) -> Content:
    """Return the words that were translated; those of today where the file does not say."""
    known = one.record.source if one.record else None
    return one.segment.content if known is None else known


def _still_follows(one: Aligned, found: dict[str, Aligned]) -> bool:
    """Whether a sentence stands behind the same one as when it was said together with it."""
    if one.match is not Match.MOVED or one.record is None:
        return one.match is Match.SAME
    before = next(reversed(found.values())).record  # `found` ends with the sentence before it
    return before is not None and above.follows(one.record.id, {before.id})


def align(text: SourceText, records: Sequence[Record]) -> Alignment:
    """Find for every sentence of ``text`` the record of its translation.

    First by id and words, then by words alone (where the same words were translated in more
    than one way, the neighbours decide), then by the words of neighbours together, of old or of
    today, last by likeness, near the place where it stood.
    """
    segments = [segment for _, segment in text.segments()]
    sources = [loose(segment.content) for segment in segments]
    old = [loose(record.source) if record.source is not None else None for record in records]
    found = _by_id(segments, sources, records, old)
    used = set(found.values())
    moved = _by_words(sources, old, found, used)
    used |= set(moved.values())
    parts = _by_parts(sources, records, {**found, **moved}, used)
    used.update(*(one.places for one in parts.values()))
    last = {at: one.places[-1] for at, one in parts.items()}
    cut = _by_division(segments, {**found, **moved, **last}, records, used)
    used |= {one.record for one in cut.values()}
    last |= {at: one.record for at, one in cut.items()}
    near = _by_likeness(sources, old, {**found, **moved, **last}, used, records)
    used |= set(near.values())
    return Alignment(
        tuple(
            _joined(segment, parts[at], records)
            if at in parts
            else _divided(segment, at, cut[at], records)
            if at in cut
            else _aligned(segment, at, records, found, moved, near)
            for at, segment in enumerate(segments)
        ),
        tuple(record for at, record in enumerate(records) if at not in used),
    )


def loose(content: Content) -> str:
    """Return what is left of a sentence when an editor has its way with its typography.

    Quotation marks, dashes, dots and the spaces at marks are what word processors correct;
    spreadsheets take “2011.” for a number.
    """
    text = _MARKED.sub("", likeness(content)).replace("…", "...")
    words = " ".join(_DASHES.sub("-", text.translate(_QUOTES)).split())
    return words if any(map(str.isalpha, words)) else words.rstrip(".")


def _by_id(
    segments: Sequence[Segment],
    sources: Sequence[str],
    records: Sequence[Record],
    old: Sequence[str | None],
) -> dict[int, int]:
    """Map sentences to records of the same id and words (or of the id, when it has no words)."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, record in enumerate(records):
        places[record.id].append(at)
    found = {}
    for at, segment in enumerate(segments):
        named = places.get(segment.id) or places.get(nmtoken(segment.id)) or []
        fitting = [place for place in named if old[place] in (None, sources[at])]
        if fitting:
            found[at] = next((p for p in reversed(fitting) if records[p].target), fitting[-1])
    return found


def _by_words(
    sources: Sequence[str],
    old: Sequence[str | None],
    found: Mapping[int, int],
    used: set[int],
) -> dict[int, int]:
    free: dict[str, list[int]] = defaultdict(list)
    for place, words in enumerate(old):
        if words is not None and place not in used:
            free[words].append(place)
    moved: dict[int, int] = {}
    for at, words in enumerate(sources):
        if at in found or words not in free:
            continue
        candidates = free[words]
        neighbours = (sources[at - 1] if at else None, *sources[at + 1 : at + 2])
        best = max(candidates, key=lambda place: _same_neighbours(old, place, neighbours))
        candidates.remove(best)
        if not candidates:
            del free[words]
        moved[at] = best
    return moved


def _by_parts(
    sources: Sequence[str], records: Sequence[Record], found: Mapping[int, int], used: set[int]
) -> dict[int, Joined]:
    wanted = {words.replace(" ", ""): at for at, words in enumerate(sources) if at not in found}
    free = set(range(len(records))) - used
    return dict(joined(records, free, wanted, _close)) if wanted and free else {}


def _close(content: Content) -> str:
    """Return words as `loose` does, without spaces: there are none between sentences in Chinese."""
    return loose(content).replace(" ", "")


def _by_division(
    segments: Sequence[Segment],
    found: Mapping[int, int],
    records: Sequence[Record],
    used: set[int],
) -> dict[int, Divided]:
    missing = set(range(len(segments))) - set(found)
    free = set(range(len(records))) - used
    parts = divided(segments, missing, records, free, _close) if missing and free else ()
    return {at: one for one in parts if _has_its_codes(one, records) for at in one.segments}


def _has_its_codes(one: Divided, records: Sequence[Record]) -> bool:
    """Whether an old translation has the codes of the sentences that it was cut into."""
    record = records[one.record]
    return not moved.foreign(one.whole, retagged(record.target, record.source, one.whole))


def _divided(segment: Segment, at: int, one: Divided, records: Sequence[Record]) -> Aligned:
    """The first sentence has the translation of all, the others the mark that says so."""
    record = records[one.record]
    if at != one.segments[0]:
        mark = msgspec.structs.replace(
            record, id=segment.id, source=segment.content, target=(above.MARK,), remarks=()
        )
        return Aligned(segment, Match.SAME, mark, mark.target, (record,))
    target = retagged(record.target, record.source, one.whole)
    match = Match.SAME if record.id == segment.id else Match.MOVED
    return Aligned(segment, match, record, target, (record,))


def _joined(segment: Segment, one: Joined, records: Sequence[Record]) -> Aligned:
    target = retagged(one.record.target, one.record.source, segment.content)
    parts = tuple(records[place] for place in one.places)
    match = Match.SAME if one.record.id == segment.id else Match.MOVED
    return Aligned(segment, match, one.record, target, parts)


def _same_neighbours(
    old: Sequence[str | None], place: int, neighbours: Sequence[str | None]
) -> int:
    before = old[place - 1] if place else None
    after = old[place + 1] if place + 1 < len(old) else None
    return sum(a is not None and a == b for a, b in zip((before, after), neighbours, strict=False))


def _by_likeness(
    sources: Sequence[str],
    old: Sequence[str | None],
    found: Mapping[int, int],
    used: set[int],
    records: Sequence[Record],
) -> dict[int, int]:
    """Map what is left to the likest record that is left within a window of its place."""
    from rapidfuzz import fuzz, process

    free = [p for p, words in enumerate(old) if words and p not in used and records[p].target]
    near: dict[int, int] = {}
    expected = 0
    for at, words in enumerate(sources):
        if at in found:
            expected = found[at] + 1
            continue
        choices = {p: old[p] for p in free if abs(p - expected) <= _WINDOW}
        best = process.extractOne(words, choices, scorer=fuzz.ratio, score_cutoff=NEAR)
        if best:
            near[at] = best[2]
            free.remove(best[2])
            expected = best[2] + 1
    return near


def _aligned(
    segment: Segment,
    at: int,
    records: Sequence[Record],
    found: Mapping[int, int],
    moved: Mapping[int, int],
    near: Mapping[int, int],
) -> Aligned:
    for match, places in ((Match.SAME, found), (Match.MOVED, moved), (Match.CHANGED, near)):
        if at in places:
            record = records[places[at]]
            read = understood(record.target, record.source or segment.content)
            target = retagged(read, record.source, segment.content)
            return Aligned(segment, match, record, target)
    return Aligned(segment, Match.NEW)


def retagged(target: Content, old: Content | None, new: Content) -> Content:
    """Return a translation of ``old`` with the tags numbered as in ``new``."""
    if old is None or codes.tags(old) == codes.tags(new):
        return target
    numbers = {place: id for id, place in ordinals(new).items()}
    return renumbered(target, {id: numbers.get(place, id) for id, place in ordinals(old).items()})
