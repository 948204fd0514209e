"""Pictures and text boxes: each drawing becomes a mark where it stands, its boxes paragraphs.

Pictures are DrawingML's (ECMA-376, part 1, 20.4 and 20.2) or, in older files, VML's (part 4, 19.1).
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from faircopy.intake.marks import PICTURE, mark
from faircopy.intake.names import WP, A, Element, R, V, w
from faircopy.translation.xml import SPACE, local

_DRAWN = frozenset({w("drawing"), w("pict"), w("object")})
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"


class Drawn(msgspec.Struct, frozen=True):
    """A picture as the text shows it: the id of its relation and its words for who cannot see it.

    ``decorative`` says that Word's author marked it as saying nothing; ``object`` that it stands
    for an object of another program, which is not taken.
    """

    relation: str
    alt: str = ""
    decorative: bool = False
    object: bool = False


def lift(root: Element, already: int = 0) -> list[Drawn]:
    """Put marks for pictures, and paragraphs behind their own for text boxes; return the pictures.

    ``already`` says how many pictures are numbered in other parts.
    """
    found: list[Drawn] = []
    for paragraph in list(root.iter(w("p"))):
        _nested(paragraph)
    waiting = [one for one in root.iter(w("p")) if not _boxed(one)]
    while waiting:
        paragraph = waiting.pop(0)
        parent = paragraph.getparent()
        if parent is None:
            continue
        drawings = [one for one in paragraph.iter(*_DRAWN) if not _inner(one)]
        moved = [block for one in drawings for box in _boxes(one) for block in box]
        for one in drawings:
            begins = already + len(found) + 1
            found += _pictures(one)
            _stand_in(one, range(begins, already + len(found) + 1))
        at = parent.index(paragraph)
        for offset, block in enumerate(moved, start=1):
            parent.insert(at + offset, block)
        waiting[:0] = [p for block in moved for p in block.iter(w("p")) if not _boxed(p)]
    return found


def _boxed(paragraph: Element) -> bool:
    return any(local(one) == "txbxContent" for one in paragraph.iterancestors())


def _nested(paragraph: Element) -> None:
    """Move a paragraph in a paragraph, which may not be, behind it."""
    parent = paragraph.getparent()
    if parent is None:
        return
    inner = [one for one in paragraph if one.tag == w("p")]
    for offset, one in enumerate(inner, start=1):
        parent.insert(parent.index(paragraph) + offset, one)


def _inner(drawing: Element) -> bool:
    return any(one.tag in _DRAWN for one in drawing.iterancestors())


def _boxes(drawing: Element) -> Iterator[Element]:
    """Yield the boxes of a drawing, those within them not."""
    for one in drawing:
        if local(one) == "txbxContent":
            yield one
        elif isinstance(one.tag, str):
            yield from _boxes(one)


def _pictures(drawing: Element) -> Iterator[Drawn]:
    about = next(drawing.iter(f"{{{WP}}}docPr"), None)
    shape = next(drawing.iter(f"{{{V}}}shape"), None)
    alt = ""
    if about is not None:
        if about.get("hidden") in ("1", "true"):
            return
        alt = about.get("descr", "") or about.get("title", "")
    elif shape is not None:
        alt = shape.get("alt", "")
    silent = any(one.get("val") in ("1", "true") for one in drawing.iter(_DECORATIVE))
    for one in _within(drawing):
        relation = one.get(f"{{{R}}}embed") or one.get(f"{{{R}}}link") or one.get(f"{{{R}}}id")
        if relation:
            foreign = drawing.tag == w("object")
            yield Drawn(relation, " ".join(alt.split()), silent, foreign)


def _within(element: Element) -> Iterator[Element]:
    """Yield the pictures of a drawing that are not in one of its boxes."""
    for one in element:
        if one.tag in (f"{{{A}}}blip", f"{{{V}}}imagedata"):
            yield one
        elif isinstance(one.tag, str) and local(one) != "txbxContent":
            yield from _within(one)


def _stand_in(drawing: Element, numbers: range) -> None:
    parent = drawing.getparent()
    if parent is None:
        return
    if numbers:
        written = drawing.makeelement(w("t"), {SPACE: "preserve"}, None)
        written.text = "".join(mark(one, PICTURE) for one in numbers)
        parent.insert(parent.index(drawing), written)
    parent.remove(drawing)
