"""Zip archives of static files, and what their members are."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from urllib.parse import unquote, urlsplit

from faircopy.proof.extractors.archive import Archive
from faircopy.proof.static import alike, css, docx, pdf, web, workbook, xml
from faircopy.proof.static.css import Beside
from faircopy.proof.static.fault import Fault

_MARKS = {
    ".png": b"\x89PNG\r\n\x1a\n",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".gif": b"GIF8",
}
"""How pictures begin: what is called one and is none may be anything."""
XML = (".opf", ".ncx", ".xml", ".xlf", ".tbx", ".tmx", ".project")
WEB = (".xhtml", ".svg", ".html")
TEXTS = (".txt", ".tsv", ".csv", ".json", ".po", ".pot", ".md", ".css")
FONTS = (".ttf", ".otf", ".woff2")


def faults(data: bytes) -> Iterator[Fault]:
    """Yield what is not static in a bundle for translators.

    Raises:
        EditionError: it is no archive, or what it has is damaged.
    """
    archive = Archive(data)
    yield from alike.faults(data)
    for name in archive.names:
        if not name.endswith("/"):
            yield from (fault.within(name) for fault in member(archive, name))


def member(archive: Archive, name: str) -> Iterator[Fault]:
    """Yield what is not static in a member.

    Raises:
        EditionError: it is damaged.
    """
    ending = posixpath.splitext(name)[1].lower()
    if outside(name):
        yield Fault("", "its name leads out of the archive")
    elif ending in _MARKS:
        if not archive.read(name).startswith(_MARKS[ending]):
            yield Fault("", "it is no picture")
    elif ending in XML:
        yield from xml.faults(archive.xml(name))
    elif ending in WEB:
        yield from web.faults(archive.xml(name), beside(archive, name))
    elif ending == ".css":
        text = archive.read(name).decode("utf-8", "replace")
        yield from css.faults(text, beside(archive, name))
    elif ending in _WHOLE:
        yield from _WHOLE[ending](archive.read(name))
    elif ending not in TEXTS + FONTS and name != "mimetype" and archive.read(name):
        yield Fault("", "it is a file of an unknown kind")


_WHOLE: dict[str, Callable[[bytes], Iterator[Fault]]] = {
    ".docx": docx.faults,
    ".pdf": pdf.faults,
    ".xlsx": workbook.faults_of_ooxml,
    ".ods": workbook.faults_of_odf,
}


def outside(name: str) -> bool:
    """Say whether a name leads out of the archive, or means another place on some systems."""
    return name.startswith("/") or ".." in name.split("/") or "\\" in name or ":" in name


def beside(archive: Archive, name: str) -> Beside:
    """Return what says whether an address in the member ``name`` leads to another one."""
    names = frozenset(archive.names)
    folder = posixpath.dirname(name)

    def leads(address: str) -> bool:
        try:
            parts = urlsplit(address)
        except ValueError:
            return False
        if parts.scheme or parts.netloc or parts.query:
            return False
        if not parts.path:
            return bool(parts.fragment)
        return posixpath.normpath(posixpath.join(folder, unquote(parts.path))) in names

    return leads
