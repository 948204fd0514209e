"""What the memory has for sentences that are not translated as they stand.

A translation of the very words is filled into the next bundle, where a person sees it before it
counts; of words that are near, it is offered. Neither is built into an edition by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from faircopy.languages.tags import primary
from faircopy.translation import moved
from faircopy.translation.align import NEAR, loose, retagged
from faircopy.translation.job import Offer, State, Target
from faircopy.translation.segments import Segment, SourceText
from faircopy.translation.store import Translation
from faircopy.translation.tmx import Remembered

LOOKUPS = 2_000
"""Most sentences that near words are looked for: a millisecond each in a book's memory."""


class Recalled(msgspec.Struct, frozen=True):
    """Translations of the same words, and offers of near ones, by sentence id."""

    exact: Mapping[str, Target]
    near: Mapping[str, Offer]


def recalled(text: SourceText, translation: Translation, memory: Iterable[Remembered]) -> Recalled:
    """Look up what ``translation`` lacks; of several pairs the newest counts.

    A text of which more than ``LOOKUPS`` sentences are new is another text: the rest of them get
    no offers.
    """
    known = {
        loose(one.source): one
        for one in memory
        if one.lang == translation.lang and primary(one.source_lang) == primary(text.lang)
    }
    exact: dict[str, Target] = {}
    near: dict[str, Offer] = dict(translation.offers)
    there = translation.targets
    left = LOOKUPS
    for _, segment in text.segments():
        if segment.id in there or not known:
            continue
        if same := known.get(loose(segment.content)):
            target = retagged(same.target, same.source, segment.content)
            if moved.foreign(segment.content, target):
                near.setdefault(segment.id, Offer(99, same.source, same.target))
                continue
            exact[segment.id] = Target(target, State.TRANSLATED)
            near.pop(segment.id, None)
        elif segment.id not in near and left:
            left -= 1
            if offer := _nearest(segment, known):
                near[segment.id] = offer
    return Recalled(exact, near)


def _nearest(segment: Segment, known: Mapping[str, Remembered]) -> Offer | None:
    from rapidfuzz import fuzz, process

    best = process.extractOne(
        loose(segment.content), known.keys(), scorer=fuzz.ratio, score_cutoff=NEAR
    )
    if best is None:
        return None
    one = known[best[0]]
    return Offer(int(best[1]), one.source, one.target)
