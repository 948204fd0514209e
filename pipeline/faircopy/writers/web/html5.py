"""From the tree to HTML as browsers read it (WHATWG HTML, sections 13.1 and 13.3).

The tree is XHTML with EPUB's own words; here they go, and what only XML can say with them.
"""

from __future__ import annotations

from lxml import etree

from faircopy.core.model import Metadata
from faircopy.writers.html import local
from faircopy.writers.markup import Element
from faircopy.writers.reflowable.xhtml import EPUB_TYPE, XML_LANG, h

_FOREIGN = (EPUB_TYPE, XML_LANG)


def page(head: Element, body: Element, metadata: Metadata) -> Element:
    """Return the root of a page with its language and direction."""
    return h("html", head, body, lang=metadata.lang, dir=metadata.dir)


def serialise(root: Element) -> bytes:
    """Return a page's bytes: no white space is added, no word can change."""
    return b"<!DOCTYPE html>\n" + serialise_part(root)


def serialise_part(root: Element) -> bytes:
    """Return the bytes of an element that is no page, as `serialise` has them."""
    return etree.tostring(_plain(root), method="html", encoding="utf-8")


def _plain(element: Element) -> Element:
    """Return a copy without namespaces: HTML's parser knows them by the names."""
    made = etree.Element(local(element))
    for name, value in element.attrib.items():
        if name not in _FOREIGN:
            made.set(name, value)
    made.text = element.text
    if made.tag == "pre" and (made.text or "").startswith("\n"):
        made.text = f"\n{made.text}"  # a parser takes the first for the source's (13.2.6.4.7)
    for child in element.iterchildren(etree.Element):
        copy = _plain(child)
        copy.tail = child.tail
        made.append(copy)
    return made
