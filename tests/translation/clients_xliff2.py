"""Stand-ins for translation tools that write XLIFF 2: see ``tests.translation.clients``."""

from __future__ import annotations

from typing import Any, cast

from faircopy.translation.xml import Element, local
from lxml import etree

from tests.translation.clients import (
    Client,
    Translate,
    as_windows,
    by_toolkit,
    child_of,
    filled,
    named,
    parsed,
    recode,
    written,
)

N20 = "{urn:oasis:names:tc:xliff:document:2.0}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


def swordfish_2(data: bytes, translate: Translate) -> bytes:
    """Everything final and indented, with a match and metadata of its own beside each unit."""
    root = filled(parsed(data), "segment", translate)
    for unit in named(root, "unit"):
        space = "urn:oasis:names:tc:xliff:metadata:2.0"
        etree.SubElement(unit, f"{{{space}}}metadata", nsmap={"mda": space})
    for segment in named(root, "segment"):
        segment.set("state", "final")
        segment.set("subState", "swordfish:done")
    return written(root, pretty=True)


def memoq_2(data: bytes, translate: Translate) -> bytes:
    """A Windows file without notes, original data and what codes look like."""
    root = filled(parsed(data), "segment", translate)
    for element in [*named(root, "notes"), *named(root, "originalData")]:
        parent = cast(Element, element.getparent())
        if local(parent) == "unit":
            parent.remove(element)
    for code in [*named(root, "pc"), *named(root, "ph")]:
        for attribute in [str(name) for name in code.attrib]:
            if attribute not in ("id", "subFlows", "subFlowsStart"):
                code.attrib.pop(attribute)
    for segment in named(root, "segment"):
        segment.set("state", "translated")
    return as_windows(written(root))


def trados_2(data: bytes, translate: Translate) -> bytes:
    """Pairs as separate beginnings and ends, comments as annotations, XLIFF 2.0."""
    root = filled(parsed(data), "segment", translate)
    root.set("version", "2.0")
    for segment in named(root, "segment"):
        target = child_of(segment, "target")
        recode(target, _split)
        comment = etree.Element(f"{N20}mrk", {"id": "m1", "type": "comment", "value": "Gut."})
        comment.text, target.text = target.text, None
        comment.extend(list(target))
        target.append(comment)
    return written(root)


def _split(code: Element) -> list[Element]:
    if local(code) != "pc":
        return [code]
    start = etree.Element(f"{N20}sc", {"id": code.get("id", "")})
    start.tail = code.text
    end = etree.Element(f"{N20}ec", {"startRef": code.get("id", "")})
    return [start, *code, end]


def weblate_2(data: bytes, translate: Translate) -> bytes:
    """Weblate works with translate-toolkit: the real thing."""
    from translate.storage import xliff2

    return by_toolkit(cast(Any, xliff2).Xliff2File, data, translate)


def smartling_2(data: bytes, translate: Translate) -> bytes:
    """Smartling fills the targets of the file that it was given, as XLIFF 2.0, and states nothing.

    The shape is that of its help's page on the form: a schema's place, a prefix that nothing uses.
    """
    given = filled(parsed(data), "segment", translate)
    prefixes = {None: N20.strip("{}"), "xmrk": "urn:xmarker", "xsi": XSI.strip("{}")}
    root = etree.Element(f"{N20}xliff", nsmap=cast(Any, prefixes))
    root.attrib.update(given.attrib)
    root.set("version", "2.0")
    root.set(f"{XSI}schemaLocation", f"{N20.strip('{}')} xliff_core_2.0.xsd")
    root.extend(list(given))
    for segment in named(root, "segment"):
        if "state" in segment.attrib:
            del segment.attrib["state"]
    return written(root, pretty=True)


CLIENTS_2: dict[str, Client] = {
    "swordfish": swordfish_2,
    "memoq": memoq_2,
    "trados": trados_2,
    "weblate": weblate_2,
    "smartling": smartling_2,
}
