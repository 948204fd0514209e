"""Rules about what a press file says of itself: XMP packet and information dictionary (6.10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lxml import etree
from pikepdf import Pdf, Stream

from faircopy.core.diagnostics import Diagnostic
from faircopy.proof.judges.pdfx4.breach import breach

VERSION = "PDF/X-4"

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PDF = "{http://ns.adobe.com/pdf/1.3/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_MM = "{http://ns.adobe.com/xap/1.0/mm/}"
_ID = "{http://www.npes.org/pdfx/ns/id/}"

_NEEDED = (
    f"{_DC}title",
    f"{_XMP}CreateDate",
    f"{_XMP}ModifyDate",
    f"{_XMP}MetadataDate",
    f"{_MM}DocumentID",
    f"{_MM}VersionID",
    f"{_MM}RenditionClass",
)
_SAME = (
    ("/Title", f"{_DC}title"),
    ("/Author", f"{_DC}creator"),
    ("/Subject", f"{_DC}description"),
    ("/Keywords", f"{_PDF}Keywords"),
    ("/Creator", f"{_XMP}CreatorTool"),
    ("/Producer", f"{_PDF}Producer"),
)
_DATES = (("/CreationDate", f"{_XMP}CreateDate"), ("/ModDate", f"{_XMP}ModifyDate"))
_PDF_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-]\d\d)'(\d\d)'?)")


def check(pdf: Pdf) -> Iterator[Diagnostic]:
    """Yield what is wrong with what the file says of itself."""
    packet = _properties(pdf)
    if packet is None:
        yield breach("xmp", "6.10", "there is no XMP packet, or it can't be read")
        return
    claimed = packet.get(f"{_ID}GTS_PDFXVersion")
    if claimed != VERSION:
        yield breach("claim", "6.10", f"the file says that it is {claimed or 'nothing'}")
    for name in _NEEDED:
        if not packet.get(name):
            yield breach("xmp", "6.10", f"the XMP packet has no {etree.QName(name).localname}")
    info: Any = pdf.trailer.get("/Info", {})
    yield from _agree(info, packet)
    trapped = packet.get(f"{_PDF}Trapped")
    said = str(info.get("/Trapped", "")).lstrip("/")
    if said not in ("True", "False") or trapped != said:
        yield breach("trapped", "6.11", "it is not said whether the file is trapped")


def _agree(info: Any, packet: dict[str, str]) -> Iterator[Diagnostic]:
    for key, name in _SAME:
        if key in info and str(info[key]) != packet.get(name):
            yield breach("info", "6.10", f"{key[1:]} is not the same in the XMP packet")
    for key, name in _DATES:
        here, there = _pdf_date(str(info.get(key, ""))), _xmp_date(packet.get(name, ""))
        if here is None or here != there:
            yield breach("info", "6.10", f"{key[1:]} is missing or not the same in the XMP packet")


def _properties(pdf: Pdf) -> dict[str, str] | None:
    """Return the properties of the packet by their names; a list's items are joined."""
    stream = pdf.Root.get("/Metadata")
    if not isinstance(stream, Stream):
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(stream.read_bytes(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    found: dict[str, str] = {}
    for about in root.iter(f"{_RDF}Description"):
        found |= {str(name): str(value) for name, value in about.attrib.items()}
        for item in about:
            values = [str(part.text or "") for part in item.iter(f"{_RDF}li")]
            found[str(item.tag)] = ", ".join(values) if values else str(item.text or "").strip()
    return found


def _pdf_date(text: str) -> datetime | None:
    """Read a date of PDF (ISO 32000-1, 7.9.4)."""
    match = _PDF_DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, off, more = match.groups()
    zone = f"{off}:{more}" if off else "+00:00"
    return _xmp_date(f"{year}-{month}-{day}T{hour}:{minute}:{second}{zone}")


def _xmp_date(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
