"""Which sentence changed: the one that a preview is scrolled to."""

from __future__ import annotations

import msgspec

from faircopy.core.ast import text
from faircopy.core.model import Publication
from faircopy.passes.sentences import Sentence, sentences
from faircopy.passes.units import Unit, units


class Changed(msgspec.Struct, frozen=True):
    """A sentence by its id in all editions, the unit that it stands in, and its words.

    ``id`` is the unit's own where that has no more than one sentence. All are empty where nothing
    changed.
    """

    id: str = ""
    unit: str = ""
    text: str = ""


def first(old: Publication, new: Publication) -> Changed:
    """Return the first sentence of ``new`` that ``old`` has otherwise.

    Where words were only taken out, it is the one that stands in their place now.
    """
    was, now = list(units(old.blocks)), list(units(new.blocks))
    at = next(
        (n for n, (one, other) in enumerate(zip(was, now, strict=False)) if _differ(one, other)),
        min(len(was), len(now)),
    )
    if at == len(was) == len(now) or not now:
        return Changed()
    unit = now[min(at, len(now) - 1)]
    before = _sentences(was[at], old.metadata.lang) if at < len(was) else ()
    return _in(unit, before, _sentences(unit, new.metadata.lang))


def again(changed: Changed, publication: Publication) -> Changed:
    """Return a sentence as ``publication`` has it, which may be in another language: ids are not.

    Where the unit has no such sentence, it is the whole unit.
    """
    unit = next((one for one in units(publication.blocks) if one.id == changed.unit), None)
    if unit is None:
        return Changed()
    found = _sentences(unit, publication.metadata.lang)
    one = next((one for one in found if one.id == changed.id and len(found) > 1), None)
    return Changed(one.id if one else unit.id, unit.id, text(one.inlines if one else unit.inlines))


def _differ(one: Unit, other: Unit) -> bool:
    return (one.role, one.inlines) != (other.role, other.inlines)


def _sentences(unit: Unit, lang: str) -> tuple[Sentence, ...]:
    return sentences(unit.id, unit.inlines, lang)


def _in(unit: Unit, before: tuple[Sentence, ...], after: tuple[Sentence, ...]) -> Changed:
    """Return the first sentence of a unit that it did not have before."""
    if len(after) < 2:
        return Changed(unit.id, unit.id, text(unit.inlines))
    known = [one.inlines for one in before]
    at = next(
        (n for n, one in enumerate(after) if n >= len(known) or one.inlines != known[n]),
        len(after) - 1,
    )
    return Changed(after[at].id, unit.id, text(after[at].inlines))
