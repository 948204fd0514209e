"""XML for the exchange forms: written from trees, read as a stranger's file.

Read without document type, entities and network, and within bounds: a returned file may come
from anyone.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias, cast

from lxml import etree

from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.core.limits import RETURNED, XML_ATTRIBUTES, XML_MARKS
from faircopy.translation.forms import ImportRefused

Element: TypeAlias = etree._Element

XML = "http://www.w3.org/XML/1998/namespace"
SPACE = f"{{{XML}}}space"
LANG = f"{{{XML}}}lang"
_TMX = re.compile(r"(.*/)?tmx1[1-4]\.dtd")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class UnreadableXml(ImportRefused):
    """A file is not XML, or is XML that nobody needs: with entities, or too large."""


_AGAIN = "Export the file again from your translation tool, or send the original one."


def parse(data: bytes, name: str, remedy: str = _AGAIN) -> Element:
    """Parse a file, named ``name`` in findings, and return its root.

    ``remedy`` says what to do where it cannot be read.

    Raises:
        UnreadableXml: not well-formed, too large, or with a document type declaration.
    """
    if len(data) > RETURNED.most:
        said = f"the file has more than {RETURNED.most} bytes"
        raise _unreadable("xml-too-large", said, name, remedy)
    if data.count(b"<") > XML_MARKS.most:
        raise _unreadable("xml-too-large", f"the file has more than {XML_MARKS}", name, remedy)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise _unreadable(
            "xml-broken", f"the file is broken: {error.msg}", name, remedy, line, column
        ) from None
    except ValueError as error:
        raise _unreadable("xml-broken", f"the file is broken: {error}", name, remedy) from None
    if root.xpath(f"boolean(//@*[{XML_ATTRIBUTES.most + 1}])"):
        said = f"an element has more than {XML_ATTRIBUTES}"
        raise _unreadable("xml-too-large", said, name, remedy)
    if not _harmless(cast(Any, root.getroottree().docinfo)):
        raise _unreadable(
            "xml-doctype",
            "the file declares a document type, which no form of ours has",
            name,
            remedy,
            data[: max(data.find(b"<!DOCTYPE"), 0)].count(b"\n") + 1,
        )
    return root


def _harmless(about: Any) -> bool:
    """Whether there is no document type, or only the name of TMX's, which nothing fetches."""
    if not about.doctype:
        return True
    declared = about.internalDTD
    named = about.root_name == "tmx" and _TMX.fullmatch(about.system_url or "")
    return bool(named) and not [*declared.iterentities(), *declared.iterelements()]


def _unreadable(
    code: str, message: str, name: str, remedy: str, line: int = 0, column: int = 0
) -> UnreadableXml:
    place = Place(name, line, column)
    return UnreadableXml(Diagnostic(code, Severity.ERROR, message, remedy, place))


def serialise(root: Element, mixed: frozenset[str]) -> bytes:
    """Return a document as UTF-8, its structure indented.

    Nothing is added inside the elements named in ``mixed``: their white space is text.
    """
    _indent(root, mixed, "\n")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _indent(element: Element, mixed: frozenset[str], line: str) -> None:
    if not len(element) or local(element) in mixed:
        return
    element.text = line + " "
    for child in element:
        _indent(child, mixed, line + " ")
        child.tail = line + " "
    element[-1].tail = line


def printable(text: str) -> str:
    """Return text with what XML has no character for replaced by U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", text)


def nmtoken(id: str) -> str:
    """Return an id as XML allows it in an ``id`` (NMTOKEN): other characters as ``_xHH_``."""
    return re.sub(r"[^\w.:\-]", lambda found: f"_x{ord(found[0]):X}_", id)


def append_text(element: Element, text: str) -> None:
    """Add text at the end of an element's content."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def local(element: Element) -> str:
    """Return an element's name without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def namespace(element: Element) -> str:
    """Return an element's namespace, or an empty string."""
    tag = element.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag.startswith("{") else ""
