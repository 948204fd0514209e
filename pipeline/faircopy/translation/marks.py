"""Codes as people, spreadsheets and machine translation write them: ``< 1 >``, ``＜１＞``, ``<١>``.

They are read as the tags that they mean where nothing else can be meant: when the sentence then
has exactly the tags of its source. All others stay words, and the checks tell them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import msgspec

from faircopy.translation import codes
from faircopy.translation.codes import Content, Kind, Tag

_GAP = r"\s{0,3}"  # bounded, since what comes back is a stranger's
_INSIDE = rf"{_GAP}([/／]?){_GAP}(\d{{1,6}}){_GAP}([/／]?){_GAP}"
_MARK = re.compile(rf"(?:[<＜〈\u2329⟨‹]|&lt;){_INSIDE}(?:[>＞〉\u232a⟩›]|&gt;)")
_EDGE = r"(?:[<>＜＞〈〉\u2329\u232a⟨⟩‹›«»《》\[\](){}]|&[lg]t;)"
_LIKE = re.compile(f"{_EDGE}{_INSIDE}{_EDGE}")


class Mark(msgspec.Struct, frozen=True):
    """What stands in the words and looks like the code ``id``, as it is ``written`` there."""

    id: str
    written: str


def doubtful(content: Content) -> Iterator[Mark]:
    """Yield what looks like a code in the words of a content."""
    for part in content:
        for found in _LIKE.finditer(part) if isinstance(part, str) else ():
            yield Mark(str(int(found[2])), found[0])


def understood(content: Content, source: Content) -> Content:
    """Return a translation with the codes in its words read as tags of ``source``.

    Only if that leaves none missing, none too often and all nested; else it is returned as it is.
    """
    want, have = codes.tags(source), codes.tags(content)
    if not want or have == want or Counter(have) == Counter(want):
        return content
    if any(_MARK.search(part) for part in source if isinstance(part, str)):
        return content  # such words stand in the source as words
    points = {tag.id for tag in want if tag.kind is Kind.POINT}
    read = codes.join(_alone(codes.join(_read(content)), points))
    tags = codes.tags(read)
    return read if Counter(tags) == Counter(want) and _nested(tags) else content


def _read(content: Content) -> Iterator[str | Tag]:
    for part in content:
        if isinstance(part, Tag):
            yield part
            continue
        at = 0
        for found in _MARK.finditer(part):
            yield part[at : found.start()]
            yield _tag(found)
            at = found.end()
        yield part[at:]


def _tag(found: re.Match[str]) -> str | Tag:
    closes, number, alone = found.groups()
    if closes and alone:
        return found[0]
    return Tag(str(int(number)), Kind.CLOSE if closes else Kind.POINT if alone else Kind.OPEN)


def _alone(content: Content, points: set[str]) -> Iterator[str | Tag]:
    """Yield a content with ``<2></2>`` and ``<2>`` as ``<2/>`` where 2 is a code without words."""
    skipped = 0
    for at, part in enumerate(content):
        if skipped:
            skipped -= 1
        elif isinstance(part, Tag) and part.id in points:
            yield Tag(part.id, Kind.POINT)
            if part.kind is Kind.OPEN:
                skipped = _to_end(content[at + 1 : at + 3], Tag(part.id, Kind.CLOSE))
        else:
            yield part


def _to_end(following: Content, end: Tag) -> int:
    """Return how many parts there are up to the end of a pair without words; 0 for others."""
    if following[:1] == (end,):
        return 1
    return 2 if following[1:] == (end,) and _blank(following[0]) else 0


def _blank(part: str | Tag) -> bool:
    return isinstance(part, str) and not part.strip()


def _nested(tags: tuple[Tag, ...]) -> bool:
    """Whether every pair ends within the pair that it begins in."""
    open_ids: list[str] = []
    for tag in tags:
        if tag.kind is Kind.OPEN:
            open_ids.append(tag.id)
        elif tag.kind is Kind.CLOSE and (not open_ids or open_ids.pop() != tag.id):
            return False
    return not open_ids
