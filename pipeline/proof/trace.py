"""Trace a judge's finding to the manuscript's line, where the artifact still knows it.

A unit's id is the same in the manuscript's tree and in all artifacts. In an EPUB a judge names a
document and a line, which stands in or behind the element with the unit's id.
"""

from __future__ import annotations

from typing import cast

import msgspec

from pipeline.diagnostics import Diagnostic, FaircopyError, Place
from pipeline.model import Publication
from pipeline.proof.extractors.archive import Archive
from pipeline.proof.verdict import Verdict


def traced(verdict: Verdict, publication: Publication, data: bytes) -> Verdict:
    """Return the verdict with the places of its findings in the manuscript, where known."""
    if not any(item.place for item in verdict.findings):
        return verdict
    try:
        archive = Archive(data)
    except FaircopyError:
        return verdict
    findings = tuple(_traced(item, publication, archive) for item in verdict.findings)
    return msgspec.structs.replace(verdict, findings=findings)


def _traced(finding: Diagnostic, publication: Publication, archive: Archive) -> Diagnostic:
    place = finding.place
    if place is None or not place.line:
        return finding
    name = next((name for name in archive.names if name.endswith(place.file)), None)
    if name is None or not name.endswith(".xhtml"):
        return finding
    unit = _unit(archive, name, place.line, publication)
    if unit is None:
        return finding
    return msgspec.structs.replace(finding, place=unit, message=f"{finding.message} (in {place})")


def _unit(archive: Archive, name: str, line: int, publication: Publication) -> Place | None:
    """Return the place of the last unit that begins at or before ``line``."""
    found = None
    for element in archive.xml(name).iter("*"):
        if (cast("int | None", element.sourceline) or 0) > line:
            break
        found = publication.places.get(element.get("id", ""), found)
    return found
