"""The file around the document: a zip of parts, the same bytes every time."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping
from io import BytesIO

from lxml import etree

from pipeline.writers.docx.ooxml import Element, parse, serialise

APP = "docProps/app.xml"
CONTENT_TYPES = "[Content_Types].xml"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_ABOUT = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_MODE = 0o644 << 16


def unpack(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name, in their order."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def links_of(name: str) -> str:
    """Return the name of the part with the relationships of the part ``name``."""
    folder, base = posixpath.split(name)
    return f"{folder}/_rels/{base}.rels"


def links(parts: Mapping[str, bytes], name: str) -> Element:
    """Return the relationships of the part ``name``; there are none when it has no such part."""
    found = parts.get(links_of(name))
    return no_links() if found is None else parse(found)


def no_links() -> Element:
    """Return an empty list of relationships, in the default namespace.

    LibreOffice 7.4 finds no embedded font through relationships whose names have a prefix.
    """
    return parse(f'<Relationships xmlns="{LINKS}"/>'.encode())


def without_spare_links(parts: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    """Return the parts without links to images and addresses that the part ``name`` never uses.

    Pandoc gives the footnotes all links of the text.
    """
    if links_of(name) not in parts:
        return dict(parts)
    found = links(parts, name)
    used = {given for element in parse(parts[name]).iter() for given in element.attrib.values()}
    for link in list(found):
        kind = (link.get("Type") or "").rpartition("/")[2]
        if kind in ("image", "hyperlink") and link.get("Id") not in used:
            found.remove(link)
    return {**parts, links_of(name): serialise(found)}


def about(words: int) -> bytes:
    """Return ``docProps/app.xml``: what made the document, and how long it is."""
    root = parse(f'<Properties xmlns="{_ABOUT}"/>'.encode())
    for name, text in (("Words", str(words)), ("Application", "Faircopy"), ("AppVersion", "1.0")):
        etree.SubElement(root, f"{{{_ABOUT}}}{name}").text = text
    return serialise(root)


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return a package with fixed order, dates and rights; the content types come first."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name in sorted(parts, key=lambda name: (name != CONTENT_TYPES, name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = _UNIX
            entry.external_attr = _MODE
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, parts[name])
    return out.getvalue()
