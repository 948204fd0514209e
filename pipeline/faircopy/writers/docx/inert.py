"""The last look at a document: nothing in it runs, and nothing is fetched when it is opened.

Word acts on relationships (OPC, ECMA-376 part 2, section 6.5), on fields (part 1, section 17.16),
on documents and objects within the document (sections 17.17.2 and 17.3.3.19). A text needs none of
them but links that a reader follows. What is here beyond is a fault before, and no publication.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from faircopy.core.diagnostics import EditionError
from faircopy.passes.addresses import SCHEMES, scheme
from faircopy.writers.docx.ooxml import Element, parse, q

_KINDS = """
officeDocument extended-properties core-properties custom-properties styles settings webSettings
fontTable font theme numbering footnotes endnotes comments header footer image hyperlink customXml
customXmlProps
"""
_RELATIONS = frozenset(_KINDS.split())
_NAMES = """
altChunk subDoc object control OLEObject movie contentPart dataBinding attachedTemplate mailMerge
hlinkClick hlinkHover hlinkMouseOver videoFile audioFile quickTimeFile wavAudioFile imagedata script
"""
_ACTIVE = frozenset(_NAMES.split())
_FIELDS = ("PAGE",)
_LINK = q("r:link")


def ensure(parts: Mapping[str, bytes]) -> None:
    """Let a package's parts pass, if nothing in them is active.

    Raises:
        EditionError: something in them would run, or be fetched when the document is opened.
    """
    for name, data in parts.items():
        if name.endswith(".rels"):
            found = next(_in_relations(parse(data)), "")
        elif name.endswith(".xml"):
            found = next(_in_part(parse(data)), "")
        elif name.endswith(".bin"):
            found = "a program"
        else:
            continue
        if found:
            raise EditionError.because(
                "docx-active",
                f"{name} would hold {found}, which no edition may have; nothing is published",
                "This is a fault of Faircopy's own: please report it with the manuscript.",
            )


def _in_relations(root: Element) -> Iterator[str]:
    for link in root:
        kind = (link.get("Type") or "").rpartition("/")[2]
        target = link.get("Target") or ""
        if link.get("TargetMode") == "External":
            right = kind == "hyperlink" and scheme(target) in SCHEMES
        else:
            right = kind in _RELATIONS and not scheme(target) and not target.startswith("//")
        if not right:
            yield f"the relation “{kind}” to “{target[:60]}”"


def _in_part(root: Element) -> Iterator[str]:
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        if name in _ACTIVE:
            yield f"the element {name}"
        elif name in ("instrText", "fldSimple"):
            said = (element.text or "") if name == "instrText" else _instruction(element)
            if not said.split() or said.split()[0].upper() not in _FIELDS:
                yield f"the field “{said.strip()[:60]}”"
        elif name == "blip" and _LINK in element.attrib:
            yield "a picture that is fetched"


def _instruction(element: Element) -> str:
    values = (v for k, v in element.attrib.items() if etree.QName(str(k)).localname == "instr")
    return str(next(values, ""))
