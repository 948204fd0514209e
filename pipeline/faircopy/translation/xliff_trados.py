"""What a file of Trados Studio holds besides its sentences: its codes, and content it has locked.

Studio numbers the codes of a file anew and puts ours, as text, into the ``tag-defs`` of that
file's header. Locked content is a unit of its own (``lockTU_…``), to which an ``x`` of another
number leads each time. A perfect match brings the codes of the document that it was taken from,
under names of their own (``pm`` and a GUID), and with that document's numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from faircopy.translation.codes import Content
from faircopy.translation.segments import ordinals, renumbered
from faircopy.translation.xml import Element, local

SDL = "{http://sdl.com/FileTypes/SdlXliff/1.0}"
EXPORTED = "{http://schemas.sdl.com/xliff}"
"""The namespace of XLIFF that RWS's own XLIFF Manager exports from Studio."""

_OURS = re.compile(r"\s*<(?:g|x)\s(?:[^<>]*\s)?id=[\"']([^\"']+)[\"'][^<>]*>\s*\Z")
_NUMBER = re.compile(r"\sid=([\"'])[^\"']*\1")
_LOCKED = "lockTU_"
_MANY = frozenset({"bold", "italic", "underlined", "lb"})
"""Kinds of our codes of which one is as good as another: they have no address and no text."""
_KIND = re.compile(r"\sctype=[\"']([^\"']*)[\"']")


class Code(msgspec.Struct, frozen=True):
    """A code of ours that a file defines: its number there, and our element without it."""

    number: str
    look: str


class Header(msgspec.Struct, frozen=True):
    """What one ``file`` says of codes: those defined, by Studio's ids, and the locked content."""

    codes: Mapping[str, Code] = {}
    locked: Mapping[str, Element] = {}

    def numbered(self, source: Content, target: Content) -> tuple[Content, Content]:
        """Return a sentence in our numbers; what cannot be matched gets one that nothing has."""
        if not self.codes:
            return source, target
        numbers = {id: self.codes[id].number for id in ordinals(source) if id in self.codes}
        foreign = [id for id in ordinals(target) if id not in ordinals(source)]
        free = [id for id in ordinals(source) if id not in ordinals(target)]
        twins = self._twins(foreign, free)
        found = {id: numbers[twins[id]] if id in twins else f"studio-{id}" for id in foreign}
        return renumbered(source, numbers), renumbered(target, numbers | found)

    def _twins(self, foreign: Sequence[str], free: Sequence[str]) -> dict[str, str]:
        """Map codes that came with a match to those of the source, where there is no doubt.

        A perfect match has the same source, so its codes are ours in the same order; where some
        are missing, a code has a twin if only one is left that looks like it.
        """
        known = [id for id in foreign if id in self.codes]
        ordered = sorted(known, key=lambda id: _rank(self.codes[id].number))
        if len(known) == len(free) and all(map(self._alike, ordered, free)):
            return dict(zip(ordered, free, strict=True))
        twins: dict[str, str] = {}
        for id in known:
            alike = [other for other in free if self._alike(id, other)]
            rivals = [other for other in known if self._alike(id, other)]
            if alike and (len(alike) == len(rivals) == 1 or self._common(id, alike, rivals)):
                twins[id] = alike[rivals.index(id)]
        return twins

    def _alike(self, one: str, other: str) -> bool:
        return other in self.codes and self.codes[one].look == self.codes[other].look

    def _common(self, id: str, alike: Sequence[str], rivals: Sequence[str]) -> bool:
        """Whether it does not matter which of several is which."""
        kind = _KIND.search(self.codes[id].look)
        return kind is not None and kind[1] in _MANY and len(rivals) <= len(alike)


def header(file: Element) -> Header:
    """Return what a ``file`` of XLIFF 1.2 says of its codes; nothing in files of other tools."""
    return Header(
        dict(_codes(file)),
        {
            unit.get("id", ""): child
            for unit in file.iter("{*}trans-unit")
            if unit.get("id", "").startswith(_LOCKED)
            for child in unit
            if local(child) == "source"
        },
    )


def _codes(file: Element) -> Iterator[tuple[str, Code]]:
    for definition in file.iter(f"{SDL}tag"):
        for code in definition:
            if number := ours(code):
                yield definition.get("id", ""), Code(number, _NUMBER.sub("", code.text or "", 1))
                break


def ours(element: Element) -> str:
    """Return the number in our own element, which stands in this one as text, or nothing."""
    found = _OURS.match(element.text or "")
    return found[1] if found else ""


def _rank(number: str) -> int:
    return int(number) if number.isascii() and number.isdigit() else 0
