"""Spreadsheets in which nothing acts: cells of text, and no formula, link, object or query.

Of the elements of a workbook (ISO/IEC 29500-1, clause 18) and of an OpenDocument spreadsheet
(ODF 1.3, part 3) those may stand here that hold text and its look. Any other may compute or fetch.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from faircopy.manuscript.pictures.svg_names import names
from faircopy.proof.extractors.archive import Archive, Element
from faircopy.proof.static import alike, xml
from faircopy.proof.static.fault import Fault, line_of, shown

_OOXML = names(
    """
    Default Override Relationship Relationships Types alignment b border borders bottom c cellStyle
    cellStyleXfs cellStyles cellXfs col cols diagonal fill fills font fonts ignoredError
    ignoredErrors left name pane patternFill protection right row sheet sheetData sheetProtection
    sheetView sheetViews sheets si sst styleSheet sz t top v workbook worksheet xf
    """
)
_ODF = names(
    """
    automatic-styles body document-content file-entry manifest p paragraph-properties s spreadsheet
    style tab table table-cell table-cell-properties table-column table-column-properties table-row
    text-content text-properties text-style
    """
)
_RELATIONS = frozenset({"officeDocument", "worksheet", "styles", "sharedStrings"})
_KINDS = ("relationships", "sheet.main", "worksheet", "styles", "sharedStrings")
"""How the media types of a workbook's parts end, before ``+xml``."""
_ACTS = frozenset({"formula", "href", "src", "condition", "macro-name", "event-name"})
"""Attributes, by their local names, that compute or lead somewhere."""


def faults_of_ooxml(data: bytes) -> Iterator[Fault]:
    """Yield what is not static in an ``.xlsx``.

    Raises:
        EditionError: it is no archive, or what it has is damaged.
    """
    archive = Archive(data)
    yield from alike.faults(data)
    for name in archive.names:
        if not name.endswith((".xml", ".rels")):
            yield Fault(name, "it has a part of an unknown kind")
            continue
        root = archive.xml(name)
        for fault in (*xml.faults(root), *_named(root, _OOXML), *_led(root)):
            yield fault.within(name)


def faults_of_odf(data: bytes) -> Iterator[Fault]:
    """Yield what is not static in an ``.ods``.

    Raises:
        EditionError: it is no archive, or what it has is damaged.
    """
    archive = Archive(data)
    yield from alike.faults(data)
    for name in archive.names:
        if name == "mimetype":
            continue
        if name not in ("content.xml", "META-INF/manifest.xml"):
            yield Fault(name, "it has a part of an unknown kind")
            continue
        root = archive.xml(name)
        for fault in (*xml.faults(root), *_named(root, _ODF)):
            yield fault.within(name)


def _named(root: Element, known: frozenset[str]) -> Iterator[Fault]:
    for element in root.iter(etree.Element):
        name, line = etree.QName(element).localname, line_of(element)
        if name not in known:
            yield Fault("", f"it has the element “{shown(name)}”", line)
        for key in element.attrib:
            attribute = etree.QName(key).localname
            if attribute in _ACTS:
                yield Fault("", f"it has the attribute “{shown(attribute)}”", line)


def _led(root: Element) -> Iterator[Fault]:
    """Yield relationships that lead out of the file, and parts of a kind that is not known."""
    for item in root.iter("{*}Relationship"):
        kind = (item.get("Type") or "").rpartition("/")[2]
        if kind not in _RELATIONS or item.get("TargetMode", "Internal") != "Internal":
            yield Fault("", f"it leads to something of the kind “{shown(kind)}”", line_of(item))
    for item in (*root.iter("{*}Default"), *root.iter("{*}Override")):
        kind = (item.get("ContentType") or "").removesuffix("+xml")
        if kind != "application/xml" and not kind.endswith(_KINDS):
            yield Fault("", f"it has a part of the kind “{shown(kind)}”", line_of(item))
