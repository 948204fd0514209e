"""The fonts of a desk that looks at pages: those that it is given, whatever the machine has.

Chromium, LibreOffice, poppler, Java and WeasyPrint find fonts by Fontconfig. Where a file names
no font for a letter they take one of the machine's, and a page looks otherwise on every other
machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lxml import etree

from faircopy.theme import Face, fonts

VARIABLES = ("FONTCONFIG_FILE", "FONTCONFIG_PATH")
GENERIC = {"serif": "Faircopy Serif", "sans-serif": "Faircopy Sans", "monospace": "Faircopy Mono"}
"""What a page gets that asks for no font of ours."""


def furnish(folder: Path, faces: Iterable[Face]) -> dict[str, str]:
    """Put the faces that are installed into a folder.

    Returns the variables by which programs find them, and no others.

    Raises:
        ToolError: a font is damaged.
    """
    shelf = folder / "fonts"
    shelf.mkdir(parents=True)
    for face in faces:
        if fonts.installed(face):
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
