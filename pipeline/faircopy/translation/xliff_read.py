"""Read XLIFF as it comes back: 2.0, 2.1, 2.2, and 1.2 as OmegaT, memoQ, Trados, Phrase write it.

Only ids, words and the numbers of codes are read; what a code stands for is known at home.
Of foreign namespaces only that is read which tells a person's translation from a tool's guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import msgspec

from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.translation import xliff_notes
from faircopy.translation.codes import plain
from faircopy.translation.forms import Record, Returned, refuse
from faircopy.translation.job import REVIEWED, Signature, State
from faircopy.translation.xliff2 import MACHINE
from faircopy.translation.xliff_inline import Inlines
from faircopy.translation.xliff_phrase import coded, marks
from faircopy.translation.xliff_tools import MACHINES, claim, left_open
from faircopy.translation.xliff_trados import Header, header
from faircopy.translation.xml import Element, local, namespace, parse

_PREFIX = "urn:oasis:names:tc:xliff:document:"
_VERSIONS_2 = ("2.0", "2.1", "2.2")
_PLAIN = Inlines()
_ITS = "{http://www.w3.org/2005/11/its}"


def read(data: bytes, name: str) -> Returned:
    """Read an XLIFF file of any supported version.

    Raises:
        UnreadableXml: broken or unsafe XML.
        ImportRefused: not XLIFF, or of a version that nobody here knows.
    """
    root = parse(data, name)
    version = root.get("version", "")
    if local(root) != "xliff":
        raise refuse("not-xliff", "the file is not XLIFF", "Send an .xlf file.", Place(name, 1))
    if namespace(root).startswith(_PREFIX + "2") and version in _VERSIONS_2:
        return _read_2(root, name)
    if namespace(root) in ("", _PREFIX + "1.1", _PREFIX + "1.2") and version in ("1.1", "1.2"):
        return _read_12(root, name)
    raise refuse(
        "xliff-version",
        f"XLIFF {version or 'without a version'} is not known here",
        "Export as XLIFF 2.1 or 1.2.",
        Place(name, 1),
    )


def _place(element: Element, name: str) -> Place:
    return Place(name, cast("int | None", element.sourceline) or 0)


# --- 2.x ---------------------------------------------------------------------------------------


def _read_2(root: Element, name: str) -> Returned:
    digest = next(
        (note.text or "" for note in _named(root, "note") if note.get("category") == "digest"), ""
    )
    records = []
    for unit in _named(root, "unit"):
        for number, segment in enumerate(_named(unit, "segment"), start=1):
            records.append(_record_2(unit, number, segment, name))
    return Returned(
        form=f"XLIFF {root.get('version')}",
        source_lang=root.get("srcLang", ""),
        lang=root.get("trgLang", ""),
        digest=digest,
        records=tuple(records),
    )


def _record_2(unit: Element, number: int, segment: Element, name: str) -> Record:
    target = _child(segment, "target")
    id = segment.get("id") or f"{unit.get('id', '')}.s{number}"
    state = _state_2(segment.get("state", "initial"))
    return Record(
        id,
        _PLAIN.content(_child(segment, "source")),
        _PLAIN.content(target),
        _place(segment if target is None else target, name),
        state,
        remarks=xliff_notes.of_segment(unit, segment, first=number == 1),
        signed=Signature(_reviser(unit, target)) if state in REVIEWED else None,
        machine=segment.get("subState") == MACHINE,
    )


def _reviser(unit: Element, target: Element | None) -> str:
    """Return who revised a translation (XLIFF 2.1, section 5.9.10: ITS's provenance)."""
    marks = () if target is None else target.iter("{*}mrk")
    return next((who for one in (*marks, unit) if (who := one.get(f"{_ITS}revPerson", ""))), "")


def _state_2(value: str) -> State:
    return State(value) if value in list(State) else State.INITIAL


# --- 1.2 ---------------------------------------------------------------------------------------


def _read_12(root: Element, name: str) -> Returned:
    files = list(_named(root, "file")) or [root]
    first = files[0]
    comments = xliff_notes.in_head(root)
    records: list[Record] = []
    found: list[Diagnostic] = []
    for file in files:
        told = header(file)
        inlines = Inlines(told.locked)
        for unit in _named(file, "trans-unit"):
            if unit.get("id", "") in told.locked:
                continue
            record = _record_12(unit, name, inlines, told, comments)
            if record.target and not record.machine and (why := _doubt(unit)):
                found.append(_unconfirmed(record, why))
                record = msgspec.structs.replace(record, target=(), state=State.INITIAL)
            records.append(record)
    return Returned(
        form="XLIFF 1.2",
        source_lang=first.get("source-language", ""),
        lang=first.get("target-language", ""),
        digest=next((n.text or "" for n in _named(root, "note") if n.get("from") == "digest"), ""),
        records=tuple(records),
        diagnostics=tuple(found),
    )


def _record_12(
    unit: Element, name: str, inlines: Inlines, told: Header, comments: xliff_notes.Comments
) -> Record:
    """Return a trans-unit's sentence; what a tool divided (``mrk mtype="seg"``) is joined."""
    target, said = _child(unit, "target"), claim(unit)
    written = marks(unit)
    before, after = (
        coded(inlines.content(element), written) for element in (_child(unit, "source"), target)
    )
    if plain(before).strip() and not plain(after).strip():
        after = ()  # the codes around a sentence stand there before a word of it does
    return Record(
        unit.get("resname", "") or unit.get("id", ""),
        *told.numbered(before, after),
        _place(unit if target is None else target, name),
        State.INITIAL if target is None else said.state,
        remarks=xliff_notes.of_unit(unit, comments),
        signed=None if target is None else said.signed,
        machine=said.guess == MACHINES,
    )


def _doubt(unit: Element) -> str:
    """Say why a translation is not to be taken for one, or nothing."""
    if guess := claim(unit).guess:
        return f"is {guess} that nobody has confirmed"
    return "has no words yet for a part of the sentence" if left_open(unit) else ""


def _unconfirmed(record: Record, why: str) -> Diagnostic:
    return Diagnostic(
        "unconfirmed",
        Severity.WARNING,
        f"{record.id}: the translation {why}, and was not taken",
        "Look at it in your tool, confirm it there, and send the file again.",
        record.place,
    )


def _named(parent: Element, name: str) -> Iterator[Element]:
    return parent.iter(f"{{{namespace(parent)}}}{name}" if namespace(parent) else name)


def _child(parent: Element, name: str) -> Element | None:
    return next((child for child in parent if local(child) == name), None)
