"""What WeasyPrint 70 leaves to be done in a PDF, done on its objects before they are written.

Sources: ISO 32000-1 (PDF 1.7), ISO 19005-3 (PDF/A-3), ISO 14289-1 (PDF/UA-1). WeasyPrint makes
either PDF/A or PDF/UA; a file may be both, and ours is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import pydyf
from lxml import etree

PDF: TypeAlias = Any  # pydyf ships no types
_ARTIFACT = "/Artifact"


def finish(pdf: PDF, *, rtl: bool, link_texts: Mapping[int, str]) -> None:
    """Mend and complete a document's objects.

    Args:
        pdf: the document as pydyf's objects.
        rtl: whether its pages turn from right to left.
        link_texts: what each link annotation, by its object's number, is called.
    """
    _preferences(pdf, rtl=rtl)
    _identify(pdf)
    _name_links(pdf, link_texts)
    _set_aside_decoration(pdf)
    _scope_headers(pdf)
    _mark_artifacts(pdf)


def _preferences(pdf: PDF, *, rtl: bool) -> None:
    """Show the title in the window's bar (UA-1, 7.1) and turn pages the right way."""
    values = {"DisplayDocTitle": "true"} | ({"Direction": "/R2L"} if rtl else {})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary(values)


# --- metadata ------------------------------------------------------------------------------------

_UA = """
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
  <pdfuaid:part>1</pdfuaid:part>
</rdf:Description>"""
_SCHEMA = """
<rdf:Description rdf:about=""
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Part of ISO 14289 followed</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def _identify(pdf: PDF) -> None:
    """Say in the XMP packet that the file is PDF/UA-1 as well.

    PDF/A allows a property of another schema only when the file describes that schema
    (ISO 19005-3, 6.6.2.3).
    """
    stream = _object(pdf, pdf.catalog["Metadata"])
    packet = b"".join(stream.stream)
    start, end = packet.index(b"<x:xmpmeta"), packet.index(b"</x:xmpmeta>") + len(b"</x:xmpmeta>")
    root = etree.fromstring(packet[start:end])
    rdf = root.find(f".//{{{_RDF}}}RDF")
    if rdf is None:
        raise ValueError("the XMP packet has no RDF")
    for description in (_UA, _SCHEMA):
        rdf.extend(etree.fromstring(f'<rdf:RDF xmlns:rdf="{_RDF}">{description}</rdf:RDF>'))
    stream.stream = [packet[:start] + etree.tostring(root) + packet[end:]]


# --- links ---------------------------------------------------------------------------------------


def _name_links(pdf: PDF, texts: Mapping[int, str]) -> None:
    """Describe each link by its words, not its address (UA-1, 7.18.5; WCAG 2.4.4)."""
    for number, text in texts.items():
        if text:
            pdf.objects[number]["Contents"] = pydyf.String(text)


# --- structure and artifacts ---------------------------------------------------------------------


def _set_aside_decoration(pdf: PDF) -> None:
    """Take each Part out of the structure tree: it holds what is said elsewhere already."""
    for element in _elements(pdf):
        kids = element.get("K", ())
        element["K"] = pydyf.Array(kid for kid in kids if not _is_part(pdf, kid))


def _is_part(pdf: PDF, kid: object) -> bool:
    return isinstance(kid, bytes) and _object(pdf, kid).get("S") == "/Part"


def _scope_headers(pdf: PDF) -> None:
    """Say of each header cell whether it heads its column or its row (UA-1, 7.5)."""
    for element in _elements(pdf):
        scope = "/Column" if element["S"] == "/THead" else "/Row"
        for row in _kids(pdf, element):
            for cell in _kids(pdf, row):
                if element["S"] in ("/THead", "/TBody") and cell["S"] == "/TH":
                    cell["A"]["Scope"] = scope


def _mark_artifacts(pdf: PDF) -> None:
    """Make artifacts of what is on the page but not in the structure tree (UA-1, 7.1).

    WeasyPrint marks running heads and folios as content that no element owns.
    """
    owned = set(_owned(pdf))
    pages = {page: number for number, page in enumerate(pdf.page_references)}
    parents = _object(pdf, _object(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])
    numbers = dict(zip(parents["Nums"][::2], parents["Nums"][1::2], strict=True))
    for page, number in pages.items():
        stream = _object(pdf, _object(pdf, page)["Contents"]).stream
        for index, operator in enumerate(stream):
            if operator != b"BDC":
                continue
            mark = stream[index - 1].get("MCID")
            if mark is not None and (page, mark) not in owned:
                stream[index - 2] = _ARTIFACT
                stream[index - 1] = pydyf.Dictionary({"Type": "/Pagination"})
                numbers[number][mark] = "null"


def _owned(pdf: PDF) -> Iterator[tuple[bytes, int]]:
    """Yield (page, MCID) of the content that an element of the structure tree owns."""
    for element in _elements(pdf):
        for kid in element.get("K", ()):
            if isinstance(kid, int):
                yield element["Pg"], kid


def _elements(pdf: PDF) -> Iterator[Any]:
    """Yield the structure elements, parents before children."""
    stack = _kids(pdf, _object(pdf, pdf.catalog["StructTreeRoot"]))
    while stack:
        element = stack.pop()
        yield element
        stack += _kids(pdf, element)


def _kids(pdf: PDF, element: Any) -> list[Any]:
    """Return the structure elements directly below one."""
    kids = (_object(pdf, kid) for kid in element.get("K", ()) if isinstance(kid, bytes))
    return [kid for kid in kids if kid.get("Type") == "/StructElem"]


def _object(pdf: PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
