"""What is said of translations that came home, one by one and by their paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, pairwise

import msgspec

from faircopy.translation import above, checks, codes, faults, moved
from faircopy.translation.align import Aligned
from faircopy.translation.boxes import Boxes
from faircopy.translation.checks import Pair, Problem
from faircopy.translation.findings import Finding
from faircopy.translation.forms import Record, Returned
from faircopy.translation.moved import NO_MOVES, Moves
from faircopy.translation.names import NAMED, Names
from faircopy.translation.segments import Segment, SourceText, TextUnit
from faircopy.translation.terms import TermChecker, Terms


class Taken(msgspec.Struct, frozen=True):
    """One sentence that a file has a translation for."""

    aligned: Aligned
    record: Record
    target: codes.Content


class Judge:
    """Applies the checks of one pair of languages."""

    def __init__(
        self,
        text: SourceText,
        lang: str,
        terms: Terms,
        boxes: Boxes,
        moves: Mapping[str, Moves],
    ) -> None:
        self._moves = moves
        self._langs = text.lang, lang
        self._boxes = boxes
        self._terms = TermChecker(terms, lang)
        settled = (codes.plain(s.content) for unit, s in text.segments() if unit.role in NAMED)
        contents = (segment.content for _, segment in text.segments())
        self._names = Names(contents, chain(settled, terms.keep), text.lang)

    def findings(self, one: Taken, unit: TextUnit, taken: Mapping[str, Taken]) -> Iterator[Finding]:
        """Yield what is wrong or odd with one translation of a unit, beside its others."""
        segment = one.aligned.segment
        source = segment.content
        if above.said(one.target, source):
            if segment == unit.segments[0]:
                yield faults.nothing_above(one.aligned, one.record)
            if not codes.tags(source) or self._gave_all(segment):
                return
        else:
            targets = {s.id: taken[s.id].target for s in unit.segments if s.id in taken}
            said = next(s for s in above.together(unit.segments, targets) if s[0] == segment)
            all_of_it = len(said) > 1 and not moved.foreign(above.whole(said), one.target)
            if all_of_it or not any(codes.tags(other.content) for other in said[1:]):
                source = above.whole(said)
        pair = Pair(
            source,
            one.target,
            unit.codes,
            unit.role,
            *self._langs,
            unit.id in self._boxes,
            self._names,
            self._moves.get(segment.id, NO_MOVES) if source == segment.content else NO_MOVES,
        )
        check: Callable[[Pair], Iterator[Problem]]
        for check in (checks.check, self._terms.check):
            for problem in check(pair):
                yield Finding(
                    problem.check,
                    problem.severity,
                    segment.id,
                    problem.message,
                    problem.remedy,
                    one.record.place,
                )

    def _gave_all(self, segment: Segment) -> bool:
        """Whether all codes of a sentence stand in another of its unit."""
        gone = self._moves.get(segment.id, NO_MOVES).gone
        return Counter(gone) == Counter(codes.tags(segment.content))


def moves_in(text: SourceText, taken: Mapping[str, Taken]) -> dict[str, Moves]:
    """Return the codes that stand in another sentence of their unit, by sentence id."""
    targets = {id: one.target for id, one in taken.items()}
    return {
        id: one
        for unit in text.units()
        if unit.codes
        for id, one in moved.moves(unit.segments, targets).items()
    }


def too_long(text: SourceText, taken: Mapping[str, Taken], boxes: Boxes) -> Iterator[Finding]:
    """Yield the texts, translated whole, that are larger than their room in the edition."""
    for unit in text.units() if boxes else ():
        box = boxes.get(unit.id)
        found = [taken[s.id] for s in unit.segments if s.id in taken]
        if box is None or len(found) < len(unit.segments):
            continue
        own = [one for one in found if not above.said(one.target, one.aligned.segment.content)]
        count = box.count(" ".join(codes.plain(one.target) for one in own))
        if count > box.lines:
            yield faults.too_long(found[0].aligned, found[0].record, box, count)


def left_open(
    returned: Sequence[Returned], text: SourceText, taken: Mapping[str, Taken]
) -> Iterator[Finding]:
    """Yield the few sentences that a file leaves open behind one that it translates.

    A translator who said two in one thinks that it is whole.
    """
    records = (record for one in returned for record in one.records if not record.target)
    left = {record.id: record for record in records if record.id not in taken}
    if len(left) > _FEW:
        return
    for unit in text.units():
        for before, segment in pairwise(unit.segments):
            if before.id in taken and segment.id in left:
                yield faults.left_open(segment.id, left[segment.id])


_FEW = 3
"""So many sentences are left open by oversight, and not because the work is not done."""
