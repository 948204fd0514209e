"""Word's own theme: the house's typefaces and colours, so that Design ▸ Fonts and Colours act.

Styles name the text's face as the theme's minor font and the sans as its major one; the display
cuts of titles and standfirsts are no theme font, of which Word has two. Complex scripts and those
of East Asia keep their own faces (ECMA-376, 17.3.2.26; 20.1.6.2 and 20.1.4.1.18).
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from faircopy.theme import Theme
from faircopy.theme.colours import Colours
from faircopy.writers.docx.looks import Voice
from faircopy.writers.docx.ooxml import Element, parse, serialise

PART = "word/theme/theme1.xml"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
FONTS: Mapping[Voice, str] = {"text": "minorHAnsi", "sans": "majorHAnsi"}
"""The theme's font of a voice, as ``w:asciiTheme`` names it."""


def colours(colour: Colours) -> dict[str, str]:
    """Return the names under which styles ask for the theme's colours, by ``#RRGGBB``.

    Where two tokens are the same colour the first one names it.
    """
    found: dict[str, str] = {}
    for name, value in (
        ("text1", colour.ink),
        ("accent1", colour.accent),
        ("text2", colour.muted),
        ("accent2", colour.ornament),
        ("accent3", colour.rule),
        ("background2", colour.tint),
    ):
        found.setdefault(value.upper(), name)
    return found


def themed(part: bytes, theme: Theme) -> bytes:
    """Return a theme's part with the house's name, faces and colours."""
    root = parse(part)
    root.set("name", theme.name)
    colour = theme.colour
    scheme = {
        "dk1": colour.ink,
        "lt1": colour.paper,
        "dk2": colour.muted,
        "lt2": colour.tint,
        "accent1": colour.accent,
        "accent2": colour.ornament,
        "accent3": colour.rule,
        "accent4": colour.muted,
        "accent5": colour.cover.ground,
        "accent6": colour.cover.ornament,
        "hlink": colour.accent,
        "folHlink": colour.muted,
    }
    for item in root.iter(f"{_A}clrScheme"):
        item.set("name", theme.name)
        for name, value in scheme.items():
            for slot in item.iter(f"{_A}{name}"):
                _coloured(slot, value)
    for item in root.iter(f"{_A}fontScheme"):
        item.set("name", theme.name)
    for name, family in (("majorFont", theme.font.sans), ("minorFont", theme.font.text)):
        for item in root.iter(f"{_A}{name}"):
            _faced(item, family)
    return serialise(root)


def _coloured(slot: Element, value: str) -> None:
    for child in list(slot):
        slot.remove(child)
    etree.SubElement(slot, f"{_A}srgbClr", val=value.lstrip("#").upper())


def _faced(item: Element, family: str) -> None:
    """Name the Latin face; lists of faces for other scripts are Office's, not the house's."""
    for child in list(item):
        if child.tag == f"{_A}latin":
            child.attrib.clear()
            child.set("typeface", family)
        elif child.tag == f"{_A}font":
            item.remove(child)
