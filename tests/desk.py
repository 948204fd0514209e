"""The fonts of a desk that looks at pages: those that it is given, whatever the machine has.

Chromium, LibreOffice, poppler, Java and WeasyPrint find fonts by Fontconfig. Where a file names
no font for a letter they take one of the machine's, and a page looks otherwise on every other
machine. Tests give them a configuration of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from faircopy.theme import Face, fonts
from lxml import etree

ODD = """\
<?xml version="1.0"?>
<fontconfig><match target="font">
<edit name="embolden"><bool>true</bool></edit><edit name="antialias"><bool>false</bool></edit>
<edit name="matrix"><times><name>matrix</name>
<matrix><double>1</double><double>0.2</double><double>0</double><double>1</double></matrix>
</times></edit>
</match></fontconfig>
"""
"""What a machine may say of all fonts: bold, slanted, without grey. It has none itself."""

VARIABLES = ("FONTCONFIG_FILE", "FONTCONFIG_PATH")
GENERIC = {"serif": "Faircopy Serif", "sans-serif": "Faircopy Sans", "monospace": "Faircopy Mono"}
"""What a page gets that asks for no font of ours."""


def furnish(folder: Path, faces: Iterable[Face]) -> dict[str, str]:
    """Put faces into a folder, and return the variables by which programs find them alone.

    Optional faces stay out: they are there or not.
    """
    shelf = folder / "fonts"
    shelf.mkdir(parents=True)
    for face in faces:
        if fonts.installed(face) and not face.optional:
            file = fonts.file(face)
            (shelf / f"{face.name}{file.suffix}").symlink_to(file)
    root = etree.Element("fontconfig")
    etree.SubElement(root, "dir").text = str(shelf)
    etree.SubElement(root, "cachedir").text = str(folder / "cache")
    for generic, family in GENERIC.items():
        alias = etree.SubElement(root, "alias")
        etree.SubElement(alias, "family").text = generic
        etree.SubElement(etree.SubElement(alias, "prefer"), "family").text = family
    path = folder / "fonts.conf"
    path.write_bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))
    return dict(zip(VARIABLES, (str(path), str(folder)), strict=True))


def odd(folder: Path) -> dict[str, str]:
    """Return the variables of a machine that has no fonts and draws all otherwise."""
    path = folder / "odd.conf"
    path.write_text(ODD)
    return {VARIABLES[0]: str(path)}
