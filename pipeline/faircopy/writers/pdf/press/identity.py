"""What a press file says of itself: PDF/X-4, its printing condition, when it was made.

The information dictionary and the XMP packet say the same (ISO 15930-7, 6.10). Identifiers are
made of the content: the same edition is the same document.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

import pikepdf
from lxml import etree
from pikepdf import Array, Dictionary, Name, Pdf, String

from faircopy.writers.pdf.press.profile import Condition

VERSION = "PDF/X-4"
REGISTRY = "http://www.color.org"
"""Of characterised printing conditions, kept by the International Color Consortium."""

_REGISTERED = ("CGATS", "EUROSB", "FOGRA", "IFRA", "JC")
"""What the names in that registry begin with; other conditions are a printer's own."""

_X, _RDF = "adobe:ns:meta/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}
_START = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'.encode()
_END = b'\n<?xpacket end="r"?>'
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def intend(pdf: Pdf, condition: Condition) -> None:
    """State the one printing condition that the inks are meant for (ISO 15930-7, 6.2)."""
    profile = pdf.make_stream(condition.profile)
    profile[Name.N] = 4
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(condition.name),
        OutputCondition=String(condition.description),
        Info=String(condition.description),
        DestOutputProfile=profile,
    )
    if condition.name.startswith(_REGISTERED):
        intent[Name.RegistryName] = String(REGISTRY)
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def identify(pdf: Pdf, made: datetime, source: bytes) -> None:
    """Write the information dictionary and the XMP packet.

    Args:
        pdf: the document; its title, authors, subject and keywords stay.
        made: when the edition was published, which is also when it was made.
        source: what the document was made from; its hash makes the identifiers.
    """
    date = made.strftime("D:%Y%m%d%H%M%SZ")
    info = pdf.docinfo
    info[Name.CreationDate] = info[Name.ModDate] = String(date)
    info[Name.Trapped] = Name("/False")
    packet = etree.tostring(_packet(info, made, source), encoding="utf-8", pretty_print=True)
    metadata = pdf.make_stream(_START + packet + _END)
    metadata[Name.Type], metadata[Name.Subtype] = Name.Metadata, Name.XML
    pdf.Root.Metadata = metadata


def _packet(info: pikepdf.Dictionary, made: datetime, source: bytes) -> etree._Element:
    """Return the tree of the packet (ISO 16684-1, 7)."""
    root = etree.Element(f"{{{_X}}}xmpmeta", nsmap={"x": _X})
    rdf = etree.SubElement(root, f"{{{_RDF}}}RDF", nsmap={"rdf": _RDF, **_SPACES})
    about = etree.SubElement(rdf, f"{{{_RDF}}}Description", {f"{{{_RDF}}}about": ""})
    for name, value in _simple(info, made, source):
        _property(about, name).text = value
    for name, key, kind in (
        ("dc:title", "/Title", "Alt"),
        ("dc:creator", "/Author", "Seq"),
        ("dc:description", "/Subject", "Alt"),
    ):
        if key in info:
            _list(_property(about, name), kind, [str(info[key])])
    return root


def _simple(info: pikepdf.Dictionary, made: datetime, source: bytes) -> Iterator[tuple[str, str]]:
    digest = hashlib.sha256(source).digest()
    when = made.strftime("%Y-%m-%dT%H:%M:%SZ")
    yield "pdfxid:GTS_PDFXVersion", VERSION
    yield "pdf:Trapped", "False"
    for name in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
        yield name, when
    yield "xmpMM:DocumentID", f"uuid:{UUID(bytes=digest[:16], version=5)}"
    yield "xmpMM:InstanceID", f"uuid:{UUID(bytes=digest[16:], version=5)}"
    yield "xmpMM:RenditionClass", "default"
    yield "xmpMM:VersionID", "1"
    for name, key in (
        ("pdf:Producer", "/Producer"),
        ("pdf:Keywords", "/Keywords"),
        ("xmp:CreatorTool", "/Creator"),
    ):
        if key in info:
            yield name, str(info[key])


def _property(about: etree._Element, name: str) -> etree._Element:
    prefix, _, local = name.partition(":")
    return etree.SubElement(about, f"{{{_SPACES[prefix]}}}{local}")


def _list(parent: etree._Element, kind: str, values: Sequence[str]) -> None:
    holder = etree.SubElement(parent, f"{{{_RDF}}}{kind}")
    for value in values:
        item = etree.SubElement(holder, f"{{{_RDF}}}li")
        item.text = value
        if kind == "Alt":
            item.set(_XML_LANG, "x-default")
