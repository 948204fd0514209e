"""PO, as gettext (0.21), Poedit and Weblate read and write it.

The context is the sentence's id, the message its text with codes in the notation of the text
forms. A fuzzy entry is a guess that a tool made: it is never taken for a translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.translation import codes, signatures
from faircopy.translation.context import beside, placed
from faircopy.translation.forms import Record, Remark, Returned, decode_utf8
from faircopy.translation.job import Job, State
from faircopy.translation.segments import Segment

_TEXT = r'"((?:[^"\\]|\\.)*)"\s*'
_LINE = re.compile(rf"(msgctxt|msgid|msgstr)\s+{_TEXT}")
_MORE = re.compile(_TEXT)
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})
_ESCAPED = re.compile(r"\\(.)")
_MEANING = {"n": "\n", "t": "\t", "r": ""}


_REVIEWED_BY = "X-Reviewed-By"
"""The key of the header that names who reviewed the whole file."""
_REVIEWED = "Reviewed:"
"""What a translator's comment begins with that names who reviewed an entry."""


def write(job: Job) -> bytes:
    """Return a job as PO; without a language as a template (POT)."""
    text = job.text
    head = (
        f"Project-Id-Version: {text.slug}\n"
        f"Language: {job.lang.replace('-', '_')}\n"
        "MIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=UTF-8\n"
        "Content-Transfer-Encoding: 8bit\n"
        f"X-Source-Language: {text.lang}\n"
        f"X-Target-Language: {job.lang}\n"
        f"X-Text: {text.digest()}\n"
        f"{_REVIEWED_BY}: \n"
    )
    lines = ['msgid ""', 'msgstr ""', *(_quoted(line) for line in head.splitlines(True)), ""]
    for place in placed(job):
        for segment in place.unit.segments:
            lines.append(f"#. {place.line()}")
            if legend := ", ".join(place.legend(segment.content)):
                lines.append(f"#. {legend}")
            if words := beside(job, segment):
                lines.append(f"#. {words}")
            lines += [f"#. {line}" for line in job.answers.get(segment.id, ())]
            lines += _entry(job, segment)
    return "\n".join(lines).encode("utf-8", "replace")


def _entry(job: Job, segment: Segment) -> Iterator[str]:
    target, offer = job.targets.get(segment.id), job.offers.get(segment.id)
    done = target.content if target else ()
    if signed := signatures.cell(job.signature(segment.id)):
        yield f"# {_REVIEWED} {signed}"
    if offer and not target:
        yield "#, fuzzy"
        yield f"#| msgid {_quoted(codes.notation(offer.source))}"
        done = offer.target
    yield f"msgctxt {_quoted(segment.id)}"
    yield f"msgid {_quoted(codes.notation(segment.content))}"
    yield f"msgstr {_quoted(codes.notation(done))}"
    yield ""


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'


def read(data: bytes, name: str) -> Returned:
    """Read a PO file; obsolete entries are passed over.

    Raises:
        ImportRefused: not UTF-8.
    """
    records: list[Record] = []
    text = decode_utf8(data, name)
    found = [_broken(Place(name, line)) for line in _broken_lines(text)]
    keys: dict[str, str] = {}
    for line, flags, entry, comments in _entries(text):
        id, target = entry.get("msgctxt", ""), entry.get("msgstr", "")
        place = Place(name, line)
        said = [one for one in comments if not one.startswith(_REVIEWED)]
        signed = [one.removeprefix(_REVIEWED) for one in comments if one.startswith(_REVIEWED)]
        if not entry.get("msgid"):
            keys |= dict(re.findall(r"(?m)^([\w-]+): *(.*)$", target))
            continue
        if "fuzzy" in flags and target:
            message = f"{id}: the entry is fuzzy, a tool's guess, and was not taken"
            remedy = "Check it in your editor and take the mark away."
            found.append(Diagnostic("fuzzy", Severity.WARNING, message, remedy, place))
            target = ""
        records.append(
            Record(
                id,
                codes.parse_notation(entry["msgid"]),
                codes.parse_notation(target.strip(" \n\t")),
                place,
                State.TRANSLATED if target else State.INITIAL,
                remarks=(Remark(" ".join(said)),) if said else (),
                signed=next(map(signatures.read, signed), None),
            )
        )
    return Returned(
        form="PO",
        source_lang=keys.get("X-Source-Language", ""),
        lang=keys.get("X-Target-Language") or keys.get("Language", "").replace("_", "-"),
        digest=keys.get("X-Text", ""),
        records=tuple(records),
        signed=signatures.read(keys.get(_REVIEWED_BY, "")),
        diagnostics=tuple(found),
    )


def _broken_lines(text: str) -> Iterator[int]:
    """Yield the numbers of the lines that begin as PO does and end otherwise."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith(("msg", '"')) and not (_LINE.fullmatch(line) or _MORE.fullmatch(line)):
            yield number


def _broken(place: Place) -> Diagnostic:
    return Diagnostic(
        "po-line",
        Severity.ERROR,
        "the line is cut off, or a quotation mark is missing at its end or stands in its midst",
        'Close it with a quotation mark, write \\" within, or send the whole file again.',
        place,
    )


def _entries(text: str) -> Iterator[tuple[int, set[str], dict[str, str], list[str]]]:
    """Yield line number, flags, fields and the translator's comments of each entry."""
    flags: set[str] = set()
    said: list[str] = []
    entry: dict[str, str] = {}
    field, start = "", 0
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if found := _LINE.fullmatch(line):
            field = found[1]
            if field in entry:  # entries may follow each other without an empty line
                yield start, flags, entry, said
                entry, flags, said = {}, set(), []
            start = start if entry else number
            entry[field] = _unescaped(found[2])
        elif (found := _MORE.fullmatch(line)) and field in entry:
            entry[field] += _unescaped(found[1])
        else:
            if entry and ("msgstr" in entry):
                yield start, flags, entry, said
                entry, flags, said, field = {}, set(), [], ""
            if line.startswith("# "):
                said.append(line[2:].strip())
            if line.startswith("#,"):
                flags |= {flag.strip() for flag in line[2:].split(",")}
    if entry:
        yield start, flags, entry, said


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: _MEANING.get(found[1], found[1]), text)
