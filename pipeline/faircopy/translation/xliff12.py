"""XLIFF 1.2 (OASIS Standard, 2008), the form that every older tool reads; made for OmegaT 3.6.

One trans-unit a sentence. OmegaT shows what stands in ``target`` and nothing without one, so
every target is a copy of its source; it shows a translated target as if it were the source, so
translations that exist travel in ``tm/auto`` instead. It takes a ``mrk`` in a target for a
tag error, so there is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from lxml import etree

from faircopy.core import ast
from faircopy.core.ast import Inline
from faircopy.translation import codes
from faircopy.translation.codes import Content, Kind
from faircopy.translation.context import Placed, beside, placed
from faircopy.translation.job import Job
from faircopy.translation.segments import Segment
from faircopy.translation.xml import SPACE, Element, append_text, nmtoken, printable, serialise

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_NS = f"{{{NAMESPACE}}}"
_MIXED = frozenset({"source", "target", "note"})
_TYPES: tuple[tuple[type[ast.Node], str], ...] = (
    (ast.Strong, "bold"),
    (ast.Emph, "italic"),
    (ast.Underline, "underlined"),
    (ast.Link, "link"),
    (ast.Image, "image"),
    (ast.LineBreak, "lb"),
)


def write(job: Job) -> bytes:
    """Return a job as XLIFF 1.2; its language must be set."""
    text = job.text
    root = etree.Element(
        f"{_NS}xliff", {"version": "1.2"}, nsmap=cast("dict[str, str]", {None: NAMESPACE})
    )
    file = etree.SubElement(
        root,
        f"{_NS}file",
        {
            "original": text.path,
            "source-language": text.lang,
            "target-language": job.lang,
            "datatype": "plaintext",
        },
    )
    header = etree.SubElement(file, f"{_NS}header")
    etree.SubElement(header, f"{_NS}note", {"from": "digest"}).text = text.digest()
    body = etree.SubElement(file, f"{_NS}body")
    groups: dict[str, Element] = {}
    for place in placed(job):
        name = place.group.id
        if name not in groups:
            groups[name] = etree.SubElement(body, f"{_NS}group", {"id": nmtoken(name)})
        unit = etree.SubElement(groups[name], f"{_NS}group", {"id": nmtoken(place.unit.id)})
        for segment in place.unit.segments:
            answers = job.answers.get(segment.id, ())
            _trans_unit(unit, place, segment, beside(job, segment), answers)
    return serialise(root, _MIXED)


def _trans_unit(
    parent: Element, place: Placed, segment: Segment, change: str, answers: Iterable[str]
) -> None:
    element = etree.SubElement(
        parent, f"{_NS}trans-unit", {"id": nmtoken(segment.id), SPACE: "preserve"}
    )
    _content(etree.SubElement(element, f"{_NS}source"), segment.content, place)
    target = etree.SubElement(element, f"{_NS}target", {"state": "needs-translation"})
    _content(target, segment.content, place)
    lines = [("context", place.line()), ("codes", ", ".join(place.legend(segment.content)))]
    lines += [("change", change), *(("answer", line) for line in answers)]
    for origin, line in lines:
        if line:
            note = etree.SubElement(element, f"{_NS}note", {"from": origin})
            note.text = printable(line)


def _content(element: Element, content: Content, place: Placed) -> None:
    level = element
    for part in content:
        if isinstance(part, str):
            append_text(level, part)
        elif part.kind is Kind.CLOSE:
            parent = level.getparent()
            assert parent is not None
            level = parent
        else:
            node = place.unit.codes[part.id]
            name = "g" if part.kind is Kind.OPEN else "x"
            code = etree.SubElement(level, f"{_NS}{name}", {"id": part.id, "ctype": _type(node)})
            if part.kind is Kind.OPEN:
                level = code
            else:
                code.set("equiv-text", printable(codes.describe(node)))


def _type(node: Inline) -> str:
    known = next((name for kind, name in _TYPES if isinstance(node, kind)), "")
    return known or f"x-{type(node).__name__.lower()}"
