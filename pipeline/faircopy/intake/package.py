"""A Word file opened as a stranger's: what it holds by name, and what is refused by name.

The package is a zip of XML parts that refer to one another by relations (ECMA-376, part 2).
Nothing in it is run, nothing that it names elsewhere is fetched.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

import msgspec

from faircopy.core.diagnostics import Place
from faircopy.core.limits import WORD_PARTS
from faircopy.intake.names import RELATIONS, STRICT, Element
from faircopy.translation import archive
from faircopy.translation.forms import ImportRefused, refuse
from faircopy.translation.xml import parse

AGAIN = "Open it in Word or LibreOffice, save it as .docx under another name, and import that."
_BOUNDS = archive.Bounds(WORD_PARTS, AGAIN)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file of Word 97 begins, and one that is protected by a password ([MS-CFB], 2.2)."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_FETCHED = {
    "oleObject": "an object in another file",
    "package": "an object in another file",
    "subDocument": "a part of its text in another file",
    "frame": "a frame with another file",
    "aFChunk": "a part of its text in another file",
}
"""Relations that lead out to what is part of the text: it would be fetched to be shown."""


class Relation(msgspec.Struct, frozen=True):
    """A part's relation to another part or to an address: its kind is the end of its type."""

    kind: str
    target: str
    external: bool


class Package(msgspec.Struct, frozen=True):
    """A Word file: its name in findings, its parts by their names, and its main part's name."""

    name: str
    parts: Mapping[str, bytes]
    main: str

    def tree(self, part: str) -> Element:
        """Return a part as a tree, in the names of the transitional form.

        Raises:
            UnreadableXml: broken or unsafe XML.
        """
        data = self.parts.get(part, b"")
        if b"purl.oclc.org/ooxml" in data:
            for strict, usual in STRICT.items():
                data = data.replace(strict, usual.encode())
        return parse(data, f"{self.name} ({part})", AGAIN)

    def relations(self, part: str) -> dict[str, Relation]:
        """Return the relations of a part, or of the package for an empty name, by their ids.

        Raises:
            UnreadableXml: broken or unsafe XML.
        """
        folder, _, file = part.rpartition("/")
        listed = posixpath.join(folder, "_rels", f"{file}.rels")
        if listed not in self.parts:
            return {}
        return {
            one.get("Id", ""): Relation(
                one.get("Type", "").rpartition("/")[2],
                _target(folder, one.get("Target", ""), one.get("TargetMode", "")),
                one.get("TargetMode") == "External",
            )
            for one in self.tree(listed).iter(f"{{{RELATIONS}}}Relationship")
        }

    def related(self, kind: str) -> tuple[str, ...]:
        """Return the parts that the main part is related to in a way, such as ``footnotes``."""
        found = (one for one in self.relations(self.main).values() if one.kind == kind)
        return tuple(
            dict.fromkeys(
                one.target for one in found if not one.external and one.target in self.parts
            )
        )


def _target(folder: str, target: str, mode: str) -> str:
    if mode == "External":
        return target
    target = unquote(target)
    return posixpath.normpath(
        target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
    )


def opened(data: bytes, name: str) -> Package:
    """Return a Word file's parts.

    Raises:
        ImportRefused: it is no Word file, is broken, too large, or holds what is refused by name:
            macros, or relations that lead to parts of the text outside it.
    """
    if data.startswith(_COMPOUND):
        old = "this is a file of Word 97–2003 (.doc)"
        remedy = "Name it .doc, so that LibreOffice reads it, or save it in Word as .docx."
        raise locked(data, name) or refuse("word-97", old, remedy, Place(name))
    if not data.startswith(b"PK"):
        raise refuse("not-word", "this is no Word file (.docx)", AGAIN, Place(name))
    parts = archive.read(data, name, None, _BOUNDS)
    package = Package(name, parts, "")
    main = [one.target for one in package.relations("").values() if one.kind == "officeDocument"]
    if not main or main[0] not in parts:
        raise refuse(
            "not-word",
            "this is a zip, but no Word file: it names no document",
            AGAIN,
            Place(name),
        )
    package = msgspec.structs.replace(package, main=main[0])
    _check(package)
    return package


def locked(data: bytes, name: str) -> ImportRefused | None:
    """Return the refusal of a file that is protected by a password, None for any other."""
    if not (data.startswith(_COMPOUND) and _LOCKED in data):
        return None
    return refuse(
        "word-locked",
        "the file is protected by a password",
        "Open it in Word, take the password away (File, Info), save it, and import it again.",
        Place(name),
    )


def _check(package: Package) -> None:
    """Refuse what is dangerous.

    Raises:
        ImportRefused: macros, or parts of the text elsewhere.
    """
    place = Place(package.name)
    names = [name.lower() for name in package.parts]
    types = package.parts.get("[Content_Types].xml", b"")
    if any(name.endswith("vbaproject.bin") for name in names) or b"macroEnabled" in types:
        raise refuse(
            "word-macros",
            "the file has macros: programs that run when it is opened",
            "Save it in Word as “Word document (.docx)”, which has none, and import that.",
            place,
        )
    for kind, target in _outside(package):
        raise refuse(
            "word-outside",
            f"the file has {_FETCHED[kind]}: “{target[:200]}”",
            "Break the link in Word (Edit Links to Files), so that the text stands in the file.",
            place,
        )


def _outside(package: Package) -> Iterator[tuple[str, str]]:
    for part in (package.main, *package.related("footnotes"), *package.related("endnotes")):
        for one in package.relations(part).values():
            if one.external and one.kind in _FETCHED:
                yield one.kind, one.target
