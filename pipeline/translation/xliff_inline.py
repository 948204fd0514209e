"""The inline content of XLIFF, as any tool writes it, as words and tags.

Tools number codes anew when they make a file of their own. memoQ puts our element as text into
a ``bpt``, ``ept`` or ``ph`` (``<ph id="1">&lt;x id="7"/&gt;</ph>``), Trados Studio into the
``tag-defs`` of the file's header, under the number that its ``g`` and ``x`` have. Where our
element is there, its number counts; else that of the tool's own, and order decides.

Tracked deletions of Trados (``mrk mtype="x-sdl-deleted"``) are left out. It writes a pair that a
tracked change cuts as several ``g``, which say by ``sdl:start`` and ``sdl:end`` that they are no
beginning or no end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.translation import codes
from pipeline.translation.codes import Content, Kind, Tag
from pipeline.translation.xml import Element, local

SDL = "{http://sdl.com/FileTypes/SdlXliff/1.0}"
_PAIRS = {"pc", "g"}
_POINTS = {"ph", "x", "it"}
_STARTS = {"sc", "bx", "bpt"}
_ENDS = {"ec", "ex", "ept"}
_LINE_END = re.compile(r"[ \t]*[\r\n]\s*|\t")
_OURS = re.compile(r"\s*<(?:g|x)\s(?:[^<>]*\s)?id=[\"']([^\"']+)[\"'][^<>]*>\s*\Z")
_DELETED = "x-sdl-deleted"


class Inlines:
    """Reads the content of elements; ``natives`` are our numbers for a file's own."""

    def __init__(self, natives: Mapping[str, str] | None = None) -> None:
        self._natives = natives or {}

    def content(self, element: Element | None) -> Content:
        """Return an element's words and tags; nothing for no element."""
        return () if element is None else codes.join(self._parts(element, {}))

    def _parts(self, element: Element, starts: dict[str, str]) -> Iterator[str | Tag]:
        """Yield words and tags; ``starts`` remembers which number each opening code has."""
        yield _line(element.text)
        for child in element:
            yield from self._part(child, starts)
            yield _line(child.tail)

    def _part(self, child: Element, starts: dict[str, str]) -> Iterator[str | Tag]:
        name, id = local(child), child.get("id", "")
        if name in _PAIRS:
            yield from self._pair(child, self._natives.get(id, id), starts)
        elif name in _STARTS or (name, child.get("pos")) == ("it", "open"):
            number = _ours(child) or id
            starts[child.get("rid", id)] = number
            yield Tag(number, Kind.OPEN)
        elif name in _ENDS or (name, child.get("pos")) == ("it", "close"):
            reference = child.get("startRef") or child.get("rid") or id
            yield Tag(starts.get(reference, reference), Kind.CLOSE)
        elif name in _POINTS:
            yield Tag(_ours(child) or self._natives.get(id, id), Kind.POINT)
        elif name == "cp":
            yield _code_point(child.get("hex", ""))
        elif name and name not in ("sm", "em") and child.get("mtype") != _DELETED:
            yield from self._parts(child, starts)

    def _pair(self, child: Element, id: str, starts: dict[str, str]) -> Iterator[str | Tag]:
        if child.get(f"{SDL}start") != "false":
            yield Tag(id, Kind.OPEN)
        yield from self._parts(child, starts)
        if child.get(f"{SDL}end") != "false":
            yield Tag(id, Kind.CLOSE)


def natives(root: Element) -> dict[str, str]:
    """Return the numbers that our codes had, by those that Trados gave them in this file."""
    found: dict[str, str] = {}
    for definition in root.iter(f"{SDL}tag"):
        for code in definition:
            if ours := _ours(code):
                found.setdefault(definition.get("id", ""), ours)
    return found


def _ours(element: Element) -> str:
    """Return the number in our own element, which stands in this one as text, or nothing."""
    found = _OURS.match(element.text or "")
    return found[1] if found else ""


def _line(text: str | None) -> str:
    """Return text on one line; line ends are a tool's layout, never the translator's."""
    return _LINE_END.sub(" ", text or "")


def _code_point(value: str) -> str:
    try:
        return chr(int(value, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
