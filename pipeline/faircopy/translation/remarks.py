"""What translators write beside a translation: questions, comments, remarks, notes.

An import shows them and keeps them, in ``translations/<lang>.remarks.toml``, until somebody takes
them out there. With an ``answer`` one goes back to the translator in the next bundle. One that
begins with the id of a query of the source says what was done there. What the bundle itself
wrote into the same cells and notes is none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from faircopy.core import toml
from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.core.model import Query
from faircopy.translation import codes
from faircopy.translation.context import placed
from faircopy.translation.findings import Finding
from faircopy.translation.forms import QUESTION, Record, Remark, refuse
from faircopy.translation.job import Job
from faircopy.translation.segments import SourceText, TextUnit
from faircopy.translation.xml import nmtoken

LONGEST = 2_000
"""Characters of a remark that are kept."""

_OURS = re.compile(
    r"page \d+ of context\.pdf|up to \d+ lines?, some \d+ characters|up to \d+ characters"
    r"|\d+ % alike: “.*?” was translated as “.*?”"
    r"|changed since: “[^“”]*”"
    r"|asked before: “[^“”]*” – answer: “[^“”]*”"
)
_LEGEND = re.compile(r"<\d{1,6}/?> [\w ]{1,30}")
"""What a code stands for, also as an older bundle called it."""
"""What a bundle says of a sentence that the text alone does not tell."""
_EDGES = " \t\n·,;"


class Kept(msgspec.Struct, frozen=True):
    """A remark of a translator on a sentence, by its id.

    ``query`` is the id of the query of the source that it answers for, ``answer`` what the author
    or editor says to it, ``place`` the file and line that it came from.
    """

    segment: str
    text: str
    author: str = ""
    kind: str = ""
    query: str = ""
    answer: str = ""
    place: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two remarks the same."""
        return self.segment, self.text, self.author


class _Remarks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    remark: tuple[Kept, ...] = ()


def none(lang: str) -> tuple[Kept, ...]:
    """Return no remarks, where there is no folder that keeps them."""
    return ()


def name(lang: str) -> str:
    """Return the name of the file that keeps the remarks on a language."""
    return f"{lang}.remarks.toml"


def found(
    records: Iterable[Record], text: SourceText, before: Iterable[Kept] = ()
) -> Iterator[tuple[Kept, Place]]:
    """Yield what translators remarked on sentences of a text, and where it stands.

    ``before`` is what they remarked earlier, and what was answered.
    """
    ours = {nmtoken(id): words for id, words in _ours(text, answers(before)).items()}
    names = {nmtoken(segment.id): segment.id for _, segment in text.segments()}
    queries = {segment.id: unit.queries for unit, segment in text.segments()}
    for record in records:
        id = nmtoken(record.id)
        if id not in names:
            continue
        own = Remark(_without(record.note, ours[id]))
        for remark in (*record.remarks, own):
            words = _line(remark.text)
            if words and words not in ours[id]:
                yield (
                    Kept(
                        names[id],
                        words,
                        _line(remark.author),
                        remark.kind,
                        _about(words, queries[names[id]]),
                        place=str(record.place),
                    ),
                    record.place,
                )


def _line(text: str) -> str:
    return " ".join(text.split())[:LONGEST]


def _about(words: str, queries: Iterable[Query]) -> str:
    """Return the id of the query that a remark begins with, or nothing."""
    said = words.casefold().lstrip('[“"')
    return next((q.id for q in queries if _begins(said, q.id.casefold())), "")


def _begins(said: str, id: str) -> bool:
    return said.startswith(id) and said[len(id) : len(id) + 1] in ("]", ":", "”", '"')


def finding(remark: Kept, place: Place) -> Finding:
    """Return the note that shows a remark."""
    who = remark.author or "the translator"
    does = "asks" if remark.kind == QUESTION else "remarks"
    if remark.query:
        does = f"says of the query “{remark.query}”"
    return Finding(
        "remark",
        Severity.NOTE,
        remark.segment,
        f"{who} {does}: “{remark.text}”",
        "It is kept beside the translation: write an answer = there, which goes out with the next"
        " bundle, or take it out when it is settled.",
        place,
    )


def answers(kept: Iterable[Kept]) -> dict[str, tuple[str, ...]]:
    """Return what was answered to translators, a line each, by the sentence's id."""
    said: dict[str, tuple[str, ...]] = {}
    for one in kept:
        if one.answer.strip():
            asked, answer = (_unquoted(text) for text in (one.text, one.answer))
            line = f"asked before: “{asked}” – answer: “{answer}”"
            said[one.segment] = (*said.get(one.segment, ()), line)
    return said


def _unquoted(text: str) -> str:
    return _line(text).replace("“", "‘").replace("”", "’")


class Decision(msgspec.Struct, frozen=True):
    """An open query of the source, the sentence that it is about, and what was done with it.

    ``said`` is the translator's word (empty: none), ``translated`` how the sentence reads now.
    """

    query: str
    segment: str
    said: str
    translated: str


def decisions(
    text: SourceText, targets: Mapping[str, codes.Content], kept: Iterable[Kept]
) -> tuple[Decision, ...]:
    """Return every open query of a text with what translators did there, in reading order."""
    said = {one.query: one.text for one in kept if one.query}
    return tuple(
        Decision(query.id, id, said.get(query.id, ""), codes.plain(targets.get(id, ())))
        for unit in text.units()
        for query in unit.queries
        if not query.answer
        for id in (_asked(unit, query),)
    )


def _asked(unit: TextUnit, query: Query) -> str:
    """Return the id of the sentence that has the words of a query, or the unit's first."""
    words = _line(query.text)
    having = (s.id for s in unit.segments if words in _line(codes.plain(s.content)))
    return next(having, unit.segments[0].id)


def untold(lang: str, open_queries: Iterable[Decision]) -> Iterator[Diagnostic]:
    """Yield the note that nothing is said of what was done with open queries."""
    left = [one for one in open_queries if one.translated and not one.said]
    if left:
        yield Diagnostic(
            "query-untold",
            Severity.NOTE,
            f"{lang}: nothing says what was done with what the source leaves open:"
            f" {', '.join(one.query for one in left)}",
            f"Write it as a question or remark beside {left[0].segment}, with the query's id first:"
            f" “{left[0].query}: translated as …”.",
        )


def grown(before: Iterable[Kept], more: Iterable[Kept]) -> tuple[Kept, ...]:
    """Return remarks with what is new in ``more`` at their end."""
    all_of_them: dict[tuple[str, str, str], Kept] = {}
    for one in (*before, *more):
        all_of_them.setdefault(one.key, one)
    return tuple(all_of_them.values())


def write(remarks: Iterable[Kept]) -> bytes:
    """Return remarks as TOML; its basic strings are written as JSON's (TOML 1.0, strings)."""
    lines: list[str] = [
        "# What translators asked and remarked. An answer = goes out with the next bundle.",
        "# Take out what is settled.",
    ]
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
            "Each [[remark]] has segment and text, and may have author and answer, as text.",
            Place(name),
        ) from None


def _ours(text: SourceText, said: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return, by sentence, what a bundle says of it in the cell for remarks."""
    found: dict[str, tuple[str, ...]] = {}
    for place in placed(Job(text=text, lang="")):
        line = (*place.line().split(" · "), *_older(place.unit))
        for segment in place.unit.segments:
            legend = place.legend(segment.content)
            found[segment.id] = (*line, *legend, *said.get(segment.id, ()))
    return found


def _older(unit: TextUnit) -> Iterator[str]:
    """Yield the queries of a unit as bundles had them before there was an answer, or an id."""
    for query in unit.queries:
        asked = _line(f"“{query.text}”: {query.question}")
        yield from (f"query: [{query.id}] {asked}", f"query: {asked}")


def _without(cell: str, ours: Iterable[str]) -> str:
    """Return what is left of a cell without our own words, the longest first."""
    left = _OURS.sub(" · ", " ".join(cell.split()))
    for words in sorted(ours, key=len, reverse=True):
        left = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", " · ", left, count=1)
    parts = (part.strip(_EDGES) for part in left.split(" · "))
    return " ".join(part for part in parts if part and not _LEGEND.fullmatch(part))
