"""The styles of a Word file: what a run or paragraph has of its own, and by its styles.

ECMA-376, part 1, 17.7.2: direct formatting comes first, then the character's style and those that
it is based on, the paragraph's, and the document's defaults.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from faircopy.intake.names import Element, child, is_on, value, w

_HEADING = re.compile(r"heading (\d)")
_DEEPEST = 30
"""Styles that one may be based on, one on another; more are a circle."""


class Style(msgspec.Struct, frozen=True):
    """One style: its id, its name in lower case, what it is based on, and its element."""

    id: str
    name: str
    base: str
    element: Element


class Styles:
    """All styles of a file."""

    def __init__(self, root: Element | None) -> None:
        """Read the part ``styles``; None where a file has none."""
        self._known: dict[str, Style] = {}
        self._found: dict[tuple[str, str, str, str], Element | None] = {}
        self._default = ""
        self._defaults: Element | None = None
        if root is None:
            return
        self._defaults = child(root, "docDefaults", "rPrDefault", "rPr")
        for one in root.iter(w("style")):
            id = value(one, "styleId")
            self._known[id] = Style(
                id, value(child(one, "name")).lower(), value(child(one, "basedOn")), one
            )
            default = value(one, "default").lower()
            if value(one, "type") == "paragraph" and default in ("1", "true", "on"):
                self._default = id

    def chain(self, id: str) -> Iterator[Style]:
        """Yield a style and those that it is based on, the nearest first."""
        for _ in range(_DEEPEST):
            if id not in self._known:
                return
            yield self._known[id]
            id = self._known[id].base

    def of(self, paragraph: Element) -> str:
        """Return the id of a paragraph's style, the default's where it names none."""
        named = value(child(paragraph, "pPr", "pStyle"))
        return named if named in self._known else self._default

    def names(self, paragraph: Element) -> tuple[str, ...]:
        """Return the names of a paragraph's style and of those that it is based on."""
        return tuple(style.name for style in self.chain(self.of(paragraph)))

    def level(self, paragraph: Element) -> int:
        """Return a paragraph's level as a heading, 0 where it is none."""
        for name in self.names(paragraph):
            if found := _HEADING.fullmatch(name):
                return int(found[1])
        return 0

    def has(self, run: Element, paragraph: Element | None, name: str) -> bool:
        """Whether a run has a property that is on or off, such as ``vanish``, from anywhere."""
        if self.says(run, name) is not None:
            return bool(self.says(run, name))
        found = self._inherited(run, paragraph, name)
        return found is not None and is_on(found)

    def says(self, run: Element, name: str) -> bool | None:
        """Return what a run itself says of a property; None where it says nothing."""
        found = child(run, "rPr", name)
        return None if found is None else is_on(found)

    def text(self, run: Element, paragraph: Element | None, name: str, key: str = "val") -> str:
        """Return the value of a run's property, such as its size ``sz``, from anywhere."""
        own = value(child(run, "rPr", name), key)
        return own or value(self._inherited(run, paragraph, name, key), key)

    def _inherited(
        self, run: Element, paragraph: Element | None, name: str, key: str = ""
    ) -> Element | None:
        """Return the first element that says something of a property, by style or default."""
        own = value(child(run, "rPr", "rStyle"))
        of = self.of(paragraph) if paragraph is not None else ""
        asked = (own, of, name, key)
        if asked not in self._found:
            styles = (*self.chain(own), *self.chain(of))
            places = [child(style.element, "rPr", name) for style in styles]
            places.append(child(self._defaults, name))
            said = (one for one in places if one is not None and (not key or value(one, key)))
            self._found[asked] = next(said, None)
        return self._found[asked]
