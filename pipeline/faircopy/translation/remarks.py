"""What translators write beside a translation: comments, remarks, notes.

They are questions to the editor as often as not, so that an import shows them and keeps them, in
``translations/<lang>.remarks.toml``, until somebody takes them out there. What the bundle itself
wrote into the same cells and notes is none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

import msgspec

from faircopy.core import toml
from faircopy.core.diagnostics import Place, Severity
from faircopy.translation.context import placed
from faircopy.translation.findings import Finding
from faircopy.translation.forms import Record, Remark, refuse
from faircopy.translation.job import Job
from faircopy.translation.segments import SourceText
from faircopy.translation.xml import nmtoken

LONGEST = 2_000
"""Characters of a remark that are kept."""

_OURS = re.compile(
    r"page \d+ of context\.pdf|up to \d+ lines?, some \d+ characters|up to \d+ characters"
    r"|\d+ % alike: “.*?” was translated as “.*?”"
)
_LEGEND = re.compile(r"<\d{1,6}/?> [\w ]{1,30}")
"""What a code stands for, also as an older bundle called it."""
"""What a bundle says of a sentence that the text alone does not tell."""
_EDGES = " \t\n·,;"


class Kept(msgspec.Struct, frozen=True):
    """A remark of a translator on a sentence, by its id."""

    segment: str
    text: str
    author: str = ""


class _Remarks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    remark: tuple[Kept, ...] = ()


def name(lang: str) -> str:
    """Return the name of the file that keeps the remarks on a language."""
    return f"{lang}.remarks.toml"


def found(records: Iterable[Record], text: SourceText) -> Iterator[tuple[Kept, Place]]:
    """Yield what translators remarked on sentences of a text, and where it stands."""
    ours = {nmtoken(id): words for id, words in _ours(text).items()}
    names = {nmtoken(segment.id): segment.id for _, segment in text.segments()}
    for record in records:
        id = nmtoken(record.id)
        if id not in names:
            continue
        own = Remark(_without(record.note, ours[id]))
        for remark in (*record.remarks, own):
            words = " ".join(remark.text.split())[:LONGEST]
            if words:
                author = " ".join(remark.author.split())[:LONGEST]
                yield Kept(names[id], words, author), record.place


def finding(remark: Kept, place: Place) -> Finding:
    """Return the note that shows a remark."""
    who = f"{remark.author} remarks" if remark.author else "the translator remarks"
    return Finding(
        "remark",
        Severity.NOTE,
        remark.segment,
        f"{who}: “{remark.text}”",
        "It is kept beside the translation; take it out there when it is settled.",
        place,
    )


def grown(before: Iterable[Kept], more: Iterable[Kept]) -> tuple[Kept, ...]:
    """Return remarks with what is new in ``more`` at their end."""
    return tuple(dict.fromkeys((*before, *more)))


def write(remarks: Iterable[Kept]) -> bytes:
    """Return remarks as TOML; its basic strings are written as JSON's (TOML 1.0, strings)."""
    lines: list[str] = ["# What translators remarked. Take out what is settled."]
    for one in remarks:
        lines += ["", "[[remark]]"]
        for key in one.__struct_fields__:
            if said := getattr(one, key):
                written = json.dumps(said, ensure_ascii=False).replace("\x7f", "\\u007f")
                lines.append(f"{key} = {written}")
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def read(data: bytes, name: str) -> tuple[Kept, ...]:
    """Read what ``write`` wrote, and a person may have changed.

    Raises:
        ImportRefused: bad TOML, or an unknown key.
    """
    try:
        return msgspec.convert(toml.loads(data.decode("utf-8")), _Remarks).remark
    except (UnicodeDecodeError, toml.Wrong, msgspec.ValidationError) as error:
        raise refuse(
            "remarks",
            f"the remarks cannot be read: {error}",
            "Each [[remark]] has segment and text, and author where it is known, as text.",
            Place(name),
        ) from None


def _ours(text: SourceText) -> dict[str, tuple[str, ...]]:
    """Return, by sentence, what a bundle says of it in the cell for remarks."""
    said: dict[str, tuple[str, ...]] = {}
    for place in placed(Job(text=text, lang="")):
        line = tuple(place.line().split(" · "))
        for segment in place.unit.segments:
            said[segment.id] = (*line, *place.legend(segment.content))
    return said


def _without(cell: str, ours: Iterable[str]) -> str:
    """Return what is left of a cell without our own words, the longest first."""
    left = _OURS.sub(" · ", " ".join(cell.split()))
    for words in sorted(ours, key=len, reverse=True):
        left = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", " · ", left, count=1)
    parts = (part.strip(_EDGES) for part in left.split(" · "))
    return " ".join(part for part in parts if part and not _LEGEND.fullmatch(part))
