"""The desk of tests: the faces that every desk has, and a machine that is odd.

An optional face is there or not, as somebody asked the doctor: tests do without all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from faircopy.proof import desk
from faircopy.proof.desk import VARIABLES
from faircopy.theme import Face

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


def furnish(folder: Path, faces: Iterable[Face]) -> dict[str, str]:
    """Furnish a desk with faces that are not optional; see ``faircopy.proof.desk.furnish``."""
    return desk.furnish(folder, (face for face in faces if not face.optional))


def odd(folder: Path) -> dict[str, str]:
    """Return the variables of a machine that has no fonts and draws all otherwise."""
    path = folder / "odd.conf"
    path.write_text(ODD)
    return {VARIABLES[0]: str(path)}
