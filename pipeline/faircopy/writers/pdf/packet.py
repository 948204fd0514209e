"""The XMP packet (ISO 16684-1): what a PDF says of itself, in one place.

PDF/A allows a property of another schema only when the file describes that schema, and describes
all of them in one place (ISO 19005-3, 6.6.2.3).
"""

from __future__ import annotations

from typing import Any

import msgspec
from lxml import etree

from faircopy.core.model import Publication
from faircopy.passes import rights
from faircopy.passes.identifiers import of_form
from faircopy.writers.pdf.claims import Claims
from faircopy.writers.pdf.structure import Element

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_A = "http://www.aiim.org/pdfa/ns/id/"
_UA = "http://www.aiim.org/pdfua/ns/id/"
_TDM = "http://www.w3.org/ns/tdmrep/"
_EXTENSION = "http://www.aiim.org/pdfa/ns/extension/"
_SCHEMA = "http://www.aiim.org/pdfa/ns/schema#"
_PROPERTY = "http://www.aiim.org/pdfa/ns/property#"
_DC = "http://purl.org/dc/elements/1.1/"
_RIGHTS = "http://ns.adobe.com/xap/1.0/rights/"
_PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"
_XML = "http://www.w3.org/XML/1998/namespace"
_SPACES = {
    "rdf": _RDF,
    "pdfuaid": _UA,
    "tdm": _TDM,
    "pdfaExtension": _EXTENSION,
    "pdfaSchema": _SCHEMA,
    "pdfaProperty": _PROPERTY,
    "dc": _DC,
    "xmpRights": _RIGHTS,
    "photoshop": _PHOTOSHOP,
}


class _Schema(msgspec.Struct, frozen=True):
    """A schema that XMP does not know; a property has a name, a type, a kind and a sense."""

    title: str
    space: str
    prefix: str
    properties: tuple[tuple[str, str, str, str], ...]


_ACCESSIBLE = _Schema(
    "PDF/UA Universal Accessibility Schema",
    _UA,
    "pdfuaid",
    (("part", "Integer", "internal", "Part of ISO 14289 followed"),),
)
_MINING = _Schema(
    "TDM Reservation Protocol",
    _TDM,
    "tdm",
    (
        (
            "reservation",
            "Integer",
            "external",
            "Whether text and data mining is reserved (1) or not",
        ),
        ("policy", "URI", "external", "Where the terms of text and data mining stand"),
    ),
)


def describe(stream: Any, claimed: Claims, publication: Publication) -> None:
    """Say in the packet what the file is, whose it is and what may be done with it.

    Args:
        stream: pydyf's, as WeasyPrint has written it: of PDF/A-3a, come what may.
        claimed: what the document claims to be.
        publication: what it is of.
    """
    packet = b"".join(stream.stream)
    start, end = packet.index(b"<x:xmpmeta"), packet.index(b"</x:xmpmeta>") + len(b"</x:xmpmeta>")
    root = etree.fromstring(packet[start:end])
    rdf = root.find(f".//{{{_RDF}}}RDF")
    if rdf is None:
        raise ValueError("the XMP packet has no RDF")
    for item in rdf.findall(f"{{{_RDF}}}Description[@{{{_A}}}part]"):
        item.set(f"{{{_A}}}conformance", claimed.level.upper())
        if not claimed.level:
            rdf.remove(item)
    said = _description(rdf)
    schemas = []
    if claimed.accessible:
        _put(said, "pdfuaid:part", "1")
        schemas.append(_ACCESSIBLE)
    if reserved := rights.reservation(publication.metadata):
        _put(said, "tdm:reservation", reserved)
        _put(said, "tdm:policy", publication.metadata.tdm_policy)
        schemas.append(_MINING)
    _state(said, publication)
    if not len(said):
        rdf.remove(said)
    if schemas:
        rdf.append(_extensions(rdf, schemas))
    etree.cleanup_namespaces(root, keep_ns_prefixes=["x", "rdf"])
    stream.stream = [packet[:start] + etree.tostring(root) + packet[end:]]


def _state(said: Element, publication: Publication) -> None:
    """Say by which number the edition is known, whose it is and who made it."""
    metadata = publication.metadata
    _put(said, "dc:identifier", of_form(publication, "pdf"))
    if line := rights.stated(metadata):
        alternatives = etree.SubElement(_put(said, "dc:rights"), _q("rdf:Alt"))
        item = _put(alternatives, "rdf:li", line)
        item.set(f"{{{_XML}}}lang", "x-default")
        _put(said, "xmpRights:Marked", "True")
    _put(said, "xmpRights:WebStatement", metadata.licence)
    _put(said, "photoshop:Credit", rights.disclosure(publication))


def _extensions(rdf: Element, schemas: list[_Schema]) -> Element:
    made = _description(rdf)
    bag = etree.SubElement(_put(made, "pdfaExtension:schemas"), _q("rdf:Bag"))
    for schema in schemas:
        entry = _resource(bag)
        _put(entry, "pdfaSchema:schema", schema.title)
        _put(entry, "pdfaSchema:namespaceURI", schema.space)
        _put(entry, "pdfaSchema:prefix", schema.prefix)
        listed = etree.SubElement(_put(entry, "pdfaSchema:property"), _q("rdf:Seq"))
        for values in schema.properties:
            described = _resource(listed)
            names = ("name", "valueType", "category", "description")
            for name, value in zip(names, values, strict=True):
                _put(described, f"pdfaProperty:{name}", value)
    return made


def _description(rdf: Element) -> Element:
    made = etree.SubElement(rdf, _q("rdf:Description"), nsmap=_SPACES)
    made.set(_q("rdf:about"), "")
    return made


def _resource(parent: Element) -> Element:
    made = etree.SubElement(parent, _q("rdf:li"))
    made.set(_q("rdf:parseType"), "Resource")
    return made


def _put(parent: Element, name: str, text: str | None = None) -> Element:
    """Put a property in; one whose text is empty is left out."""
    made = etree.SubElement(parent, _q(name))
    made.text = text
    if text == "":
        parent.remove(made)
    return made


def _q(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"
