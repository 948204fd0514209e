"""XHTML as a tree: names, parsing, making, serialising.

EPUB content documents are XHTML5 (EPUB 3.3, section 6.1): every element stands in the XHTML
namespace, the ``epub`` prefix belongs to ``epub:type``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from lxml import etree

from faircopy.core.model import Metadata
from faircopy.writers.markup import Element, Maker

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
MATHML = "http://www.w3.org/1998/Math/MathML"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
EPUB_TYPE = f"{{{OPS}}}type"
MEDIA_TYPE = "application/xhtml+xml"
SHEET = "styles/book.css"

h = Maker(XHTML, {None: XHTML, "epub": OPS})


def parse(html: str) -> Element:
    """Read a fragment of pandoc's HTML, which is well-formed XML, into one ``div``.

    Raises:
        lxml.etree.XMLSyntaxError: the fragment is not well-formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(f'<div xmlns="{XHTML}" xmlns:epub="{OPS}">{html}</div>', parser)


def document(
    metadata: Metadata, title: str, body: Element, *, folder: str = ""
) -> etree._ElementTree:
    """Return a whole document around ``body``, with language and direction set.

    ``folder`` is where the document stands in the package, such as ``text``.
    """
    up = "../" * len(folder.split("/")) if folder else ""
    head = h(
        "head", h("title", title), h("link", rel="stylesheet", type="text/css", href=up + SHEET)
    )
    root = h("html", head, body, lang=metadata.lang, dir=metadata.dir)
    root.set(XML_LANG, metadata.lang)
    return root.getroottree()


def serialise(tree: etree._ElementTree) -> bytes:
    """Return a document's bytes: no white space is added, no word can change."""
    etree.cleanup_namespaces(tree, keep_ns_prefixes=["epub"])
    return etree.tostring(tree, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>")


def named(root: Element, *names: str) -> Iterator[Element]:
    """Yield the XHTML elements of these names below (or at) ``root``, in order."""
    return root.iter(*(f"{{{XHTML}}}{name}" for name in names))


def find(root: Element, path: str) -> list[Element]:
    """Return what an XPath finds; prefixes ``h``, ``m`` and ``epub`` are bound."""
    spaces = {"h": XHTML, "m": MATHML, "epub": OPS}
    return cast("list[Element]", root.xpath(path, namespaces=spaces))


def rename(element: Element, name: str) -> None:
    """Give an element another name in the XHTML namespace."""
    element.tag = f"{{{XHTML}}}{name}"
