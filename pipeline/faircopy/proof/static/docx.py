"""Word documents in which nothing acts (ISO/IEC 29500): no macro, no object, nothing linked in."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

from faircopy.manuscript.pictures.svg_names import names
from faircopy.passes.addresses import SCHEMES
from faircopy.proof.extractors.archive import Archive, Element
from faircopy.proof.static import alike, css, web, xml
from faircopy.proof.static.fault import Fault, line_of, shown

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_KINDS = frozenset({".xml", ".rels", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".odttf"})
_RELATIONS = names(
    """
    comments commentsExtended commentsIds core-properties custom-properties customXml customXmlProps
    endnotes extended-properties font fontTable footer footnotes header hyperlink image numbering
    officeDocument people settings styles stylesWithEffects theme thumbnail webSettings
    """
)
"""Kinds of relationships that lead to text, looks or a picture."""
_ELEMENTS = names(
    """
    OLEObject altChunk attachedTemplate control externalData frameset mailMerge object ocx
    saveThroughXslt subDoc
    """
)
"""What embeds, runs or fetches something, by its local name."""
_FIELDS = names(
    """
    = AUTHOR CITATION COMMENTS CREATEDATE DATE DOCPROPERTY EQ HYPERLINK INDEX NOTEREF NUMPAGES
    NUMWORDS PAGE PAGEREF QUOTE REF SAVEDATE SECTION SECTIONPAGES SEQ STYLEREF SUBJECT SYMBOL TC
    TITLE TOC XE
    """
)
"""Fields (part 1, 17.16.5) that only compute from the document itself."""
_ACTIVE = re.compile(r"macroEnabled|vbaProject|activeX|oleObject|ms-office\.", re.I)


def faults(data: bytes) -> Iterator[Fault]:
    """Yield what is not static in a DOCX.

    Raises:
        EditionError: it is no archive, or what it has is damaged.
    """
    archive = Archive(data)
    yield from alike.faults(data)
    for name in archive.names:
        yield from (fault.within(name) for fault in _part(archive, name))


def _part(archive: Archive, name: str) -> Iterator[Fault]:
    ending = f".{posixpath.basename(name).rpartition('.')[2].lower()}"
    if ending not in _KINDS:
        yield Fault("", "it has a part of an unknown kind")
    elif ending == ".svg":
        yield from web.faults(archive.xml(name), lambda address: address.startswith("#"))
    elif ending in (".xml", ".rels"):
        root = archive.xml(name)
        yield from xml.faults(root)
        if ending == ".rels":
            yield from _relations(root)
        elif name == "[Content_Types].xml":
            yield from _types(root)
        else:
            yield from _elements(root)
            yield from _fields(root)


def _relations(root: Element) -> Iterator[Fault]:
    for item in root.iter("{*}Relationship"):
        line = line_of(item)
        kind = (item.get("Type") or "").rpartition("/")[2]
        target = item.get("Target") or ""
        if kind not in _RELATIONS:
            yield Fault("", f"it has something of the kind “{shown(kind)}”", line)
        elif item.get("TargetMode") == "External" and kind == "hyperlink":
            if _scheme(target) not in SCHEMES:
                yield Fault("", f"it links to “{shown(target)}”", line)
        elif item.get("TargetMode", "Internal") != "Internal" or _scheme(target) is not None:
            yield Fault("", f"it shows what is not in the file: “{shown(target)}”", line)


def _scheme(address: str) -> str | None:
    """Return an address's scheme; ``//`` and a drive's letter count as one, None is none."""
    plain = "".join(address.split()).replace("\\", "/")
    if plain.startswith("//"):
        return "//"
    try:
        return urlsplit(plain).scheme or None
    except ValueError:
        return "?"


def _types(root: Element) -> Iterator[Fault]:
    for item in root:
        kind = item.get("ContentType") or ""
        if _ACTIVE.search(kind):
            line = line_of(item)
            yield Fault("", f"it has a part of the kind “{shown(kind)}”", line)


def _elements(root: Element) -> Iterator[Fault]:
    for element in root.iter(etree.Element):
        name, line = etree.QName(element).localname, line_of(element)
        if name in _ELEMENTS:
            yield Fault("", f"it has the element “{shown(name)}”", line)
        for key, value in element.attrib.items():
            attribute = etree.QName(key)
            if attribute.localname == "link" and name == "blip":
                yield Fault("", "it has a picture that is not in the file", line)
            elif attribute.localname in ("src", "href") and not attribute.namespace:
                yield Fault("", f"it shows what is not in the file: “{shown(str(value))}”", line)
            elif attribute.localname == "action" and name.startswith("hlink"):
                yield Fault("", "it has a link that does something", line)
            elif attribute.localname == "style":
                for fault in css.faults(str(value), lambda address: False):
                    yield Fault("", fault.what, line)


def _fields(root: Element) -> Iterator[Fault]:
    """Yield fields that fetch; an instruction may be cut into many runs, and hold another."""
    open_fields: list[str] = []
    for element in root.iter(f"{_W}fldChar", f"{_W}instrText", f"{_W}fldSimple"):
        line = line_of(element)
        if element.tag == f"{_W}fldSimple":
            yield from _field(element.get(f"{_W}instr") or "", line)
        elif element.tag == f"{_W}instrText":
            if not open_fields:
                yield Fault("", "it has an instruction outside of a field", line)
            else:
                open_fields[-1] += element.text or ""
        elif element.get(f"{_W}fldCharType") == "begin":
            open_fields.append("")
        elif element.get(f"{_W}fldCharType") == "end" and open_fields:
            yield from _field(open_fields.pop(), line)
    for left in open_fields:
        yield from _field(left, 0)


def _field(instruction: str, line: int) -> Iterator[Fault]:
    words = instruction.split()
    if words and words[0].upper() not in _FIELDS:
        yield Fault("", f"it has the field “{shown(words[0])}”", line)
    if words and words[0].upper() == "HYPERLINK":
        target = next((word.strip('"“”') for word in words[1:] if not word.startswith("\\")), "")
        if _scheme(target) not in (None, *SCHEMES):
            yield Fault("", f"it links to “{shown(target)}”", line)
