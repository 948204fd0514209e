"""Codes that a translation has in another sentence of the same paragraph than the source.

A translator who orders a paragraph anew takes its footnotes and links along. Codes are numbered
through a paragraph, so that a code is known wherever in it it stands: what matters is that the
paragraph has each of them once. Such sentences hold together: when one of them changes in the
source, all of them are to be translated again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from faircopy.translation import codes
from faircopy.translation.codes import Content, Tag
from faircopy.translation.segments import Segment


class Moves(msgspec.Struct, frozen=True):
    """The codes that a sentence gave to others of its paragraph, and those that it got."""

    gone: tuple[Tag, ...] = ()
    come: tuple[Tag, ...] = ()


NO_MOVES = Moves()


def moves(segments: Sequence[Segment], targets: Mapping[str, Content]) -> dict[str, Moves]:
    """Return, by sentence id, the codes that moved between the sentences of one paragraph.

    A code has moved where one sentence lacks it, and another has one more than its source.
    """
    lacking: dict[Tag, list[str]] = defaultdict(list)
    having: dict[Tag, list[str]] = defaultdict(list)
    for segment in segments:
        if segment.id not in targets:
            continue
        want, have = (Counter(codes.tags(one)) for one in (segment.content, targets[segment.id]))
        for tag in (want - have).elements():
            lacking[tag].append(segment.id)
        for tag in (have - want).elements():
            having[tag].append(segment.id)
    gone: dict[str, list[Tag]] = defaultdict(list)
    come: dict[str, list[Tag]] = defaultdict(list)
    for tag, ids in lacking.items():
        for one, other in zip(ids, having.get(tag, ()), strict=False):
            gone[one].append(tag)
            come[other].append(tag)
    return {id: Moves(tuple(gone[id]), tuple(come[id])) for id in dict.fromkeys((*gone, *come))}


def whole(id: str) -> str:
    """Return the id of the paragraph of a sentence."""
    return id.rpartition(".s")[0]


def foreign(source: Content, target: Content) -> bool:
    """Whether a translation has other codes than its own sentence."""
    return Counter(codes.tags(source)) != Counter(codes.tags(target))


def own(source: Content, target: Content) -> Content:
    """Return a translation without the codes that its sentence got from others."""
    left = Counter(codes.tags(source))
    out: list[str | Tag] = []
    for part in target:
        if isinstance(part, str) or left[part] > 0:
            out.append(part)
        if isinstance(part, Tag):
            left[part] -= 1
    return codes.join(out)


def together(pairs: Iterable[tuple[Content, Content]]) -> bool:
    """Whether translations have, all together, the codes of their sentences."""
    want: Counter[Tag] = Counter()
    have: Counter[Tag] = Counter()
    for source, target in pairs:
        want.update(codes.tags(source))
        have.update(codes.tags(target))
    return want == have
