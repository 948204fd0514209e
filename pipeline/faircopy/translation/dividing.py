"""A sentence that was one when it was translated, and is two or more today.

Rules of where a sentence ends get better, and “He left the U.S. | They stayed.” becomes two. What
was translated as one then stands in the place of the first, with the mark that says so in the
places of the others (see ``above``): no words are lost, and nobody has to be asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence

import msgspec

from faircopy.translation import above
from faircopy.translation.codes import Content
from faircopy.translation.forms import Record
from faircopy.translation.segments import Segment

MOST = 8
"""Of how many sentences of today one of old may be: a list within a paragraph has some."""


class Divided(msgspec.Struct, frozen=True):
    """The sentences of today, by their places, that one record has; its place; their words."""

    segments: tuple[int, ...]
    record: int
    whole: Content


def divided(
    segments: Sequence[Segment],
    missing: Collection[int],
    records: Sequence[Record],
    free: Collection[int],
    words: Callable[[Content], str],
) -> Iterator[Divided]:
    """Yield, for neighbours in a unit that have no record, the one whose words they are together.

    ``missing`` and ``free`` are the places of the sentences and the records that have none.
    """
    by_words: dict[str, list[int]] = defaultdict(list)
    for place in sorted(free):
        source = records[place].source
        if source and records[place].target:
            by_words[words(source)].append(place)
    taken: set[int] = set()
    for start in sorted(missing) if by_words else ():
        for count in range(2, MOST + 1):
            run = tuple(range(start, start + count))
            if not all(at in missing and at not in taken for at in run) or not _one_unit(
                segments, run
            ):
                break
            whole = above.whole([segments[at] for at in run])
            if places := by_words.get(words(whole)):
                taken |= set(run)
                yield Divided(run, places.pop(0), whole)
                break


def _one_unit(segments: Sequence[Segment], run: Sequence[int]) -> bool:
    return len({segments[at].id.rpartition(".s")[0] for at in run}) == 1
