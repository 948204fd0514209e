"""The words of a Word document: its XML, footnotes and tables included, read with lxml.

Rules of the format (ECMA-376, part 1): a footnote is read where ``w:footnoteReference`` stands,
without the ``w:footnoteRef`` that opens it; bullets and numbers are generated from
``word/numbering.xml``, but a task's box is read from there; an image is read by ``wp:docPr``'s
``descr``, a formula is an ``m:oMath``. Headers, footers and fields that are computed (page
numbers) are no part of the text.
"""

from __future__ import annotations

from faircopy.proof.extractors.archive import Archive, Element
from faircopy.proof.extractors.line import Line
from faircopy.proof.tokens import Sign, pictured
from faircopy.proof.words import Rules

RULES = Rules()

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BOXES = {"☐": Sign.OPEN, "☒": Sign.DONE, "☑": Sign.DONE}


def lines(data: bytes) -> list[Line]:
    """Return the text of the document, a line for each paragraph.

    Raises:
        EditionError: the file is no readable Word document.
    """
    archive = Archive(data)
    notes = archive.xml("word/footnotes.xml") if "word/footnotes.xml" in archive.names else None
    numbering = archive.xml("word/numbering.xml") if "word/numbering.xml" in archive.names else None
    out: list[str] = []
    _Reader(notes, numbering).read(archive.xml("word/document.xml"), out)
    shown = [text for text in "".join(out).split("\n") if text.strip()]
    return [Line(text, (0, f"paragraph {number}")) for number, text in enumerate(shown, start=1)]


class _Reader:
    """Reads a document's parts together."""

    def __init__(self, notes: Element | None, numbering: Element | None) -> None:
        self._notes = {
            note.get(f"{_W}id"): note
            for note in (notes.iter(f"{_W}footnote") if notes is not None else ())
        }
        self._levels = _levels(numbering) if numbering is not None else {}

    def read(self, element: Element, out: list[str]) -> None:
        tag = element.tag
        if tag == f"{_W}t":
            out.append(element.text or "")
        elif tag in (f"{_W}br", f"{_W}cr", f"{_W}tab"):
            out.append("\n" if tag != f"{_W}tab" else " ")
        elif tag == f"{_W}noBreakHyphen":
            out.append("-")
        elif tag == f"{_W}footnoteReference":
            self._note(element, out)
        elif tag == f"{_M}oMath":
            has_text = any(item.text for item in element.iter(f"{_M}t"))
            out.append(Sign.FORMULA if has_text else "")
        elif tag == f"{_W}drawing":
            for name in element.iter(f"{_WP}docPr"):
                out.append(pictured(name.get("descr")))
        elif tag == f"{_W}fldSimple":
            pass
        elif tag == f"{_W}p":
            self._paragraph(element, out)
        elif tag not in (f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback", f"{_W}rPr"):
            for child in element:
                self.read(child, out)

    def _paragraph(self, element: Element, out: list[str]) -> None:
        out.append("\n")
        level = element.find(f"{_W}pPr/{_W}numPr")
        if level is not None:
            number = level.find(f"{_W}numId")
            depth = level.find(f"{_W}ilvl")
            key = (_val(number), _val(depth) or "0")
            out.append(_BOXES.get(self._levels.get(key, ""), ""))
        in_field = 0
        for child in element:
            for mark in child.iter(f"{_W}fldChar"):
                kind = mark.get(f"{_W}fldCharType")
                in_field += {"begin": 1, "end": -1}.get(kind or "", 0)
            if not in_field or child.tag == f"{_W}pPr":
                self.read(child, out)
        out.append("\n")

    def _note(self, reference: Element, out: list[str]) -> None:
        out.append(Sign.NOTE)
        note = self._notes.get(reference.get(f"{_W}id"))
        if note is not None:
            for child in note:
                self.read(child, out)
        out.append(Sign.NOTE_END)


def _val(element: Element | None) -> str:
    return element.get(f"{_W}val", "") if element is not None else ""


def _levels(root: Element) -> dict[tuple[str, str], str]:
    """Return what a numbering writes at each of its levels, such as ``☐`` or ``%1.``."""
    abstract = {
        (item.get(f"{_W}abstractNumId"), level.get(f"{_W}ilvl", "")): _val(
            level.find(f"{_W}lvlText")
        )
        for item in root.iter(f"{_W}abstractNum")
        for level in item.iter(f"{_W}lvl")
    }
    out = {}
    for number in root.iter(f"{_W}num"):
        base = _val(number.find(f"{_W}abstractNumId"))
        for (owner, depth), text in abstract.items():
            if owner == base:
                out[number.get(f"{_W}numId", ""), depth] = text
    return out
