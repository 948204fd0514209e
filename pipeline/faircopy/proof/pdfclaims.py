"""What a PDF says that it is: the identifiers in its XMP packet, and nothing believed yet."""

from __future__ import annotations

import io

import pikepdf
from lxml import etree

_A = "http://www.aiim.org/pdfa/ns/id/"
_UA = "http://www.aiim.org/pdfua/ns/id/"
_X = "http://www.npes.org/pdfx/ns/id/"


def claimed(data: bytes) -> tuple[str, ...]:
    """Return the standards that a PDF names: ``PDF/UA-1``, ``PDF/A-3a``, ``PDF/X-4``.

    A file that cannot be read claims nothing.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            packet = pdf.Root.Metadata.read_bytes() if "/Metadata" in pdf.Root else b""
        start, end = packet.find(b"<x:xmpmeta"), packet.find(b"</x:xmpmeta>")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(packet[start : end + len(b"</x:xmpmeta>")], parser)
    except (pikepdf.PdfError, etree.XMLSyntaxError, ValueError, AttributeError):
        return ()
    part, level = _value(root, _A, "part"), _value(root, _A, "conformance").lower()
    accessible, press = _value(root, _UA, "part"), _value(root, _X, "GTS_PDFXVersion")
    found = (
        f"PDF/UA-{accessible}" if accessible else "",
        f"PDF/A-{part}{level}" if part else "",
        press,
    )
    return tuple(name for name in found if name)


def _value(root: etree._Element, space: str, name: str) -> str:
    """Return a property, which RDF writes as an element or as an attribute."""
    tag = f"{{{space}}}{name}"
    for item in root.iter():
        if tag in item.attrib:
            return str(item.attrib[tag]).strip()
        if item.tag == tag:
            return (item.text or "").strip()
    return ""
