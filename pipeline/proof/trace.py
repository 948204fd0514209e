"""Trace a judge's finding to the manuscript's line, where the artifact still knows it.

A unit's id is the same in the manuscript's tree and in all artifacts. What a judge names as the
place is followed to the element with the unit's id: in an EPUB a document and a line, in a PDF
veraPDF's path of structure elements, in a Word document an XPath or a bookmark, in an exchange
file the unit itself. Where a judge names no place but quotes the text, the text is looked for.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

import msgspec
import pikepdf
from lxml import etree

from pipeline import ast
from pipeline.diagnostics import Diagnostic, FaircopyError, Place
from pipeline.model import Publication
from pipeline.passes.units import units
from pipeline.proof.extractors.archive import Archive, Element
from pipeline.proof.verdict import Verdict

_SHORTEST = 12
"""Fewest characters of a quotation that is looked for."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACES = {
    "w": _W[1:-1],
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}


def traced(verdict: Verdict, publication: Publication, data: bytes) -> Verdict:
    """Return the verdict with the places of its findings in the manuscript, where known."""
    if not verdict.findings:
        return verdict
    tracer = _Tracer(publication, data)
    return msgspec.structs.replace(verdict, findings=tuple(map(tracer.trace, verdict.findings)))


class _Tracer:
    """Follows the places of one artifact; what it must open, it opens once."""

    def __init__(self, publication: Publication, data: bytes) -> None:
        self._publication = publication
        self._data = data
        self._archive: Archive | None = None
        self._objects: Mapping[int, tuple[str, ...]] | None = None

    def trace(self, finding: Diagnostic) -> Diagnostic:
        place = finding.place
        unit = self._named(place) if place else None
        unit = unit or self._quoted(finding.message)
        if unit is None:
            shown = Place(place.file.partition("#")[0], place.line, place.column) if place else None
            return msgspec.structs.replace(finding, place=shown if shown and shown.file else None)
        where = "" if place is None or place.file.startswith("#") else f" (in {_short(place)})"
        return msgspec.structs.replace(finding, place=unit, message=f"{finding.message}{where}")

    def _named(self, place: Place) -> Place | None:
        part, _, locator = place.file.partition("#")
        if not part:
            return self._of_pdf(locator)
        if locator.startswith("/"):
            return self._of_xpath(part, locator)
        if locator:
            return self._publication.places.get(locator)
        return self._of_line(part, place.line) if place.line else None

    def _open(self) -> Archive | None:
        try:
            self._archive = self._archive or Archive(self._data)
        except FaircopyError:
            return None
        return self._archive

    # --- EPUB ------------------------------------------------------------------------------------

    def _of_line(self, part: str, line: int) -> Place | None:
        """Return the place of the last unit that begins at or before a line of a document."""
        archive = self._open()
        name = next((name for name in archive.names if name.endswith(part)), "") if archive else ""
        if archive is None or not name.endswith(".xhtml"):
            return None
        found = None
        for element in archive.xml(name).iter("*"):
            if (cast("int | None", element.sourceline) or 0) > line:
                break
            found = self._publication.places.get(element.get("id", ""), found)
        return found

    # --- Word ------------------------------------------------------------------------------------

    def _of_xpath(self, part: str, path: str) -> Place | None:
        archive = self._open()
        name = part.lstrip("/")
        if archive is None or name not in archive.names:
            return None
        try:
            found = archive.xml(name).getroottree().xpath(path, namespaces=_SPACES)
        except etree.XPathError:
            return None
        first = found[0] if isinstance(found, list) and found else None
        return self._bookmarked(first) if isinstance(first, Element) else None

    def _bookmarked(self, element: Element) -> Place | None:
        """Return the place of the bookmark in or around an element, else of the last before."""
        for at in (element, *element.iterancestors()):
            inside = (mark.get(f"{_W}name", "") for mark in at.iter(f"{_W}bookmarkStart"))
            before = (
                mark.get(f"{_W}name", "")
                for sibling in at.itersiblings(preceding=True)
                for mark in reversed(list(sibling.iter(f"{_W}bookmarkStart")))
            )
            body = at.tag in (f"{_W}body", f"{_W}document")
            for name in () if body else (*inside, *before):
                if name in self._publication.places:
                    return self._publication.places[name]
        return None

    # --- PDF -------------------------------------------------------------------------------------

    def _of_pdf(self, path: str) -> Place | None:
        """Return the place of the innermost object on veraPDF's path that belongs to a unit."""
        if self._objects is None:
            self._objects = _elements(self._data)
        for number in reversed(re.findall(r"\((\d+) \d+ obj", path)):
            for name in self._objects.get(int(number), ()):
                if name in self._publication.places:
                    return self._publication.places[name]
        return None

    # --- quotations ------------------------------------------------------------------------------

    def _quoted(self, message: str) -> Place | None:
        """Return the place of the one unit that a quoted text stands in."""
        for text in re.findall(r"“([^”]+)", message):
            wanted = " ".join(text.split())
            if len(wanted) >= _SHORTEST:
                found = list(self._with(wanted))
                if len(found) == 1:
                    return found[0]
        return None

    def _with(self, wanted: str) -> Iterator[Place]:
        for unit in units(self._publication.blocks):
            there = unit.id in self._publication.places
            if there and wanted in " ".join(ast.text(unit.inlines).split()):
                yield self._publication.places[unit.id]


def _short(place: Place) -> Place:
    return Place(place.file.partition("#")[0], place.line, place.column)


def _elements(data: bytes) -> Mapping[int, tuple[str, ...]]:
    """Return the IDs of each structure element, by its object's number.

    Its own comes first, then the first one below it, then those above it.
    """
    found: dict[int, tuple[str, ...]] = {}
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            root = pdf.Root.get("/StructTreeRoot")
            if root is not None:
                _gather(root, (), found)
    except pikepdf.PdfError:
        return {}
    return found


def _gather(element: Any, above: tuple[str, ...], found: dict[int, tuple[str, ...]]) -> list[str]:
    own = (str(element.ID),) if "/ID" in element else ()
    names = (*own, *above)
    kids = element.get("/K")
    below = list(own)
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            if "/S" in kid:
                below += _gather(kid, names, found)
            elif "/Obj" in kid:  # a link's annotation
                found[kid.Obj.objgen[0]] = names
    found[element.objgen[0]] = (*below[:1], *names)
    return below
