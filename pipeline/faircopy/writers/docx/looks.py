"""A style of a document as data: what it is called, what it rests on, how it looks.

A ``Look`` says only what differs from its base, in points and the theme's colours.
``house`` and ``manuscript`` are sheets of looks; ``styles`` turns them into WordprocessingML.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from faircopy.theme.tokens import Style

Side: TypeAlias = Literal["top", "left", "bottom", "right"]
Align: TypeAlias = Literal["left", "center", "right", "both"]
Voice: TypeAlias = Literal["text", "display", "subhead", "small", "sans", "mono"]


class Border(msgspec.Struct, frozen=True):
    """A rule beside a paragraph: thickness and distance in points."""

    side: Side
    width: float
    space: float
    colour: str


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """A style. None and an empty text mean "as the style that it rests on".

    ``type`` is size and leading; all distances are points, ``tracking`` is points between
    letters; ``first`` is the indent of the first line, negative for a hanging one. With
    ``exact`` the leading is never exceeded, whatever a line holds; else it is the least.
    With ``close`` the space before and after falls away between two of the same style.
    ``level`` is the level of the outline, from 1. ``tab`` is the position of a tab stop that
    aligns right. With ``physical`` the sides of ``align`` are the page's, not the beginning and
    the end of lines. ``ltr`` keeps left to right what other languages do not turn, such as code.
    ``lining`` asks for figures as high as capitals, where the text has old-style ones.
    """

    name: str
    kind: Literal["paragraph", "character"] = "paragraph"
    base: str = ""
    next: str = ""
    voice: Voice | None = None
    type: Style | None = None
    exact: bool = False
    colour: str = ""
    bold: bool | None = None
    italic: bool | None = None
    small_caps: bool | None = None
    strike: bool | None = None
    underline: bool | Literal["dotted"] | None = None
    raised: Literal["superscript", "subscript"] | None = None
    tracking: float = 0.0
    lining: bool = False
    before: float | None = None
    after: float | None = None
    left: float | None = None
    right: float | None = None
    first: float | None = None
    close: bool | None = None
    align: Align | None = None
    physical: bool = False
    keep_next: bool | None = None
    keep_lines: bool | None = None
    hyphenate: bool | None = None
    page_break: bool | None = None
    level: int = 0
    tab: float = 0.0
    borders: tuple[Border, ...] = ()
    shade: str = ""
    ltr: bool = False

    @property
    def id(self) -> str:
        """The style's id: its name without spaces, as Word and pandoc make it."""
        return style_id(self.name)


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """All looks of a document, bases before what rests on them, and those of its tables.

    ``head`` and ``tint`` are the colours of a table's head: its rules and its ground.
    """

    looks: tuple[Look, ...]
    ink: str
    rule: str
    tint: str
    hairline: float


def style_id(name: str) -> str:
    """Return the id of the style called ``name``."""
    return name.replace(" ", "")
