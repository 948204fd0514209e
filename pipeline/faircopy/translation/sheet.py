"""The reviewer's report and error sheet: what was changed and why, as a table with tabs.

One row a change: sentence, source, before, after, why, and MQM's category and severity (MQM Core,
themqm.org), which a reviewer fills in. It comes back by the import as data.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.passes.cells import guarded, unguarded
from faircopy.translation import codes
from faircopy.translation.findings import Finding
from faircopy.translation.forms import Change, Returned, decode_utf8, refuse
from faircopy.translation.segments import SourceText

FORM = "error sheet"
COLUMNS = ("id", "category", "severity", "why", "before", "after", "source", "by", "date")
CATEGORIES = (
    "terminology",
    "accuracy",
    "linguistic conventions",
    "style",
    "locale conventions",
    "audience appropriateness",
    "design and markup",
)
"""The dimensions of MQM Core; a type of error may follow behind a slash: accuracy/omission."""
_OLDER = {"fluency": "linguistic conventions", "verity": "audience appropriateness"}
SEVERITIES = {"neutral": 0, "minor": 1, "major": 5, "critical": 25}
"""The severities of MQM, and the points that each costs (the usual weights)."""


def write(text: SourceText, lang: str, changes: Iterable[Change]) -> bytes:
    """Return the report of what was changed in a translation."""
    sources = {segment.id: codes.notation(segment.content) for _, segment in text.segments()}
    out = io.StringIO()
    rows = csv.writer(out, delimiter="\t", lineterminator="\n")
    tags = {"source": text.lang, "after": lang}
    rows.writerow(f"{name} {tags.get(name, '')}".strip() for name in COLUMNS)
    for one in changes:
        fields = {**msgspec.structs.asdict(one), "id": one.segment}
        fields["source"] = sources.get(one.segment, "")
        rows.writerow(guarded(fields[name]) for name in COLUMNS)
    return out.getvalue().encode("utf-8", "replace")


def is_sheet(head: bytes) -> bool:
    """Whether a file begins as an error sheet does."""
    first = head.partition(b"\n")[0].decode("utf-8", "replace").lower().replace('"', "")
    names = {name.strip().partition(" ")[0] for name in first.replace(";", "\t").split("\t")}
    return {"id", "category", "severity"} <= names


def read(data: bytes, name: str) -> Returned:
    """Read an error sheet as it comes back.

    Raises:
        ImportRefused: not UTF-8, or a broken table.
    """
    text = decode_utf8(data, name)
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter="\t" if "\t" in first else ";")
    found: list[Change] = []
    wrong: list[Diagnostic] = []
    try:
        heads = [head.strip().partition(" ") for head in next(reader)]
        columns = [name.lower() for name, _, _ in heads]
        for row in reader:
            fields = dict(zip(columns, map(unguarded, row), strict=False))
            if any(fields.values()):
                one = _change(fields)
                found.append(one)
                wrong += _doubts(one, fields, Place(name, reader.line_num))
    except csv.Error as error:
        raise refuse(
            "sheet-broken",
            f"the error sheet is broken: {error}",
            "Save it as text with tabs between the fields.",
            Place(name, reader.line_num),
        ) from None
    langs = {name.lower(): lang.strip() for name, _, lang in heads}
    return Returned(
        form=FORM,
        source_lang=langs.get("source", ""),
        lang=langs.get("after", ""),
        records=(),
        diagnostics=tuple(wrong),
        changes=tuple(found),
    )


def unknown(returned: Returned, text: SourceText) -> Iterator[Finding]:
    """Yield the rows of an error sheet that are of no sentence of today."""
    ids = {segment.id for _, segment in text.segments()}
    for one in returned.changes:
        if one.segment not in ids:
            yield Finding(
                "sheet-id",
                Severity.WARNING,
                one.segment,
                "the error sheet names a sentence that is not there; the row is kept all the same",
                "See whether its id was changed.",
            )


def _change(fields: Mapping[str, str]) -> Change:
    said = {name: " ".join(fields.get(name, "").split()) for name in COLUMNS}
    main, slash, kind = said["category"].casefold().partition("/")
    category = f"{_OLDER.get(main.strip(), main.strip())}{slash}{kind.strip()}"
    return Change(
        segment=said["id"],
        by=said["by"],
        date=said["date"],
        before=said["before"],
        after=said["after"],
        why=said["why"],
        category=category,
        severity=said["severity"].casefold(),
    )


def _doubts(one: Change, fields: Mapping[str, str], place: Place) -> Iterator[Diagnostic]:
    """Yield categories and severities that MQM has not."""
    if one.category and one.category.partition("/")[0] not in CATEGORIES:
        yield Diagnostic(
            "sheet-category",
            Severity.WARNING,
            f"{one.segment}: “{fields.get('category', '')}” is no category of MQM",
            f"They are: {', '.join(CATEGORIES)}. It is kept as it stands and not counted.",
            place,
        )
    if one.severity and one.severity not in SEVERITIES:
        yield Diagnostic(
            "sheet-severity",
            Severity.WARNING,
            f"{one.segment}: “{fields.get('severity', '')}” is no severity of MQM",
            f"They are: {', '.join(SEVERITIES)}. It counts as minor.",
            place,
        )


class Score(msgspec.Struct, frozen=True):
    """Errors by category, the points that they cost, and these for a thousand words."""

    errors: Mapping[str, int]
    points: int
    per_thousand: float


def score(text: SourceText, changes: Iterable[Change]) -> Score | None:
    """Count an error sheet; None where nobody has given an error its category."""
    known = [one for one in changes if one.category.partition("/")[0] in CATEGORIES]
    if not known:
        return None
    errors = Counter(one.category.partition("/")[0] for one in known)
    points = sum(SEVERITIES.get(one.severity, SEVERITIES["minor"]) for one in known)
    count = sum(len(codes.plain(segment.content).split()) for _, segment in text.segments())
    return Score(dict(sorted(errors.items())), points, round(1000 * points / max(count, 1), 1))
