"""How much there is to translate by how well it is known: the bands that agencies quote by.

``context`` are sentences translated at their own place, ``100 %`` those whose very words the memory
has, then near ones by likeness, ``repetitions`` those that stand further up and are as new there,
and ``new`` is the rest.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from faircopy.translation import codes
from faircopy.translation.align import NEAR, loose
from faircopy.translation.job import Job
from faircopy.translation.segments import SourceText

CONTEXT = "context"
EXACT = "100 %"
REPEATED = "repetitions"
NEW = "new"
_NEAR = ((95, "95-99 %"), (85, "85-94 %"), (NEAR, f"{NEAR}-84 %"))
NAMES = (CONTEXT, EXACT, *(name for _, name in _NEAR), REPEATED, NEW)


class Band(msgspec.Struct, frozen=True):
    """One band: how many sentences, words and characters are in it."""

    name: str
    segments: int = 0
    words: int = 0
    characters: int = 0


def bands(job: Job) -> tuple[Band, ...]:
    """Count a job's sentences by band, best known first; every band is there."""
    found = {name: [0, 0, 0] for name in NAMES}
    for name, plain in _banded(job.text, job):
        counts = found[name]
        counts[0] += 1
        counts[1] += len(plain.split())
        counts[2] += len(plain)
    return tuple(Band(name, *counts) for name, counts in found.items())


def _banded(text: SourceText, job: Job) -> Iterator[tuple[str, str]]:
    """Yield for every sentence its band and its words."""
    above: set[str] = set()
    for _, segment in text.segments():
        words = loose(segment.content)
        yield _band(segment.id, words, above, job), codes.plain(segment.content)
        above.add(words)


def _band(id: str, words: str, above: set[str], job: Job) -> str:
    if id in job.targets:
        return EXACT if id in job.recalled else CONTEXT
    if words in above:
        return REPEATED
    offer = job.offers.get(id)
    return next((name for least, name in _NEAR if offer and offer.likeness >= least), NEW)
