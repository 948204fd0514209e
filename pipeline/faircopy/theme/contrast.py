"""Contrast of text on its ground (WCAG 2.2, success criterion 1.4.3)."""

from __future__ import annotations

from collections.abc import Iterator

from faircopy.theme.colours import Colours

AA = 4.5
"""The least contrast of normal text, level AA."""


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#RRGGBB``, from 0 to 1 (WCAG 2.2, glossary)."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def ratio(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def text_pairs(colour: Colours) -> Iterator[tuple[str, str, str]]:
    """Yield each text colour's token with its value and the value of the ground it stands on."""
    for ground in ("paper", "tint"):
        for name in ("ink", "muted", "accent"):
            yield f"colour.{name}", getattr(colour, name), getattr(colour, ground)
    for ground in ("paper", "tint"):
        for name in ("ink", "muted", "accent"):
            dark = colour.dark
            yield f"colour.dark.{name}", getattr(dark, name), getattr(dark, ground)
    yield "colour.cover.type", colour.cover.type, colour.cover.ground
    yield "colour.cover.ornament", colour.cover.ornament, colour.cover.ground
