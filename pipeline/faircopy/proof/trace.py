"""Trace a judge's finding to the manuscript's line, where the artifact still knows it.

A unit's id is the same in the manuscript's tree and in all artifacts. What a judge names as the
place is followed to the element with the unit's id: in an EPUB a document and a line, in a PDF
veraPDF's path of structure elements or of operators, in a Word document an XPath or a bookmark,
in an exchange file the unit itself. Where a judge names no place but quotes the text, the text
is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

import msgspec
from lxml import etree

from faircopy.core import ast
from faircopy.core.diagnostics import Diagnostic, FaircopyError, Place
from faircopy.core.model import Publication
from faircopy.passes.opener import OPENER
from faircopy.passes.units import units
from faircopy.proof.extractors.archive import Archive, Element
from faircopy.proof.trace_pdf import Structure
from faircopy.proof.verdict import Verdict

_SHORTEST = 12
"""Fewest characters of a quotation that is looked for."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PROPERTIES = "docProps/core.xml"
_FIELDS = {"title": "title", "creator": "author", "language": "lang"} | {
    name: name for name in ("description", "keywords", "identifier")
}
"""The keys of the front matter that Word's properties are made of."""
_MADE_OF = {"byline": "author", "dateline": "date", "genre": "kind"}
"""The keys that parts of the title block are made of where their own are not written."""
_STEP = re.compile(r"(?:[\w.-]+:)?([\w.-]+)((?:\[\d+\])?)")


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
        self._structure: Structure | None = None

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
        if locator.startswith("/") and part.endswith(".xhtml"):
            return self._of_cfi(part, locator)
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

    def _of_cfi(self, part: str, path: str) -> Place | None:
        """Return the place of the unit in, around or before the element at a path.

        A step is twice the number of a child element (EPUB Canonical Fragment Identifiers 1.1,
        section 2.1); what stands in brackets repeats its id.
        """
        archive = self._open()
        name = next((name for name in archive.names if name.endswith(part)), "") if archive else ""
        if archive is None or not name:
            return None
        at = root = archive.xml(name)
        for step in re.findall(r"/(\d+)", path):
            kids = list(at.iterchildren(etree.Element))
            number = int(step) // 2 - 1
            if not 0 <= number < len(kids):
                break
            at = kids[number]
        inside = (self._publication.places.get(item.get("id", "")) for item in at.iter("*"))
        found = next((place for place in inside if place), None)
        for item in root.iter("*") if found is None else ():
            if item is at:
                break
            found = self._publication.places.get(item.get("id", ""), found)
        return found

    # --- Word ------------------------------------------------------------------------------------

    def _of_xpath(self, part: str, path: str) -> Place | None:
        archive = self._open()
        name = part.lstrip("/")
        if name == _PROPERTIES:
            step = _STEP.match(path.rpartition("/")[2])
            return self._of_field(_FIELDS.get(step[1] if step else "", ""))
        if archive is None or name not in archive.names:
            return None
        try:
            found = archive.xml(name).getroottree().xpath(_unprefixed(path))
        except etree.XPathError:
            return None
        first = found[0] if isinstance(found, list) and found else None
        return self._bookmarked(first) if isinstance(first, Element) else None

    def _of_field(self, field: str) -> Place | None:
        """Return the place of a key of the front matter."""
        return self._publication.places.get(f"{OPENER}-{field}")

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
                made_of = _MADE_OF.get(name.removeprefix(f"{OPENER}-"), "")
                if place := self._publication.places.get(name) or self._of_field(made_of):
                    return place
        return None

    # --- PDF -------------------------------------------------------------------------------------

    def _of_pdf(self, path: str) -> Place | None:
        """Return the place of the unit in, or else next to, what a path leads to."""
        self._structure = self._structure or Structure(self._data)
        places = self._publication.places
        return next((places[name] for name in self._structure.names(path) if name in places), None)

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


def _unprefixed(path: str) -> str:
    """Return an XPath that goes by local names: judges do not agree on prefixes."""
    steps = (_STEP.fullmatch(step) for step in path.strip("/").split("/"))
    return "".join(f"/*[local-name()='{step[1]}']{step[2]}" for step in steps if step)


def _short(place: Place) -> Place:
    return Place(place.file.partition("#")[0], place.line, place.column)
