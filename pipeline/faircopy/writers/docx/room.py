"""What the looks of a sheet are worked out from: a theme's page in one language's script."""

from __future__ import annotations

import msgspec

from faircopy.theme import Theme
from faircopy.theme.colours import Colours
from faircopy.theme.tokens import MM, Page, Script, Spaces, Style, Styles, Voices
from faircopy.writers.docx.looks import Border, Side

_FARTHEST = 31.0
"""Word's greatest distance of a rule from its text, in points (ECMA-376, 17.18.68)."""


class Room(msgspec.Struct, frozen=True):
    """The tokens of one page and script; lengths are points."""

    theme: Theme
    page: Page
    script: Script

    @property
    def style(self) -> Styles:
        """Size and leading of each style."""
        return self.page.style

    @property
    def space(self) -> Spaces:
        """Vertical space, in lines."""
        return self.page.space

    @property
    def colour(self) -> Colours:
        """The theme's colours."""
        return self.theme.colour

    @property
    def voices(self) -> Voices:
        """Details of the text."""
        return self.theme.text

    @property
    def indent(self) -> float:
        """Indent of a paragraph's first line."""
        own = self.script.indent
        return (self.voices.indent if own is None else own) * self.style.body.size

    @property
    def step(self) -> float:
        """Indent of a list's level."""
        return self.voices.list_indent * self.style.body.size

    @property
    def block(self) -> float:
        """Space around what is set apart."""
        return self.lines(self.space.block)

    @property
    def width(self) -> float:
        """Width of the text."""
        return self.page.text_width * MM

    def lines(self, count: float) -> float:
        """Height of so many lines of the body."""
        return count * self.page.lead

    def track(self, em: float, style: Style) -> float:
        """Space between letters, where the script allows it."""
        return em * style.size if self.script.tracking else 0.0


def rule(side: Side, width: float, space: float, colour: str) -> tuple[Border, ...]:
    """Return a rule beside a paragraph, or none when it has no thickness."""
    return (Border(side, width, min(space, _FARTHEST), colour),) if width else ()


def scaled(style: Style, factor: float) -> Style:
    """Return a style, larger or smaller."""
    return Style(style.size * factor, style.lead * factor)


def gap(height: float) -> Style:
    """Return the type of an empty line of a given height."""
    height = max(height, 1.0)
    return Style(min(height, 6.0), height)
