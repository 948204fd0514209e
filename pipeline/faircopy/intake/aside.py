"""Words of a Word file that are no part of its text: each left for a named reason."""

from __future__ import annotations

from collections.abc import Iterator

from faircopy.intake.names import A, Element, V, w
from faircopy.intake.package import Package
from faircopy.intake.walked import Left, Why

_KINDS = {
    "header": Why.HEADER,
    "footer": Why.HEADER,
    "glossaryDocument": Why.BLOCKS,
    "diagramData": Why.DRAWING,
    "chart": Why.DRAWING,
    "chartUserShapes": Why.DRAWING,
}
"""Parts with words of their own, by their relation to the document."""
EMBEDDED = {
    "oleObject": "an object of another program",
    "package": "a file of another program",
    "aFChunk": "another document, put in whole",
    "control": "a control that runs",
}
"""Parts that nobody opens, by the ends of their relations' types."""


def aside(package: Package) -> tuple[Left, ...]:
    """Return what stands in headers, footers, charts, diagrams and building blocks, each once."""
    return tuple(dict.fromkeys(_all(package)))


def _all(package: Package) -> Iterator[Left]:
    for kind, why in _KINDS.items():
        for part in package.related(kind):
            text = " ".join(_words(package.tree(part)).split())
            if text:
                yield Left(why, text)


def _words(root: Element) -> str:
    kinds = (w("t"), w("p"), w("tab"), w("delText"), f"{{{A}}}t", f"{{{A}}}p", f"{{{V}}}textpath")
    out: list[str] = []
    for one in root.iter(*kinds):
        if one.tag == f"{{{V}}}textpath":
            out.append(f" {one.get('string', '')} ")
        elif one.tag in (w("t"), w("delText"), f"{{{A}}}t"):
            out.append(one.text or "")
        else:
            out.append(" ")
    return "".join(out)


def embedded(package: Package) -> tuple[str, ...]:
    """Return what is in the file that nobody opens, named."""
    parts = (package.main, *package.related("footnotes"), *package.related("endnotes"))
    found = [one for part in parts for one in package.relations(part).values()]
    return tuple(EMBEDDED[one.kind] for one in found if one.kind in EMBEDDED)
