"""The file around the document: a zip of parts, the same bytes every time."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from lxml import etree

from faircopy.writers import container
from faircopy.writers.docx.ooxml import Element, parse, serialise

APP = "docProps/app.xml"
CONTENT_TYPES = "[Content_Types].xml"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
CUSTOM = "docProps/custom.xml"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORM = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_ABOUT = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_FOLDER = "customXml"
_DATA, _PROPS = f"{_FOLDER}/item1.xml", "itemProps1.xml"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_PROPS_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_DATA_ID = "{0C0B5A9E-6C1F-5A55-9B0B-2B5D6E0F4C11}"


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


def with_images_of(parts: Mapping[str, bytes], name: str, lender: str) -> dict[str, bytes]:
    """Return the parts with every image that the part ``name`` shows among its own relationships.

    Pandoc 3.9 numbers the images of notes with those of the text, the part ``lender``, and names
    them there alone.
    """
    own, lent = links(parts, name), links(parts, lender)
    known = {link.get("Id") for link in own}
    used = {given for element in parse(parts[name]).iter() for given in element.attrib.values()}
    for link in list(lent):
        kind = (link.get("Type") or "").rpartition("/")[2]
        if kind == "image" and link.get("Id") in used - known:
            own.append(link)
    return {**parts, links_of(name): serialise(own)}


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


def said(words: Mapping[str, str]) -> bytes:
    """Return ``docProps/custom.xml``: texts by name, as Word shows them among the properties.

    ECMA-376 part 1, 22.3; the identifier of the form and the first number are the standard's.
    """
    root = parse(f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_TYPES}"/>'.encode())
    for number, (name, text) in enumerate(words.items(), start=2):
        item = etree.SubElement(root, f"{{{_CUSTOM}}}property", fmtid=_FORM, pid=str(number))
        item.set("name", name)
        etree.SubElement(item, f"{{{_TYPES}}}lpwstr").text = text
    return serialise(root)


def carrying(parts: Mapping[str, bytes], data: bytes, document: str) -> dict[str, bytes]:
    """Return the parts with one of others' data, which Word keeps (ECMA-376, part 1, 15.2.5).

    ``document`` is the name of the part that it belongs to.
    """
    out = dict(parts)
    own, held = links(parts, document), no_links()
    for root, kind, target in ((own, "customXml", f"../{_DATA}"), (held, "customXmlProps", _PROPS)):
        attributes = {"Id": "rIdManuscript", "Type": f"{_KIND}/{kind}", "Target": target}
        etree.SubElement(root, f"{{{LINKS}}}Relationship", attributes)
    types = parse(parts[CONTENT_TYPES])
    override = {"PartName": f"/{_FOLDER}/{_PROPS}", "ContentType": _PROPS_TYPE}
    types.append(types.makeelement(f"{{{types.nsmap[None]}}}Override", override))
    about = parse(f'<ds:datastoreItem xmlns:ds="{_STORE}" ds:itemID="{_DATA_ID}"/>'.encode())
    out |= {_DATA: data, f"{_FOLDER}/{_PROPS}": serialise(about), CONTENT_TYPES: serialise(types)}
    return out | {links_of(document): serialise(own), links_of(_DATA): serialise(held)}


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return a package with fixed order, dates and rights; the content types come first."""
    first = sorted(parts, key=lambda name: (name != CONTENT_TYPES, name))
    return container.pack({name: parts[name] for name in first})
