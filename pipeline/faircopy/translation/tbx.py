"""The glossary as TBX v3 (ISO 30042:2019) in the basic style, elements named by category (DCA)."""

from __future__ import annotations

from typing import cast

from lxml import etree

from faircopy.translation.terms import Terms
from faircopy.translation.xml import LANG, Element, serialise

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_NS = f"{{{NAMESPACE}}}"
_MIXED = frozenset({"term", "descrip", "termNote", "p", "title"})


def write(terms: Terms, source_lang: str, title: str) -> bytes:
    """Return every term with its forms in every language, forbidden ones marked."""
    namespaces = cast("dict[str, str]", {None: NAMESPACE})
    root = etree.Element(
        f"{_NS}tbx", {"type": "TBX-Basic", "style": "dca", LANG: source_lang}, nsmap=namespaces
    )
    header = etree.SubElement(root, f"{_NS}tbxHeader")
    description = etree.SubElement(header, f"{_NS}fileDesc")
    source = etree.SubElement(description, f"{_NS}sourceDesc")
    etree.SubElement(source, f"{_NS}p").text = f"Glossary of “{title}”"
    body = etree.SubElement(etree.SubElement(root, f"{_NS}text"), f"{_NS}body")
    for number, term in enumerate(terms.glossary, start=1):
        entry = etree.SubElement(body, f"{_NS}conceptEntry", {"id": f"c{number}"})
        if term.definition:
            etree.SubElement(entry, f"{_NS}descrip", {"type": "definition"}).text = term.definition
        _language(entry, source_lang, ((term.term, ""),))
        for lang, forms in term.forms.items():
            status = [(form, "preferredTerm-admn-sts") for form in forms]
            status += [(form, "deprecatedTerm-admn-sts") for form in term.forbidden.get(lang, ())]
            if status:
                _language(entry, lang, tuple(status))
    for number, word in enumerate(terms.keep, start=1):
        entry = etree.SubElement(body, f"{_NS}conceptEntry", {"id": f"k{number}"})
        etree.SubElement(entry, f"{_NS}descrip", {"type": "definition"}).text = "Do not translate."
        _language(entry, source_lang, ((word, ""),))
    return serialise(root, _MIXED)


def _language(entry: Element, lang: str, forms: tuple[tuple[str, str], ...]) -> None:
    section = etree.SubElement(entry, f"{_NS}langSec", {LANG: lang})
    for form, status in forms:
        term = etree.SubElement(section, f"{_NS}termSec")
        etree.SubElement(term, f"{_NS}term").text = form
        if status:
            attributes = {"type": "administrativeStatus"}
            etree.SubElement(term, f"{_NS}termNote", attributes).text = status
