"""The words of an EPUB: its spine in order, read as XHTML trees with lxml.

Rules of the format: a footnote is an ``aside`` that its ``noteref`` leads to, and is read there;
the number of the reference and of the link back are generated. Bullets and numbers of lists
come from the reading system. An image and a formula are read by ``alt`` and ``alttext``. The
cover and the navigation are no part of the text.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urldefrag

from lxml import etree

from faircopy.proof.extractors.archive import Archive, Element
from faircopy.proof.extractors.line import Line
from faircopy.proof.tokens import Sign, pictured
from faircopy.proof.words import Rules

RULES = Rules()

_OPF = "{http://www.idpf.org/2007/opf}"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_CONTAINER = "META-INF/container.xml"
_BLOCK = re.compile(
    r"p|h[1-6]|li|div|t[dhr]|d[tdl]|figcaption|caption|pre|section|blockquote|ol|ul|table|thead"
    r"|tbody|tfoot|figure|hr|header|footer|aside|body|article|main"
)
_SKIPPED = frozenset({"head", "script", "style", "template"})


def lines(data: bytes) -> list[Line]:
    """Return the text of the book, a line for each block.

    Raises:
        EditionError: the file is no readable EPUB.
    """
    archive = Archive(data)
    documents = dict(spine(archive))
    reader = _Reader(documents)
    found: list[Line] = []
    for name, root in documents.items():
        if not _is_cover(root):
            out: list[str] = []
            reader.read(root, name, out)
            found += (Line(text, (0, name)) for text in "".join(out).split("\n"))
    return found


def spine(archive: Archive) -> Iterator[tuple[str, Element]]:
    """Yield name and root of each document that is read, in order; the navigation is not."""
    rootfile = archive.xml(_CONTAINER).find(".//{*}rootfile")
    package = rootfile.get("full-path", "") if rootfile is not None else ""
    root = archive.xml(package)
    items = {item.get("id"): item for item in root.iter(f"{_OPF}item")}
    folder = posixpath.dirname(package)
    for reference in root.iter(f"{_OPF}itemref"):
        item = items[reference.get("idref")]
        if "nav" not in item.get("properties", "").split():
            name = posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
            yield name, archive.xml(name)


def _is_cover(root: Element) -> bool:
    body = root.find("{*}body")
    return body is not None and "cover" in body.get(_TYPE, "").split()


class _Reader:
    """Reads documents that may refer to one another's notes."""

    def __init__(self, documents: dict[str, Element]) -> None:
        self._ids = {
            (name, item.get("id")): item
            for name, root in documents.items()
            for item in root.iter(etree.Element)
            if item.get("id")
        }
        self._number = 0

    def read(self, element: Element, document: str, out: list[str]) -> None:
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
    return bool(set(element.get(_TYPE, "").split()) & set(types))


def _local(element: Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
