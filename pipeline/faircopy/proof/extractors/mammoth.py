"""The words of a Word document as mammoth reads them, a converter that shares no code with ours.

Rules: mammoth lists footnotes at the end, they are read where they are referred to; it shows no
formula.
"""

from __future__ import annotations

import io

from lxml import etree
from lxml import html as markup

from faircopy.core.diagnostics import EditionError
from faircopy.proof import tools
from faircopy.proof.extractors.archive import Element
from faircopy.proof.tokens import Sign, pictured
from faircopy.proof.words import Rules

RULES = Rules(formulas=False)

_BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "ul", "td", "th", "tr"})
_NOTE = "footnote-"
_REFERENCE = "footnote-ref-"


def version() -> str:
    """Return mammoth's version."""
    return tools.package_version("mammoth")


def lines(data: bytes) -> list[str]:
    """Return the text of the document, a line for each block.

    Raises:
        ToolError: mammoth is missing.
        EditionError: mammoth can't read the document.
    """
    tools.package_version("mammoth")
    import mammoth

    try:
        page = mammoth.convert_to_html(io.BytesIO(data)).value
    except Exception as error:
        raise EditionError.because(
            "artifact-unreadable", f"mammoth can't read the document: {error}", "Build it again."
        ) from error
    out: list[str] = []
    _Reader(markup.fragment_fromstring(page, create_parent="div")).read(out)
    return "".join(out).split("\n")


class _Reader:
    """Reads mammoth's HTML, notes in their places."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._notes = {
            item.get("id", ""): item
            for item in root.iter("li")
            if item.get("id", "").startswith(_NOTE)
        }

    def read(self, out: list[str]) -> None:
        self._element(self._root, out)

    def _element(self, element: Element, out: list[str]) -> None:
        name = str(element.tag)
        if name == "img":
            out.append(pictured(element.get("alt")))
        elif name == "br":
            out.append("\n")
        elif name == "a" and element.get("id", "").startswith(_REFERENCE):
            self._note(element, out)
        elif name == "a" and element.get("href", "").startswith(f"#{_REFERENCE}"):
            pass
        elif not (name == "li" and element.get("id", "") in self._notes):
            self._content(element, out, block=name in _BLOCKS)

    def _content(self, element: Element, out: list[str], *, block: bool) -> None:
        edge = "\n" if block else ""
        out += [edge, element.text or ""]
        for child in element.iterchildren(etree.Element):
            self._element(child, out)
            out.append(child.tail or "")
        out.append(edge)

    def _note(self, reference: Element, out: list[str]) -> None:
        out.append(Sign.NOTE)
        note = self._notes.get(reference.get("href", "").lstrip("#"))
        if note is not None:
            self._content(note, out, block=True)
        out.append(Sign.NOTE_END)
