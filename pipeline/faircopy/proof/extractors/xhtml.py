"""The words of XHTML trees, as readers of books and browsers show them.

A footnote is read where its reference stands; the number of the reference and of the link back
are generated. Bullets and numbers of lists come from the reading system. An image and a formula
are read by ``alt`` and ``alttext``.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from urllib.parse import unquote, urldefrag

from lxml import etree

from faircopy.proof.extractors.archive import Element
from faircopy.proof.tokens import Sign, pictured

TYPE = "{http://www.idpf.org/2007/ops}type"
_BLOCK = re.compile(
    r"p|h[1-6]|li|div|t[dhr]|d[tdl]|figcaption|caption|pre|section|blockquote|ol|ul|table|thead"
    r"|tbody|tfoot|figure|hr|header|footer|aside|body|article|main"
)
_SKIPPED = frozenset({"head", "nav", "script", "style", "template"})


class Reader:
    """Reads documents, by their names, that may refer to one another's notes."""

    def __init__(self, documents: Mapping[str, Element]) -> None:
        self._ids = {
            (name, item.get("id")): item
            for name, root in documents.items()
            for item in root.iter(etree.Element)
            if item.get("id")
        }
        self._number = 0

    def read(self, element: Element, document: str, out: list[str]) -> None:
        """Add the text of an element of ``document`` to ``out``, lines parted by line feeds."""
        name = _local(element)
        if not name or name in _SKIPPED or _is(element, "footnote", "backlink"):
            return
        if _is(element, "noteref"):
            self._note(element, document, out)
        elif name == "math":
            out.append(Sign.FORMULA if element.get("alttext") else "")
        elif name == "img":
            out.append(_image(element))
        elif name == "input":
            out.append(Sign.DONE if element.get("checked") is not None else Sign.OPEN)
        elif name == "br":
            out.append("\n")
        else:
            self._content(element, document, out, block=bool(_BLOCK.fullmatch(name)))

    def _content(self, element: Element, document: str, out: list[str], *, block: bool) -> None:
        if block:
            out.append("\n")
        out.append(element.text or "")
        for child in element:
            self.read(child, document, out)
            out.append(child.tail or "")
        if block:
            out.append("\n")

    def _note(self, reference: Element, document: str, out: list[str]) -> None:
        """Read a note where it is referred to; a wrong number is text that nobody wrote."""
        self._number += 1
        href, fragment = urldefrag(reference.get("href", ""))
        folder = posixpath.dirname(document)
        target = posixpath.normpath(posixpath.join(folder, unquote(href))) if href else document
        note = self._ids.get((target, unquote(fragment)))
        number = "".join(map(str, reference.itertext())).strip()
        out.append(Sign.NOTE if number == str(self._number) else f"{Sign.NOTE}{number}")
        if note is not None:
            self._content(note, target, out, block=True)
        out.append(Sign.NOTE_END)


def _image(element: Element) -> str:
    if "math" in element.get("class", "").split():
        return Sign.FORMULA if element.get("alt") else ""
    return pictured(element.get("alt"))


def _is(element: Element, *types: str) -> bool:
    """Whether an element is of one of these types: by EPUB's attribute, by ARIA's in HTML."""
    roles = element.get("role", "").split()
    said = {*element.get(TYPE, "").split(), *(role.removeprefix("doc-") for role in roles)}
    return bool(said & set(types))


def _local(element: Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
