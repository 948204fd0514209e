"""What a browser can show of an edition: the pages of a PDF, the documents of an EPUB, Word's text.

These are jobs of workers; what they return is looked at through `faircopy.watch.serving`.
"""

from __future__ import annotations

import io
import unicodedata

import msgspec
import pikepdf

from faircopy.proof.contact import paper
from faircopy.proof.extractors import docx, epub
from faircopy.proof.extractors.archive import Archive, Element
from faircopy.publish import jobs
from faircopy.watch.changing import Changed

DPI = 144
"""Pixels an inch of a page's picture: sharp at the size at which a screen shows it."""
_POINTS = 72


class Part(msgspec.Struct, frozen=True):
    """A page (width and height in points), a document by its name, or a paragraph's words."""

    name: str
    width: float = 0.0
    height: float = 0.0


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """An edition as it was made, in the parts in which it is shown.

    ``part`` is the one that the changed sentence stands in, counted from 0, and ``down`` how far
    down in it, as a part of its height; ``part`` is -1 where that is not known.
    """

    made: jobs.Made
    parts: tuple[Part, ...] = ()
    part: int = -1
    down: float = 0.0


def edition(task: jobs.Task, changed: Changed) -> Edition:
    """Make an edition, and find the sentence that changed in it.

    Raises:
        FaircopyError: what the format's writer raises.
    """
    made = jobs.make(task)
    read = _READ.get(task.format.name)
    return read(made, changed) if read else Edition(made=made)


def pages(data: bytes) -> tuple[Part, ...]:
    """Return the pages of a PDF that another program made.

    Raises:
        EditionError: it is none.
    """
    sizes = enumerate(paper.sizes(data), 1)
    return tuple(Part(f"page {number}", *size) for number, size in sizes)


def picture(data: bytes, number: int) -> bytes:
    """Return a page of a PDF, counted from 0, as a PNG.

    Raises:
        EditionError: PDFium can't draw it.
    """
    out = io.BytesIO()
    paper.raster(data, number, DPI / _POINTS).save(out, "PNG", compress_level=1)
    return out.getvalue()


def _pages(made: jobs.Made, changed: Changed) -> Edition:
    with pikepdf.open(io.BytesIO(made.artifact.data)) as file:
        boxes = [tuple(map(float, page.mediabox)) for page in file.pages]
        numbers = {int(page.objgen[0]): at for at, page in enumerate(file.pages)}
        parts = tuple(Part(f"page {n}", x - a, y - b) for n, (a, b, x, y) in enumerate(boxes, 1))
        found = _destination(file, changed)
        if found is None:
            return Edition(made=made, parts=parts)
        part = numbers.get(int(found[0].objgen[0]), -1)
        if part < 0:
            return Edition(made=made, parts=parts)
        down = 1 - (float(found[3]) - boxes[part][1]) / parts[part].height
        return Edition(made=made, parts=parts, part=part, down=min(1.0, max(0.0, down)))


def _destination(file: pikepdf.Pdf, changed: Changed) -> pikepdf.Array | None:
    """Return the named destination (ISO 32000-1, 12.3.2.3) of a sentence, or of its unit."""
    names = file.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
    if names is None:
        return None
    tree = pikepdf.NameTree(names)
    found = (tree[id] for id in (changed.id, changed.unit) if id and id in tree)
    return next((one for one in found if isinstance(one, pikepdf.Array) and len(one) > 3), None)


def _documents(made: jobs.Made, changed: Changed) -> Edition:
    spine = tuple(epub.spine(Archive(made.artifact.data)))
    part = next((n for n, (_, root) in enumerate(spine) if changed.id and _has(root, changed)), -1)
    return Edition(made=made, parts=tuple(Part(name) for name, _ in spine), part=part)


def _has(root: Element, changed: Changed) -> bool:
    return any(one.get("id") == changed.id for one in root.iter("{*}*"))


def _paragraphs(made: jobs.Made, changed: Changed) -> Edition:
    lines = [str(line) for line in docx.lines(made.artifact.data)]
    said = _bare(changed.text)
    part = next((n for n, line in enumerate(lines) if said and said in _bare(line)), -1)
    return Edition(made=made, parts=tuple(map(Part, lines)), part=part)


def _bare(text: str) -> str:
    """Return words without the marks that only settle where a line may end."""
    shown = "".join(one for one in text if unicodedata.category(one) != "Cf")
    return " ".join(shown.split())


_READ = {"pdf": _pages, "epub": _documents, "docx": _paragraphs}
