"""Comments in XLIFF: notes of a unit, and words of a sentence that a tool ties one to.

XLIFF 2.1 has ``mrk type="comment"`` with its words in ``value``, or with ``ref`` to a note of the
unit (section 4.3.3.1); XLIFF 1.2 has ``mrk`` with ``comment``. Trados Studio keeps comments in
``cmt-defs`` before the files and names them by ``sdl:cid``, memoQ has ``mq:comment`` in the unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from faircopy.translation.forms import Remark
from faircopy.translation.xliff_trados import SDL
from faircopy.translation.xml import Element

_MQ = "{MQXliff}"
_OURS = frozenset(
    {"role", "speaker", "query", "under", "page", "length", "codes", "previous", "next"}
    | {"context", "digest", "offer", "answer", "change"}
)
"""Of whom, or of what kind, the notes are that a bundle has itself."""

Comments = Mapping[str, tuple[Remark, ...]]
"""The comments that Trados Studio has in the head of a file, by their ids."""


def of_segment(unit: Element, segment: Element, *, first: bool) -> tuple[Remark, ...]:
    """Return the comments of a segment of XLIFF 2; what names none is of the ``first``."""
    notes = {note.get("id", ""): note for note in _notes(unit) if note.get("category") not in _OURS}
    tied = {name for mark in _marks(unit) if (name := _named(mark)) in notes}
    found = [Remark(mark.get("value", "")) for mark in _marks(segment) if mark.get("value")]
    found += [Remark(_text(notes[name])) for name in map(_named, _marks(segment)) if name in notes]
    loose = (
        Remark(_text(note))
        for note in _notes(unit)
        if note.get("category") not in _OURS and note.get("id", "") not in tied
    )
    return (*found, *(loose if first else ()))


def _notes(unit: Element) -> Iterator[Element]:
    return unit.iter("{*}note")


def _marks(element: Element) -> Iterator[Element]:
    return (mark for mark in element.iter("{*}mrk", "{*}sm") if mark.get("type") == "comment")


def _named(mark: Element) -> str:
    """Return the id in a reference to a note: ``#n=1`` or ``#n1`` (XLIFF 2.1, section 4.4.3)."""
    return mark.get("ref", "").rpartition("#")[2].rpartition("/")[2].removeprefix("n=")


def of_unit(unit: Element, studio: Comments) -> tuple[Remark, ...]:
    """Return the comments of a ``trans-unit``; ``studio`` are those in the head of the file."""
    found = [
        Remark(_text(note), note.get("from", ""))
        for note in _notes(unit)
        if note.get("from", "") not in _OURS
    ]
    for mark in unit.iter("{*}mrk"):
        found += [Remark(mark.get("comment", ""))] if mark.get("comment") else []
        found += studio.get(mark.get(f"{SDL}cid", ""), ())
    found += [
        Remark(_text(comment), comment.get("creatoruser", ""))
        for comment in unit.iter(f"{_MQ}comment")
        if comment.get("deleted") != "true"
    ]
    return tuple(dict.fromkeys(found))


def in_head(root: Element) -> dict[str, tuple[Remark, ...]]:
    """Return the comments that Trados Studio has in the head of a file."""
    return {
        definition.get("id", ""): tuple(
            Remark(_text(comment), comment.get("user", ""))
            for comment in definition.iter("{*}Comment")
        )
        for definition in root.iter("{*}cmt-def")
    }


def _text(element: Element) -> str:
    return "".join(str(part) for part in element.itertext())
