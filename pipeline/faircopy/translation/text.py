"""``segments.txt`` and ``segments.tsv``: for an editor, a phone, a spreadsheet.

In the text file a record is two lines: ``[id] source`` and ``= translation``; lines that begin
with ``#`` are remarks. A ``=`` that is full-width or indented is one; where it is missing, what
stands under the sentence is its translation. In the table a record is a row, fields are separated
by tabs and quoted as spreadsheets do (RFC 4180), and none is a formula (`faircopy.passes.cells`);
the columns ``source`` and ``target`` name their languages.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import chain

import msgspec

from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.core.limits import TSV_CELL
from faircopy.passes.cells import guarded, unguarded
from faircopy.translation import codes, signatures
from faircopy.translation.context import Placed, beside, offered, placed
from faircopy.translation.forms import (
    QUESTION,
    SENTENCE_ID,
    ImportRefused,
    Record,
    Remark,
    Returned,
    decode_utf8,
    refuse,
)
from faircopy.translation.job import Job, State
from faircopy.translation.segments import Segment

COLUMNS = ("id", "role", "context", "source", "target", "max", "remarks", QUESTION, "reviewed")
_OLDER = COLUMNS[:-2]
"""What the table had before it had columns for questions and reviewers."""
_BLANK = " \t\n"  # a no-break space at the beginning is a line's indent
_HEAD = "# Faircopy segments"
_RECORD = re.compile(r"\[([^\]\s]+)\] ?(.*)")
_TARGET = re.compile(r"[ \t\u3000]*[=＝﹦] ?(.*)")
_ROW = re.compile(rf'\ufeff?"?{SENTENCE_ID.pattern}"?([\t;,])')
_LANG = re.compile(r"[ (]([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\)?\Z")
_KEY = re.compile(r"# (From|To|Text): ?(\S*)")


def write_txt(job: Job) -> bytes:
    """Return a job as ``segments.txt``."""
    text = job.text
    lines = [
        f"{_HEAD}: {text.slug}",
        f"# From: {text.lang}",
        f"# To: {job.lang}",
        f"# Text: {text.digest()}",
        "#",
        "# Write each translation behind the = under its sentence, in the same line.",
        "# Keep <1> and </1> around the words that they belong to, and <2/> where it falls.",
        "# A question stands under a sentence, in a line that begins with #?",
        "",
    ]
    group = ""
    for place in placed(job):
        if place.group.id != group:
            group = place.group.id
            lines += ["", f"## {place.group.title or 'Opening'}", ""]
        lines.append(f"# {place.line()}")
        for segment in place.unit.segments:
            target = job.targets.get(segment.id)
            if legend := ", ".join(place.legend(segment.content)):
                lines.append(f"# {legend}")
            told = (offered(job, segment.id), beside(job, segment))
            answers = job.answers.get(segment.id, ())
            lines += [f"# {line}" for line in (*filter(None, told), *answers)]
            lines.append(f"[{segment.id}] {codes.notation(segment.content)}")
            lines += [f"= {codes.notation(target.content) if target else ''}", ""]
    return _encoded(lines)


def _encoded(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def read_txt(data: bytes, name: str) -> Returned:
    """Read ``segments.txt`` as it comes back.

    Raises:
        ImportRefused: not UTF-8.
    """
    keys: dict[str, str] = {}
    records: list[Record] = []
    unmarked: list[int] = []
    for number, fields in _txt_records(decode_utf8(data, name), keys):
        if fields.unmarked:
            unmarked.append(fields.unmarked)
        id, source, target = fields.id, " ".join(fields.source), " ".join(fields.target)
        records.append(
            Record(
                id,
                codes.parse_notation(source.strip(_BLANK)),
                codes.parse_notation(target.strip(_BLANK)),
                Place(name, number),
                State.TRANSLATED if target.strip(_BLANK) else State.INITIAL,
                remarks=tuple(Remark(line, kind=QUESTION) for line in fields.asked),
            )
        )
    return Returned(
        form="segments.txt",
        source_lang=keys.get("From", ""),
        lang=keys.get("To", ""),
        digest=keys.get("Text", ""),
        records=tuple(records),
        diagnostics=tuple(_without_mark(unmarked, name)),
    )


def _without_mark(lines: Sequence[int], name: str) -> Iterator[Diagnostic]:
    if lines:
        many = f"before {len(lines)} translations, here the first" if len(lines) > 1 else "here"
        yield Diagnostic(
            "txt-mark",
            Severity.WARNING,
            f"there is no = {many}; what stands under the sentence was read",
            "Look at them with ./inv translate.status, or put the = back and import again.",
            Place(name, lines[0]),
        )


class _Fields(msgspec.Struct):
    """The lines of one record; ``unmarked`` is the line of a translation without its mark."""

    id: str
    source: list[str]
    target: list[str] = []
    marked: bool = False
    unmarked: int = 0
    asked: list[str] = []


def _txt_records(text: str, keys: dict[str, str]) -> Iterator[tuple[int, _Fields]]:
    """Yield line number and fields of each record; what was wrapped is joined by spaces."""
    start = 0
    fields: _Fields | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith("#"):
            if fields and line.startswith("#?"):
                fields.asked = [*fields.asked, line[2:].strip()]
            elif key := _KEY.match(line):
                keys.setdefault(key[1], key[2])
        elif record := _RECORD.fullmatch(line):
            if fields:
                yield start, fields
            start, fields = number, _Fields(record[1], [record[2]])
        elif fields and not fields.marked and (target := _TARGET.fullmatch(line)):
            # what stood between was the source's own, wrapped by a mail or an editor
            fields.source, fields.target = [*fields.source, *fields.target], [target[1]]
            fields.marked, fields.unmarked = True, 0
        elif fields and line.strip(_BLANK):
            fields.target.append(line.strip(_BLANK))
            if not fields.marked:
                fields.unmarked = fields.unmarked or number
    if fields:
        yield start, fields


def write_tsv(job: Job) -> bytes:
    """Return a job as ``segments.tsv``."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    for row in rows(job):
        writer.writerow(map(guarded, row))
    return out.getvalue().encode("utf-8", "replace")


def rows(job: Job) -> Iterator[tuple[str, ...]]:
    """Yield a job as the rows of a table, the first with the names of the columns."""
    langs = {"source": job.text.lang, "target": job.lang}
    yield tuple(f"{name} {langs.get(name, '')}".strip() for name in COLUMNS)
    for place in placed(job):
        for segment in place.unit.segments:
            target = job.targets.get(segment.id)
            yield (
                segment.id,
                place.unit.role,
                place.line(),
                codes.notation(segment.content),
                codes.notation(target.content) if target else "",
                str(place.box.characters) if place.box else "",
                _beside(job, place, segment),
                "",
                signatures.cell(job.signature(segment.id)),
            )


def _beside(job: Job, place: Placed, segment: Segment) -> str:
    """Return what the column for remarks has of a sentence."""
    offer = offered(job, segment.id), beside(job, segment)
    said = (*place.legend(segment.content), *offer)
    return ", ".join(filter(None, (*said, *job.answers.get(segment.id, ()))))


def has_rows(head: bytes) -> bool:
    """Whether a file begins as our table does, its first row aside."""
    return any(_ROW.match(line) for line in head.decode("utf-8", "replace").split("\n")[:3])


def read_tsv(data: bytes, name: str) -> Returned:
    """Read ``segments.tsv`` as it comes back, also with commas or semicolons between fields.

    A first row that was translated or taken out is made up for, where no column is missing.

    Raises:
        ImportRefused: not UTF-8, no column ``id`` or ``target``, or a broken row.
    """
    text = decode_utf8(data, name)
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text))
    records: list[Record] = []
    found: list[Diagnostic] = []
    last = 0
    try:
        first = next(reader, [])
        columns, langs = columns_of(first, name)
        for row in chain([first] if SENTENCE_ID.fullmatch(first[0]) else [], reader):
            if not any(row):
                continue
            place = Place(name, reader.line_num)
            if max(map(len, row)) > TSV_CELL.most:
                raise _too_long(Place(name, last + 1))
            last = reader.line_num
            if len(row) < len(columns):
                message = f"the row has {len(row)} fields instead of {len(columns)}"
                remedy = "See that it has its tabs, and that its translation is not lost."
                found.append(Diagnostic("tsv-row", Severity.WARNING, message, remedy, place))
            fields = dict(zip(columns, map(unguarded, row), strict=False))
            records.append(row_record(fields, place))
    except csv.Error as error:
        if "field limit" in str(error):  # Python's own, of 131,072 characters
            raise _too_long(Place(name, last + 1)) from None
        raise refuse(
            "tsv-broken",
            f"the table is broken: {error}",
            "Save it as text with tabs between the fields.",
            Place(name, reader.line_num),
        ) from None
    return Returned(
        form="segments.tsv",
        source_lang=langs.get("source", ""),
        lang=langs.get("target", ""),
        records=tuple(records),
        diagnostics=tuple(found),
    )


def _too_long(place: Place) -> ImportRefused:
    return refuse(
        "tsv-cell-too-long",
        f"a cell has more than {TSV_CELL}",
        "See whether a quotation mark before it is left open, or shorten it.",
        place,
    )


def _delimiter(text: str) -> str:
    lines = text.split("\n", 2)[:2]
    rows = [found[1] for found in map(_ROW.match, lines) if found]
    return rows[0] if rows else next((c for c in "\t;" if c in lines[0]), ",")


def columns_of(first: list[str], name: str) -> tuple[Sequence[str], dict[str, str]]:
    """Return the columns' names and the languages that the first row names.

    Raises:
        ImportRefused: it does not name ``id`` and ``target``, and the columns are not all there.
    """
    heads = [column.strip().partition(" ") for column in first]
    columns = [name.lower() for name, _, _ in heads]
    if {"id", "target"} <= set(columns):
        return columns, {name.lower(): lang.strip() for name, _, lang in heads}
    if len(first) in (len(COLUMNS), len(_OLDER)):
        tags = {at: found[1] for at, head in enumerate(first) if (found := _LANG.search(head))}
        source, target = COLUMNS.index("source"), COLUMNS.index("target")
        if source in tags and target in tags and not SENTENCE_ID.fullmatch(first[0]):
            return COLUMNS[: len(first)], {"source": tags[source], "target": tags[target]}
        return COLUMNS[: len(first)], {}
    raise refuse(
        "tsv-columns",
        "the first row does not name the columns “id” and “target”",
        f"Put the bundle's first row back, with tabs between its words: {', '.join(COLUMNS)}.",
        Place(name, 1),
    )


def row_record(fields: dict[str, str], place: Place) -> Record:
    """Return a row, its cells by their columns, as a record."""
    target = " ".join(fields.get("target", "").split("\n")).strip(_BLANK)
    source, asked = fields.get("source"), fields.get(QUESTION, "").strip()
    return Record(
        fields["id"].strip(),
        None if source is None else codes.parse_notation(source),
        codes.parse_notation(target),
        place,
        State.TRANSLATED if target else State.INITIAL,
        fields.get("remarks", ""),
        remarks=(Remark(asked, kind=QUESTION),) if asked else (),
        signed=signatures.read(fields.get("reviewed", "")),
    )
