"""XLIFF 2.1 (OASIS Standard, 2018), the canonical exchange form.

A file is a publication, a group a question with its answer, a unit a unit of text, a segment
a sentence; the white space between sentences is ``ignorable``. Codes are ``pc`` and ``ph``
with their Markdown in ``originalData``, which is there to be looked at: nothing is read back
from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from lxml import etree

from faircopy.core import ast
from faircopy.core.ast import Inline
from faircopy.languages.tags import direction
from faircopy.translation import codes
from faircopy.translation.codes import Content, Kind
from faircopy.translation.context import Placed, beside, placed
from faircopy.translation.job import Job, State
from faircopy.translation.segments import Group, Segment, TextUnit
from faircopy.translation.xml import SPACE, Element, append_text, nmtoken, printable, serialise

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
VERSION = "2.1"
_NS = f"{{{NAMESPACE}}}"
_MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
_SIZES = "urn:oasis:names:tc:xliff:sizerestriction:2.0"
_SLR = f"{{{_SIZES}}}"
_MTC = f"{{{_MATCHES}}}"
_MIXED = frozenset({"source", "target", "note", "data"})
_SUBTYPES: tuple[tuple[type[ast.Node], str], ...] = (
    (ast.Emph, "xlf:i"),
    (ast.Strong, "xlf:b"),
    (ast.Underline, "xlf:u"),
    (ast.LineBreak, "xlf:lb"),
)
_MARKS: tuple[tuple[type[ast.Node], str], ...] = (
    (ast.Emph, "*"),
    (ast.Strong, "**"),
    (ast.Strikeout, "~~"),
    (ast.Superscript, "^"),
    (ast.Subscript, "~"),
)


def write(job: Job) -> bytes:
    """Return a job as XLIFF 2.1."""
    text = job.text
    root = etree.Element(
        f"{_NS}xliff",
        {"version": VERSION, "srcLang": text.lang},
        nsmap=cast("dict[str, str]", {None: NAMESPACE}),
    )
    if job.lang:
        root.set("trgLang", job.lang)
    file = etree.SubElement(root, f"{_NS}file", {"id": nmtoken(text.slug), "original": text.path})
    file.set("srcDir", direction(text.lang))
    if job.lang:
        file.set("trgDir", direction(job.lang))
    file.set(SPACE, "preserve")
    file.set("canResegment", "no")  # a sentence is known by its words as they were cut
    remarks = [("title", text.title), ("digest", text.digest())]
    if job.draft:
        remarks.append(("status", "Draft translation, not reviewed"))
    if job.boxes:
        etree.SubElement(
            file,
            f"{_SLR}profiles",
            {"generalProfile": "xliff:codepoints"},
            nsmap={"slr": _SIZES},
        )
    _notes(file, remarks)
    groups: dict[str, Element] = {}
    for place in placed(job):
        if place.group.id not in groups:
            groups[place.group.id] = _group(file, place.group)
        _unit(groups[place.group.id], place, job)
    return serialise(root, _MIXED)


def _group(file: Element, group: Group) -> Element:
    element = etree.SubElement(file, f"{_NS}group", {"id": nmtoken(group.id)})
    if group.title:
        element.set("name", printable(group.title))
    kind = "exchange" if group.units[0].role == "question" else "section"
    element.set("type", f"fc:{kind}")
    return element


def _notes(parent: Element, remarks: list[tuple[str, str]]) -> None:
    notes = etree.SubElement(parent, f"{_NS}notes")
    for category, text in remarks:
        note = etree.SubElement(notes, f"{_NS}note", {"category": category})
        if category == "query":
            note.set("priority", "1")
            note.set("appliesTo", "source")
        note.text = printable(text)


MACHINE = "fc:machine"
"""The state (XLIFF 2.1, section 4.3.1.31) of what a machine translated and nobody has touched."""


def _unit(group: Element, place: Placed, job: Job) -> None:
    unit = place.unit
    element = etree.SubElement(group, f"{_NS}unit", {"id": nmtoken(unit.id)})
    if nmtoken(unit.id) != unit.id:
        element.set("name", unit.id)
    if unit.heading:
        element.set("canResegment", "no")
    element.set("type", f"fc:{unit.role}")
    if place.box:  # XLIFF 2.1, section 5.8
        element.set(f"{_SLR}sizeRestriction", str(place.box.characters))
    _offers(element, unit, job)
    words = [("change", line) for s in unit.segments if (line := beside(job, s))]
    answers = [("answer", line) for s in unit.segments for line in job.answers.get(s.id, ())]
    _notes(element, [*((one.category, one.text) for one in place.remarks()), *words, *answers])
    if unit.codes:
        data = etree.SubElement(element, f"{_NS}originalData")
        for number, node in unit.codes.items():
            for suffix, mark in zip("se", marks(node), strict=False):
                one = etree.SubElement(data, f"{_NS}data", {"id": f"d{number}{suffix}"})
                one.text = printable(mark)
    for segment in unit.segments:
        _segment(element, unit, segment, job)


def _offers(parent: Element, unit: TextUnit, job: Job) -> None:
    """Add near translations as candidates (XLIFF 2.1, section 5.1)."""
    offers = [(s, job.offers[s.id]) for s in unit.segments if s.id in job.offers]
    if not offers:
        return
    matches = etree.SubElement(parent, f"{_MTC}matches", nsmap={"mtc": _MATCHES})
    for segment, offer in offers:
        match = etree.SubElement(matches, f"{_MTC}match", {"ref": f"#{nmtoken(segment.id)}"})
        match.set("type", "tm")
        match.set("similarity", str(offer.likeness))
        for name, content in (("source", offer.source), ("target", offer.target)):
            _bare(etree.SubElement(match, f"{_NS}{name}"), content)


def _bare(element: Element, content: Content) -> None:
    """Write a candidate's content: codes by their numbers alone, they are of another sentence."""
    level = element
    for part in content:
        if isinstance(part, str):
            append_text(level, part)
        elif part.kind is Kind.CLOSE:
            level = cast(Element, level.getparent())
        elif part.kind is Kind.OPEN:
            level = etree.SubElement(level, f"{_NS}pc", {"id": part.id})
        else:
            etree.SubElement(level, f"{_NS}ph", {"id": part.id})


def _segment(parent: Element, unit: TextUnit, segment: Segment, job: Job) -> None:
    element = etree.SubElement(parent, f"{_NS}segment", {"id": nmtoken(segment.id)})
    target = job.targets.get(segment.id)
    if target and target.state is not State.INITIAL:
        element.set("state", target.state.value)
        if target.machine:
            element.set("subState", MACHINE)
    _content(etree.SubElement(element, f"{_NS}source"), segment.content, unit)
    if target:
        _content(etree.SubElement(element, f"{_NS}target"), target.content, unit)
    if segment.gap:
        gap = etree.SubElement(parent, f"{_NS}ignorable")
        _content(etree.SubElement(gap, f"{_NS}source"), segment.gap, unit)


def _content(element: Element, content: Content, unit: TextUnit) -> None:
    level = element
    for part in content:
        if isinstance(part, str):
            append_text(level, part)
        elif part.kind is Kind.CLOSE:
            level = cast(Element, level.getparent())
        else:
            name = "pc" if part.kind is Kind.OPEN else "ph"
            attributes = _code(part.id, unit.codes[part.id], unit.inner)
            code = etree.SubElement(level, f"{_NS}{name}", attributes)
            if part.kind is Kind.OPEN:
                level = code


def _code(number: str, node: Inline, inner: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    pair = isinstance(node, ast.HOLDERS)
    start = "Start" if pair else ""
    found = {"id": number, "canCopy": "no", "canDelete": "no", "type": _type(node)}
    if subtype := next((name for kind, name in _SUBTYPES if isinstance(node, kind)), ""):
        found["subType"] = subtype
    found[f"dataRef{start}"] = f"d{number}s"
    if pair:
        found["dataRefEnd"] = f"d{number}e"
    found[f"disp{start}"] = printable(codes.describe(node))
    if isinstance(node, ast.Code | ast.Math):
        found["equiv"] = printable(node.text)
    if number in inner:  # of a pair, both ends say it, or neither (the published Schematron, F23)
        ends = ("Start", "End") if pair else ("",)
        found |= {f"subFlows{end}": " ".join(map(nmtoken, inner[number])) for end in ends}
    return found


def _type(node: Inline) -> str:
    match node:
        case ast.Quoted() | ast.Cite():
            return "quote"
        case ast.Link():
            return "link"
        case ast.Image():
            return "image"
        case ast.Code() | ast.Math() | ast.RawInline() | ast.Note() | ast.Str():
            return "other"
    return "fmt"


def marks(node: Inline) -> tuple[str, ...]:
    """Return a code as its marks in Markdown: opening and closing of a pair, one of a point."""
    return _pair_marks(node) if isinstance(node, ast.HOLDERS) else (_point_mark(node),)


def _pair_marks(node: ast.Holder) -> tuple[str, str]:
    match node:
        case ast.Quoted():
            return ("“", "”") if node.double else ("‘", "’")
        case ast.Link():
            return "[", f"]({node.url})"
        case ast.Span():
            names = " ".join(f".{name}" for name in node.attr.classes)
            pairs = " ".join(f"{key}={value}" for key, value in node.attr.attributes)
            return "[", "]{" + " ".join(filter(None, (names, pairs))) + "}"
        case ast.Cite():
            return "", ""
    mark = next((mark for kind, mark in _MARKS if isinstance(node, kind)), "")
    return (mark, mark) if mark else ("[", "]{." + codes.describe(node).replace(" ", "-") + "}")


def _point_mark(node: Inline) -> str:
    match node:
        case ast.Code():
            return f"`{node.text}`"
        case ast.Math():
            return f"${node.text}$"
        case ast.Image():
            return f"![]({node.url})"
        case ast.RawInline():
            return node.text
        case ast.Str(c):
            return c
        case ast.LineBreak():
            return "\\"
    return "[^]"
