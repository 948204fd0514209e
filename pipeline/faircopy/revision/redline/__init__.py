"""Two Word editions of ours as one with tracked changes, which anybody accepts or rejects in Word.

All accepted, it has the words of the newer one; all rejected, those of the older. Heads and feet of
pages are the newer one's.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from faircopy.intake.names import Element, child, value, w
from faircopy.revision.redline import lending
from faircopy.revision.redline.blocks import HandOf, Merger
from faircopy.revision.redline.lending import Sensing
from faircopy.revision.redline.pen import Pen
from faircopy.theme import Theme
from faircopy.writers import container
from faircopy.writers.docx.finish import DOCUMENT, FOOTNOTES
from faircopy.writers.docx.ooxml import parse, serialise
from faircopy.writers.docx.package import pack


def without_drop_caps(theme: Theme) -> Theme:
    """Return a theme in whose Word editions the first letter stands in its paragraph."""
    tokens = theme.tokens
    told = msgspec.structs.replace(tokens.docx, drop_cap=False)
    return msgspec.structs.replace(theme, tokens=msgspec.structs.replace(tokens, docx=told))


def redline(old: bytes, new: bytes, whose: HandOf) -> bytes:
    """Return the newer Word edition with what changed since the older one as tracked changes.

    Args:
        old: a Word edition as our writer makes it in a theme without drop caps.
        new: another of the same manuscript.
        whose: says whose the changes in units of some ids are.
    """
    lender, parts = container.unpack(old), container.unpack(new)
    before = {name: parse(lender[name]) for name in (DOCUMENT, FOOTNOTES)}
    after = {name: parse(parts[name]) for name in (DOCUMENT, FOOTNOTES)}
    for root in before.values():
        lending.marked_as_lent(root)
    lending.renumber_notes(before.values(), _highest(after[FOOTNOTES]))
    parts = lending.renumber_lists(parts, lender, before.values())
    pen = Pen(max(map(_highest, (*before.values(), *after.values()))) + 1)
    pairs = _text(pen, before, after, lender, parts, whose)
    _notes(pen, before[FOOTNOTES], after, lender, parts, whose, pairs)
    for name, root in after.items():
        parts = lending.with_relations({**parts, name: serialise(root)}, name, root, lender)
    return pack(lending.with_types(parts, lender))


def _text(
    pen: Pen,
    before: Mapping[str, Element],
    after: Mapping[str, Element],
    lender: Mapping[str, bytes],
    parts: Mapping[str, bytes],
    whose: HandOf,
) -> list[tuple[str, str]]:
    """Mark what changed in the text; return the notes that stayed, by their numbers in both."""
    merger = Merger(pen, Sensing(lender, DOCUMENT), Sensing(parts, DOCUMENT), whose)
    was, now = child(before[DOCUMENT], "body"), child(after[DOCUMENT], "body")
    assert was is not None
    assert now is not None
    now[:] = merger.merge(list(was), list(now))
    return merger.notes


def _notes(
    pen: Pen,
    before: Element,
    after: Mapping[str, Element],
    lender: Mapping[str, bytes],
    parts: Mapping[str, bytes],
    whose: HandOf,
    pairs: list[tuple[str, str]],
) -> None:
    """Mark what changed in notes that stayed, and put in those that only what went refers to."""
    merger = Merger(pen, Sensing(lender, FOOTNOTES), Sensing(parts, FOOTNOTES), whose)
    old = {value(one, "id"): one for one in before.iter(w("footnote"))}
    new = {value(one, "id"): one for one in after[FOOTNOTES].iter(w("footnote"))}
    for was, now in pairs:
        new[now][:] = merger.merge(list(old[was]), list(new[now]))
    _in_order({**old, **new}, after)


def _in_order(notes: Mapping[str, Element], after: Mapping[str, Element]) -> None:
    """Put notes in the order in which they are referred to, and number them so.

    LibreOffice 7.4 finds them by that alone.
    """
    references = list(after[DOCUMENT].iter(w("footnoteReference")))
    for number, one in enumerate(references, start=1):
        note = notes[value(one, "id")]
        after[FOOTNOTES].append(note)
        for each in (one, note):
            each.set(w("id"), str(number))


def _highest(root: Element) -> int:
    return max((int(value(one, "id")) for one in root.iter() if value(one, "id")), default=0)
