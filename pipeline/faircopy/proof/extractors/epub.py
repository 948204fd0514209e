"""The words of an EPUB: its spine in order, read as XHTML trees with lxml.

The cover and the navigation are no part of the text; the rest is read by the rules of
`faircopy.proof.extractors.xhtml`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from faircopy.proof.extractors.archive import Archive, Element
from faircopy.proof.extractors.line import Line
from faircopy.proof.extractors.xhtml import TYPE, Reader
from faircopy.proof.words import Rules

RULES = Rules()

_OPF = "{http://www.idpf.org/2007/opf}"
_CONTAINER = "META-INF/container.xml"


def lines(data: bytes) -> list[Line]:
    """Return the text of the book, a line for each block.

    Raises:
        EditionError: the file is no readable EPUB.
    """
    archive = Archive(data)
    documents = dict(spine(archive))
    reader = Reader(documents)
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
    return body is not None and "cover" in body.get(TYPE, "").split()
