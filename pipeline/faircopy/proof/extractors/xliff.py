"""The words of a translation bundle: the source texts of its XLIFF 2.1, read with lxml.

Rules of the format: a footnote's units are named by ``subFlows`` where it is referred to, and are
read there; a quotation's marks stand in ``originalData``, code in ``equiv``; a formula is a
code. Alternative texts are units of their own and are read last. Listings, bullets and the
genre are not translated and not there; the front matter's other texts (``meta-…``) and the
titles of links are there and no part of the text.
"""

from __future__ import annotations

import re

from faircopy.core.diagnostics import EditionError
from faircopy.proof.extractors.archive import Archive, Element
from faircopy.proof.extractors.line import Line
from faircopy.proof.tokens import Sign
from faircopy.proof.words import Rules, Where

RULES = Rules(
    pictures=Where.AFTER,
    labels=False,
    listings=False,
    wordless=False,
    opening=False,
)

_X = "{urn:oasis:names:tc:xliff:document:2.0}"
_HIDDEN = re.compile(r"^meta-|\.c\d+\.title$")
_ALT = re.compile(r"\.c\d+\.alt$")
_NOTE = "fc:footnote"


def lines(data: bytes) -> list[Line]:
    """Return the text of the bundle, a line for each unit.

    Raises:
        EditionError: the file is no readable bundle.
    """
    archive = Archive(data)
    name = next((name for name in archive.names if name.endswith(".xlf")), None)
    if name is None:
        raise EditionError.because(
            "artifact-unreadable", "The bundle holds no XLIFF file.", "Build it again."
        )
    return _Reader(archive.xml(name)).lines()


class _Reader:
    """Reads units, which name one another."""

    def __init__(self, root: Element) -> None:
        self._units = {unit.get("id", ""): unit for unit in root.iter(f"{_X}unit")}
        self._read: set[str] = set()

    def lines(self) -> list[Line]:
        notes = {
            name
            for code in self._codes()
            if code.get("disp") == "footnote"
            for name in code.get("subFlows", "").split()
        }
        text = [
            Line(self._shown(name), (0, f"unit {name}"))
            for name in self._units
            if name not in notes and not _HIDDEN.search(name) and not _ALT.search(name)
        ]
        lost = [
            Line(self._unit(name), (0, f"unit {name}"))
            for name in self._units
            if name in notes - self._read
        ]
        alts = [
            Line(f"{Sign.IMAGE} {self._unit(name)}", (0, f"unit {name}"))
            for name in self._units
            if _ALT.search(name)
        ]
        return [*text, *lost, *alts]

    def _shown(self, name: str) -> str:
        """A unit; a note that stands alone in its paragraph has no unit that refers to it."""
        if self._units[name].get("type") != _NOTE:
            return self._unit(name)
        return "\n".join([Sign.NOTE, self._unit(name), Sign.NOTE_END])

    def _codes(self) -> list[Element]:
        return [code for unit in self._units.values() for code in unit.iter(f"{_X}ph")]

    def _unit(self, name: str) -> str:
        self._read.add(name)
        unit = self._units[name]
        data = {item.get("id", ""): item.text or "" for item in unit.iter(f"{_X}data")}
        out: list[str] = []
        for source in unit.iter(f"{_X}source"):
            self._content(source, data, out)
        return "".join(out)

    def _content(self, element: Element, data: dict[str, str], out: list[str]) -> None:
        out.append(element.text or "")
        for child in element:
            if child.tag == f"{_X}ph":
                out.append(self._point(child, data))
            elif child.tag == f"{_X}cp":
                out.append(chr(int(child.get("hex", "0"), 16)))
            elif child.tag in (f"{_X}pc", f"{_X}mrk"):
                quoted = child.get("dispStart") == "quotation marks"
                out.append(data.get(child.get("dataRefStart", ""), "") if quoted else "")
                self._content(child, data, out)
                out.append(data.get(child.get("dataRefEnd", ""), "") if quoted else "")
            out.append(child.tail or "")

    def _point(self, code: Element, data: dict[str, str]) -> str:
        shown = code.get("disp", "")
        kind = shown.partition(" ")[0]
        if shown == "footnote":
            flows = [self._unit(name) for name in code.get("subFlows", "").split()]
            return "\n".join([Sign.NOTE, *flows, Sign.NOTE_END])
        if shown == "line break":
            return "\n"
        if kind == "formula":
            return Sign.FORMULA
        if kind == "special":
            return code.get("equiv") or data.get(code.get("dataRef", ""), "")
        return code.get("equiv", "") if kind == "code" else ""
