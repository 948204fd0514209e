"""Sentences that were two or three when they were translated, and are one today.

Rules of where a sentence ends get better, and "By J.-L. | Ångström" becomes one sentence. What
was translated in parts is then joined: the words are the same, and so is who answers for them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import msgspec

from faircopy.translation import codes
from faircopy.translation.codes import Content
from faircopy.translation.forms import Record
from faircopy.translation.job import State

MOST = 3
"""How many sentences are looked for in one."""
_RANKS = list(State)
_CLOSE = tuple("。！？｡」』）")
"""Behind these no space stands."""


class Joined(msgspec.Struct, frozen=True):
    """A record made of others, and which these are in the list that they come from."""

    record: Record
    places: tuple[int, ...]


def joined(
    records: Sequence[Record],
    free: Collection[int],
    wanted: Mapping[str, int],
    words: Callable[[Content], str],
) -> Iterator[tuple[int, Joined]]:
    """Yield, for sentences without a record, that of the neighbours that make it up.

    ``free`` are the places of the records that no sentence has, ``wanted`` maps the words of the
    sentences that have none, by ``words``, to whatever shall be yielded with the record.
    """
    open_places = {place for place in free if records[place].target and records[place].source}
    found: set[str] = set()
    for start in sorted(open_places):
        for count in range(2, MOST + 1):
            places = tuple(range(start, start + count))
            if not open_places.issuperset(places):
                break
            record = _join([records[place] for place in places])
            key = words(record.source or ())
            if key in wanted and key not in found:
                found.add(key)
                open_places -= set(places)
                yield wanted[key], Joined(record, places)
                break


def _join(parts: Sequence[Record]) -> Record:
    """Return neighbours as one record, as far as the one of them that is least far."""
    return msgspec.structs.replace(
        parts[0],
        source=_spaced([one.source or () for one in parts]),
        target=_spaced([one.target for one in parts]),
        state=min((one.state for one in parts), key=_RANKS.index),
        machine=any(one.machine for one in parts),
    )


def _spaced(contents: Sequence[Content]) -> Content:
    """Return texts as one, with a space between them where the script has one there."""
    out: list[str | codes.Tag] = []
    for content in contents:
        close = codes.plain(tuple(out)).endswith(_CLOSE)
        out += [*([" "] if out and not close else []), *content]
    return codes.join(out)
