"""The words of a Word document as LibreOffice opens it: its own model, saved as flat XML.

Rules (OpenDocument 1.3, part 3): a footnote is read where it stands, without ``text:note-
citation``; spaces and tabs are elements; an image is read by ``svg:desc``; without LibreOffice
Math a formula is not there. Headers and footers stand in other parts.
"""

from __future__ import annotations

from functools import cache

from faircopy.core import process
from faircopy.core.diagnostics import EditionError, ToolError
from faircopy.proof import office
from faircopy.proof.extractors.archive import Element, parse
from faircopy.proof.tokens import Sign, pictured
from faircopy.proof.words import Rules

RULES = Rules(formulas=False)

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_BLOCKS = (f"{_TEXT}p", f"{_TEXT}h", f"{_TEXT}list-item", f"{_TABLE}table-cell")
_SILENT = (
    f"{_TEXT}note-citation",
    f"{_TEXT}tracked-changes",
    f"{_TEXT}sequence-decls",
    f"{_OFFICE}annotation",
    f"{_OFFICE}forms",
)


@cache
def version() -> str:
    """Return LibreOffice's version.

    Raises:
        ToolError: LibreOffice is missing.
    """
    done = process.run([office.program(), "--version"], timeout=office.SECONDS)
    return done.stdout.decode("utf-8", "replace").strip().removeprefix("LibreOffice ")


def lines(data: bytes) -> list[str]:
    """Return the text of the document, a line for each paragraph.

    Raises:
        ToolError: LibreOffice is missing.
        EditionError: LibreOffice can't read the document.
    """
    try:
        flat = office.converted(data, "fodt")
    except ToolError as error:
        if error.diagnostics[0].code == "tool-missing":
            raise
        flat = None
    if flat is None:
        raise EditionError.because(
            "artifact-unreadable", "LibreOffice can't read the document.", "Build it again."
        )
    # It puts in whole fonts of the machine, of which one for Chinese has over ten megabytes.
    body = parse(flat, "document.fodt", huge=True).find(f"{_OFFICE}body/{_OFFICE}text")
    out: list[str] = []
    if body is not None:
        _read(body, out)
    return "".join(out).split("\n")


def _read(element: Element, out: list[str]) -> None:
    tag = element.tag
    if not isinstance(tag, str) or tag in _SILENT:
        return
    if tag == f"{_TEXT}s":
        out.append(" ")
    elif tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
        out.append("\n")
    elif tag == f"{_DRAW}frame":
        described = element.find(f"{_SVG}desc")
        out.append(pictured(described.text if described is not None else ""))
    elif tag == f"{_TEXT}note":
        out.append(Sign.NOTE)
        _content(element, out)
        out.append(Sign.NOTE_END)
    else:
        edge = "\n" if tag in _BLOCKS else ""
        out.append(edge)
        _content(element, out)
        out.append(edge)


def _content(element: Element, out: list[str]) -> None:
    """Read text and children; white space between blocks is the file's layout, not text."""
    out.append(element.text or "")
    for child in element:
        _read(child, out)
        out.append(child.tail or "")
