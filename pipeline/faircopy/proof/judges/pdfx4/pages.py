"""Rules about the pages of a press file: their boxes, and what lies on them without being print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Dictionary, Name, Pdf

from faircopy.core.diagnostics import Diagnostic
from faircopy.proof.judges.pdfx4.breach import breach

Box: TypeAlias = tuple[float, float, float, float]
"""Left, low, right, high, in points."""

ROUNDING = 0.01
_INNER = ("/BleedBox", "/TrimBox", "/ArtBox")
_MARKS = (Name.PrinterMark, Name.TrapNet)


def check(pdf: Pdf) -> Iterator[Diagnostic]:
    """Yield what is wrong with the pages."""
    for number, page in enumerate(pdf.pages, start=1):
        yield from _boxes(page, number)
        yield from _annotations(page, number)


def _boxes(page: pikepdf.Page, number: int) -> Iterator[Diagnostic]:
    """A page says where it is trimmed, and its boxes lie within one another (6.12)."""
    boxes = {name: _box(page, name) for name in ("/MediaBox", "/CropBox", *_INNER)}
    if (boxes["/TrimBox"] is None) == (boxes["/ArtBox"] is None):
        which = "both a TrimBox and an" if boxes["/TrimBox"] else "neither TrimBox nor"
        yield breach("trim", "6.12", f"there is {which} ArtBox", page=number)
    for name, box in boxes.items():
        if box and not (box[0] < box[2] and box[1] < box[3]):
            yield breach("boxes", "6.12", f"the {name[1:]} is empty", page=number)
    if not boxes["/BleedBox"]:
        yield breach("bleed", "", "there is no BleedBox", page=number)
    for inner, outer in (
        ("/CropBox", "/MediaBox"),
        *((name, outer) for name in _INNER for outer in ("/MediaBox", "/CropBox")),
        ("/TrimBox", "/BleedBox"),
        ("/ArtBox", "/BleedBox"),
    ):
        within, around = boxes[inner], boxes[outer]
        if within and around and not _lies_in(within, around):
            yield breach("boxes", "6.12", f"{inner[1:]} extends beyond {outer[1:]}", page=number)


def _box(page: pikepdf.Page, name: str) -> Box | None:
    """Return a page's own box; MediaBox and CropBox are inherited (ISO 32000-1, 7.7.3.4)."""
    value: Any = page.get(name)
    above: Any = page.obj
    while value is None and name in ("/MediaBox", "/CropBox"):
        above = above.get("/Parent")
        if above is None:
            break
        value = above.get(name)
    if value is None:
        return None
    left, low, right, high = (float(part) for part in value)
    return left, low, right, high


def _lies_in(inner: Box, outer: Box) -> bool:
    return (
        inner[0] >= outer[0] - ROUNDING
        and inner[1] >= outer[1] - ROUNDING
        and inner[2] <= outer[2] + ROUNDING
        and inner[3] <= outer[3] + ROUNDING
    )


def _annotations(page: pikepdf.Page, number: int) -> Iterator[Diagnostic]:
    """Annotations lie wholly outside what is printed, but for printer's marks (6.17)."""
    printed = _box(page, "/BleedBox") or _box(page, "/TrimBox") or _box(page, "/ArtBox")
    for annotation in page.get("/Annots", ()):
        kind = annotation.get("/Subtype")
        if isinstance(annotation, Dictionary) and kind in _MARKS:
            continue
        left, low, right, high = (float(part) for part in annotation.get("/Rect", (0, 0, 0, 0)))
        area = (min(left, right), min(low, high), max(left, right), max(low, high))
        if printed is None or _touch(area, printed):
            yield breach("annotation", "6.17", f"a {kind} lies on the printed page", page=number)


def _touch(one: Box, other: Box) -> bool:
    across = one[0] < other[2] and other[0] < one[2]
    return across and one[1] < other[3] and other[1] < one[3]
