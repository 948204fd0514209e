"""What a memory has for a text: each sentence's translation, by its words and its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from faircopy.translation.align import loose
from faircopy.translation.forms import Context, Record
from faircopy.translation.segments import SourceText
from faircopy.translation.xml import nmtoken


def placed(records: Sequence[Record], text: SourceText) -> list[Record]:
    """Return, for every sentence that a memory translates, the record under the sentence's id.

    A translation for one place alone goes before one for all places (OmegaT's alternatives and
    defaults); of several the last counts.
    """
    known: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if record.source:
            known[loose(record.source)].append(record)
    segments = [segment for _, segment in text.segments()]
    words = [loose(segment.content) for segment in segments]
    around = ["", *words, ""]
    found: list[Record] = []
    for at, segment in enumerate(segments):
        best = _best(known.get(words[at], ()), segment.id, (around[at], around[at + 2]))
        if best:
            found.append(msgspec.structs.replace(best, id=segment.id))
    return found


def _best(records: Sequence[Record], id: str, around: tuple[str, str]) -> Record | None:
    for record in reversed(records):
        if record.context and _fits(record.context, id, around):
            return record
    return next((record for record in reversed(records) if not record.context), None)


def _fits(context: Context, id: str, around: tuple[str, str]) -> bool:
    if context.id:
        return context.id in (id, nmtoken(id))
    return (loose(context.previous), loose(context.following)) == around
