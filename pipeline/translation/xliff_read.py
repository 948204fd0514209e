"""Read XLIFF as it comes back: 2.0, 2.1, 2.2, and 1.2 as OmegaT, memoQ and Trados write it.

Only ids, words and the numbers of codes are read; what a code stands for is known at home.
Annotations (``mrk``) are passed through, foreign namespaces passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from pipeline.diagnostics import Place
from pipeline.translation import codes
from pipeline.translation.codes import Content, Kind, Tag
from pipeline.translation.forms import Record, Returned, refuse
from pipeline.translation.job import State
from pipeline.translation.xml import Element, local, namespace, parse

_PREFIX = "urn:oasis:names:tc:xliff:document:"
_VERSIONS_2 = ("2.0", "2.1", "2.2")
_PAIRS = {"pc", "g"}
_POINTS = {"ph", "x", "it"}
_STARTS = {"sc", "bx", "bpt"}
_ENDS = {"ec", "ex", "ept"}
_LINE_END = re.compile(r"[ \t]*[\r\n]\s*|\t")


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
    if namespace(root) in ("", _PREFIX + "1.2") and version in ("1.1", "1.2"):
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
    return Record(
        id,
        _content(_child(segment, "source")),
        _content(target),
        _place(segment if target is None else target, name),
        _state_2(segment.get("state", "initial")),
    )


def _state_2(value: str) -> State:
    return State(value) if value in list(State) else State.INITIAL


# --- 1.2 ---------------------------------------------------------------------------------------


_STATES_12 = {
    "new": State.INITIAL,
    "needs-translation": State.INITIAL,
    "signed-off": State.REVIEWED,
    "final": State.FINAL,
}


def _read_12(root: Element, name: str) -> Returned:
    first = next(_named(root, "file"), root)
    return Returned(
        form="XLIFF 1.2",
        source_lang=first.get("source-language", ""),
        lang=first.get("target-language", ""),
        digest=next((n.text or "" for n in _named(root, "note") if n.get("from") == "digest"), ""),
        records=tuple(_record_12(unit, name) for unit in _named(root, "trans-unit")),
    )


def _record_12(unit: Element, name: str) -> Record:
    """Return a trans-unit's sentence; what a tool divided (``mrk mtype="seg"``) is joined."""
    target = _child(unit, "target")
    state = "" if target is None else target.get("state", "")
    return Record(
        unit.get("resname", "") or unit.get("id", ""),
        _content(_child(unit, "source")),
        _content(target),
        _place(unit if target is None else target, name),
        _STATES_12.get(state, State.INITIAL if target is None else State.TRANSLATED),
    )


# --- content -----------------------------------------------------------------------------------


def _named(parent: Element, name: str) -> Iterator[Element]:
    return parent.iter(f"{{{namespace(parent)}}}{name}" if namespace(parent) else name)


def _child(parent: Element, name: str) -> Element | None:
    return next((child for child in parent if local(child) == name), None)


def _content(element: Element | None) -> Content:
    return () if element is None else codes.join(_parts(element, {}))


def _parts(element: Element, starts: dict[str, str]) -> Iterator[str | Tag]:
    """Yield words and tags; ``starts`` remembers which id each opening code has."""
    yield _line(element.text)
    for child in element:
        name = local(child)
        id = child.get("id", "")
        if name in _PAIRS:
            yield Tag(id, Kind.OPEN)
            yield from _parts(child, starts)
            yield Tag(id, Kind.CLOSE)
        elif name in _POINTS:
            yield Tag(id, Kind.POINT)
        elif name in _STARTS:
            starts[child.get("rid", id)] = id
            yield Tag(id, Kind.OPEN)
        elif name in _ENDS:
            reference = child.get("startRef") or child.get("rid") or id
            yield Tag(starts.get(reference, reference), Kind.CLOSE)
        elif name == "cp":
            yield _code_point(child.get("hex", ""))
        elif name and name not in ("sm", "em"):
            yield from _parts(child, starts)
        yield _line(child.tail)


def _line(text: str | None) -> str:
    """Return text on one line; line ends are a tool's layout, never the translator's."""
    return _LINE_END.sub(" ", text or "")


def _code_point(value: str) -> str:
    try:
        return chr(int(value, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
