"""The colours of a theme."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from msgspec import Meta

from faircopy.theme.base import Table

Colour: TypeAlias = Annotated[str, Meta(pattern=r"^#[0-9A-Fa-f]{6}$")]
Percent: TypeAlias = Annotated[float, Meta(ge=0, le=100)]
Cmyk: TypeAlias = tuple[Percent, Percent, Percent, Percent]


class Dark(Table, frozen=True, kw_only=True):
    """Colours on a dark ground, by night."""

    paper: Colour
    ink: Colour
    muted: Colour
    accent: Colour
    rule: Colour
    tint: Colour


class Cover(Table, frozen=True, kw_only=True):
    """Colours of the cover."""

    ground: Colour
    type: Colour
    ornament: Colour


class Press(Table, frozen=True, kw_only=True):
    """The page's colours for the press, in per cent of cyan, magenta, yellow and black."""

    paper: Cmyk
    ink: Cmyk
    muted: Cmyk
    accent: Cmyk
    ornament: Cmyk
    rule: Cmyk
    tint: Cmyk


class Colours(Table, frozen=True, kw_only=True):
    """Colours as sRGB ``#RRGGBB``. ``ornament``, ``rule`` and ``tint`` are never text."""

    paper: Colour
    ink: Colour
    muted: Colour
    accent: Colour
    ornament: Colour
    rule: Colour
    tint: Colour
    dark: Dark
    cover: Cover
    press: Press
