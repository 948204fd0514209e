"""Findings about whole files: what stands in the wrong place, twice, or nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from faircopy.core.diagnostics import Place, Severity
from faircopy.translation.above import MARK
from faircopy.translation.align import Aligned
from faircopy.translation.boxes import Box
from faircopy.translation.findings import Finding
from faircopy.translation.forms import Record, Returned
from faircopy.translation.segments import SourceText, likeness


def other_manuscript(returned: Returned, text: SourceText) -> Finding:
    """No sentence of a file is of this publication."""
    return Finding(
        "other-manuscript",
        Severity.ERROR,
        "",
        f"no sentence of this file is of “{text.title}”",
        "Import it by itself, or name the publication that it belongs to with --manuscript.",
        Place(returned.records[0].place.file),
    )


def wrong_id(one: Aligned) -> Finding:
    """A translation stands under the id of another sentence."""
    assert one.record is not None
    return Finding(
        "wrong-id",
        Severity.WARNING,
        one.segment.id,
        f"stood under the id {one.record.id}; it was placed by its source text",
        "See that the translation is the one of this sentence.",
        one.record.place,
    )


def conflict(one: Aligned, earlier: Record) -> Finding:
    """Two files translate a sentence in different ways."""
    assert one.record is not None
    return Finding(
        "conflict",
        Severity.ERROR,
        one.segment.id,
        f"is translated in another way at {earlier.place}",
        "Decide for one, and leave the other empty or send one file alone.",
        one.record.place,
    )


def joined(record: Record, ids: Sequence[str]) -> Finding:
    """A record has several sentences in one, as a tool made it."""
    return Finding(
        "joined",
        Severity.WARNING,
        record.id,
        f"the file has {len(ids)} sentences in one, {ids[0]} to {ids[-1]}; they were not taken,"
        " since their codes are not all there or a part is translated by itself",
        "See that each code of them is there, or split them again in the tool.",
        record.place,
    )


def left_open(id: str, record: Record) -> Finding:
    """A sentence is the only one of its paragraph without a translation, in a file that has all."""
    return Finding(
        "open",
        Severity.NOTE,
        id,
        "has no translation, and the sentence before it has",
        f"Translate it, or write {MARK} in its place if the one before says this one too.",
        record.place,
    )


def nothing_above(one: Aligned, record: Record) -> Finding:
    """A sentence is said together with one before it that there is not."""
    return Finding(
        "nothing-above",
        Severity.ERROR,
        one.segment.id,
        f"“{MARK}” says that the sentence before has this one's words, and no sentence of the "
        "paragraph is before it",
        "Write its translation in its place.",
        record.place,
    )


def left_over(record: Record, known: bool, same_text: bool) -> Finding:
    """A record fits no sentence of today.

    ``known`` says that its id does, ``same_text`` that the file was made from today's text.
    """
    if known and same_text:
        return Finding(
            "source-edited",
            Severity.ERROR,
            record.id,
            "the source text of this sentence was changed in the file",
            "Put the source text back, and change the translation alone.",
            record.place,
        )
    what = "has other words now" if known else "is no longer there"
    return Finding(
        "outdated",
        Severity.WARNING,
        record.id,
        f"the sentence that this translates {what}; the translation is kept in the memory",
        "The next bundle asks for what is to be translated: ./inv translate.export",
        record.place,
    )


def too_long(one: Aligned, record: Record, box: Box, count: int) -> Finding:
    """A text takes more lines than there is room for."""
    return Finding(
        "length",
        Severity.WARNING,
        one.segment.id,
        f"it takes {count} lines where there is room for {box.lines}",
        f"Make it shorter: some {box.characters} characters fit.",
        record.place,
    )


def doubles(records: Sequence[Record]) -> Iterator[Finding]:
    """Yield the ids that stand twice in a file with different translations."""
    seen: dict[str, Record] = {}
    for record in records:
        first = seen.setdefault(record.id, record)
        if first.target and record.target and likeness(first.target) != likeness(record.target):
            yield Finding(
                "doubled-id",
                Severity.ERROR,
                record.id,
                f"stands here again with another translation than in line {first.place.line}",
                "Take one of the two out.",
                record.place,
            )
