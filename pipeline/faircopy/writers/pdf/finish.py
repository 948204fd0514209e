"""What WeasyPrint 70 leaves to be done in a PDF, done on its objects before they are written.

Sources: ISO 32000-1 (PDF 1.7), ISO 19005-3 (PDF/A-3), ISO 14289-1 (PDF/UA-1). WeasyPrint makes
either PDF/A or PDF/UA; a file may be both, and ours is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pydyf

from faircopy.core.model import Publication
from faircopy.writers.pdf import conditions, notes, packet, setting, spoken, structure
from faircopy.writers.pdf.claims import Claims
from faircopy.writers.pdf.structure import PDF, Element, Made, Tree

_ARTIFACT = "/Artifact"
_ORNAMENT = "decorative"
"""The class of an image that says nothing: ``faircopy.manuscript.images.DECORATIVE``."""


def finish(pdf: PDF, made: Made, publication: Publication, link_texts: Mapping[int, str]) -> Claims:
    """Mend and complete a document's objects; return what it claims to be.

    Args:
        pdf: the document as pydyf's objects.
        made: what its structure elements were made of; see ``structure.recorded``.
        publication: what it is of.
        link_texts: what each link annotation, by its object's number, is called.
    """
    rtl = publication.metadata.dir == "rtl"
    _preferences(pdf, rtl=rtl)
    _name_links(pdf, link_texts)
    tree = Tree(pdf, made)
    tree.discard_where(lambda element: _is_decoration(tree, element))
    found = notes.take_out(tree)
    tree.unwrap_where(lambda element: _is_line(tree, element))
    tree.flatten()
    tree.prune()
    structure.join(tree)
    notes.put_back(tree, found)
    _describe(tree)
    _scope_headers(tree)
    _identify_elements(tree)
    spoken.say(tree, made.texts, rtl=rtl)
    _mark_artifacts(tree)
    established = conditions.establish(tree)
    packet.describe(_object(pdf, pdf.catalog["Metadata"]), established, publication)
    return established


def _preferences(pdf: PDF, *, rtl: bool) -> None:
    """Show the title in the window's bar (UA-1, 7.1) and turn pages the right way."""
    values = {"DisplayDocTitle": "true"} | ({"Direction": "/R2L"} if rtl else {})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary(values)


# --- links ---------------------------------------------------------------------------------------


def _name_links(pdf: PDF, texts: Mapping[int, str]) -> None:
    """Describe each link by its words, not its address (UA-1, 7.18.5; WCAG 2.4.4)."""
    for number, text in texts.items():
        if text:
            pdf.objects[number]["Contents"] = pydyf.String(text)


# --- structure and artifacts ---------------------------------------------------------------------


def _is_decoration(tree: Tree, element: Element) -> bool:
    """Say whether an element is for the eye alone.

    A pull quote (Part, see ``faircopy.writers.pdf.tree``) says what stands in the text already;
    a rule between sections says nothing, nor does an ornament.
    """
    ornament = element["S"] == "/Figure" and tree.has_class(element, _ORNAMENT)
    return ornament or element["S"] == "/Part" or tree.tag(element).partition("::")[0] == "hr"


def _is_line(tree: Tree, element: Element) -> bool:
    """Say whether an element is a line of a paragraph: it is none to who reads."""
    return (
        element["S"] == "/Span"
        and tree.has_class(element, setting.LINE)
        and tree.tag(element) == "span"
    )


def _describe(tree: Tree) -> None:
    """Say what pictures and languages are (UA-1, 7.2, 7.3, 7.7)."""
    for element in tree.all():
        source = tree.source(element)
        if source is None:
            continue
        if element["S"] == "/Figure" and source.get("class", "").startswith("math-"):
            element["S"] = "/Formula"
        elif element["S"] == "/Link" and not "".join(source.itertext()).strip():
            alt = " ".join(image.get("alt", "") for image in source.iter("img")).strip()
            if alt:
                element["Alt"] = pydyf.String(alt)
        if source.get("lang") and "::" not in tree.tag(element):
            element["Lang"] = pydyf.String(source.get("lang"))


def _scope_headers(tree: Tree) -> None:
    """Say of each header cell whether it heads its column or its row (UA-1, 7.5)."""
    for element in tree.all():
        if element["S"] in ("/THead", "/TBody"):
            scope = "/Column" if element["S"] == "/THead" else "/Row"
            cells = (cell for row in tree.kids(element) for cell in tree.kids(row))
            for cell in cells:
                if cell["S"] == "/TH":
                    cell["A"]["Scope"] = scope


def _identify_elements(tree: Tree) -> None:
    """Give the manuscript's ids to the elements, and list them (ISO 32000-1, 14.7.2).

    By them what is found in the file is traced to the manuscript.
    """
    elements = list(tree.all())
    named = {item["ID"].string: item for item in elements if "ID" in item}
    for element in elements:
        source = tree.source(element)
        name = source.get("id", "") if source is not None else ""
        if name and name not in named and "ID" not in element and "::" not in tree.tag(element):
            element["ID"] = pydyf.String(name)
            named[name] = element
    if named:
        names = pydyf.Array()
        for name in sorted(named, key=lambda name: pydyf.String(name).data):
            names.extend((pydyf.String(name), named[name].reference))
        tree.root["IDTree"] = pydyf.Dictionary({"Names": names})


def _mark_artifacts(tree: Tree) -> None:
    """Make artifacts of what is on the page but not in the structure tree (UA-1, 7.1).

    WeasyPrint marks running heads and folios as content that no element owns.
    """
    pdf = tree.pdf
    owned = {
        (element["Pg"], kid)
        for element in tree.all()
        for kid in element.get("K", ())
        if isinstance(kid, int)
    }
    owners = tree.owners()
    for number, page in enumerate(pdf.page_references):
        stream = tree.object(tree.object(page)["Contents"]).stream
        for index, operator in enumerate(stream):
            if operator != b"BDC":
                continue
            mark = stream[index - 1].get("MCID")
            if mark is not None and (page, mark) not in owned:
                stream[index - 2] = _ARTIFACT
                stream[index - 1] = pydyf.Dictionary({"Type": "/Pagination"})
                owners[number][mark] = "null"


def _object(pdf: PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
