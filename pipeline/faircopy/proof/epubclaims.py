"""What an EPUB says of itself in its package document, and the files that it speaks of."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

import msgspec

from faircopy.core.diagnostics import EditionError
from faircopy.proof.extractors.archive import Archive, Element

_XHTML = "application/xhtml+xml"
_CLAIMED = ("schema:access", "dcterms:conformsTo")
_UNCLAIMED = "schema:accessibilitySummary"
"""It says the same in words, for people."""


class Package(msgspec.Struct, frozen=True):
    """A package document: its path, its root, its files by path with their media types.

    ``claims`` are the properties that claim something, each name with its value; ``spine`` are
    the documents in reading order, ``navigation`` is the one with the contents.
    """

    archive: Archive
    path: str
    root: Element
    files: Mapping[str, str]
    claims: tuple[str, ...]
    spine: tuple[str, ...]
    navigation: str

    def documents(self) -> dict[str, Element]:
        """Return the XHTML documents."""
        return {name: self.archive.xml(name) for name, kind in self.files.items() if kind == _XHTML}

    def sheets(self) -> Iterator[tuple[str, str]]:
        """Yield the style sheets."""
        for name, kind in self.files.items():
            if kind == "text/css":
                yield name, self.archive.read(name).decode("utf-8", "replace")

    def images(self) -> Iterator[tuple[str, bytes]]:
        """Yield the images."""
        for name, kind in self.files.items():
            if kind.startswith("image/"):
                yield name, self.archive.read(name)


def open_package(data: bytes) -> Package:
    """Open an EPUB.

    Raises:
        EditionError: it is no readable EPUB.
    """
    archive = Archive(data)
    rootfile = archive.xml("META-INF/container.xml").find(".//{*}rootfile")
    path = rootfile.get("full-path", "") if rootfile is not None else ""
    root = archive.xml(path)
    folder = posixpath.dirname(path)
    items = {item.get("id", ""): item for item in root.iter("{*}item")}
    names = {
        id: posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        for id, item in items.items()
    }
    missing = [name for name in names.values() if name not in archive.names]
    if missing:
        raise EditionError.because(
            "artifact-unreadable", f"The book has no {missing[0]}.", "Build it again."
        )
    return Package(
        archive=archive,
        path=path,
        root=root,
        files={names[id]: item.get("media-type", "") for id, item in items.items()},
        claims=tuple(_claims(root)),
        spine=tuple(
            names[item.get("idref", "")]
            for item in root.iter("{*}itemref")
            if item.get("idref") in names
        ),
        navigation=next(
            (
                names[id]
                for id, item in items.items()
                if "nav" in item.get("properties", "").split()
            ),
            "",
        ),
    )


def claimed(data: bytes) -> tuple[str, ...]:
    """Return what an EPUB claims; one that cannot be read claims nothing."""
    try:
        return open_package(data).claims
    except EditionError:
        return ()


def _claims(root: Element) -> Iterator[str]:
    for item in root.iter("{*}meta", "{*}link"):
        name = item.get("property") or item.get("rel") or ""
        if name.startswith(_CLAIMED) and name != _UNCLAIMED:
            yield f"{name} {(item.text or item.get('href') or '').strip()}"
