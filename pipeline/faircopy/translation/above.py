"""A sentence that a translation says together with the one before it: the mark in its place.

A translator who makes one sentence of two writes it in the place of the first, and the mark in
the place of the second. An empty place is work that is not done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from faircopy.translation import codes
from faircopy.translation.codes import Content
from faircopy.translation.segments import Segment

MARK = "↑"


def said(target: Content, source: Content) -> bool:
    """Whether a translation is the mark, and no arrow of the text's own."""
    return codes.plain(target).strip() == MARK != codes.plain(source).strip()


def follows(id: str, ids: Collection[str]) -> bool:
    """Whether the sentence before that of ``id``, in the same unit, is among ``ids``."""
    unit, _, number = id.rpartition(".s")
    return number.isdecimal() and f"{unit}.s{int(number) - 1}" in ids


def together(
    segments: Sequence[Segment], targets: Mapping[str, Content]
) -> Iterator[tuple[Segment, ...]]:
    """Yield the sentences of a unit that are said together, those that stand alone too."""
    found: list[Segment] = []
    for segment in segments:
        if found and said(targets.get(segment.id, ()), segment.content):
            found.append(segment)
            continue
        if found:
            yield tuple(found)
        found = [segment]
    if found:
        yield tuple(found)


def whole(segments: Sequence[Segment]) -> Content:
    """Return what sentences that are said together say, with a space between them."""
    first, *others = segments
    return codes.join((*first.content, *(part for one in others for part in (" ", *one.content))))
