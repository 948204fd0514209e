"""Room for texts that must fit: a headline, a question, a pull quote.

A box is measured by whoever knows the look; here it is only a bound and a way to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import msgspec


class Box(msgspec.Struct, frozen=True):
    """Room for ``lines`` lines; ``characters`` usually fill it, ``count`` sets a text in it.

    ``count`` returns how many lines a text takes, shaped in the edition's own font.
    """

    lines: int
    characters: int
    count: Callable[[str], int]

    def __str__(self) -> str:
        plural = "" if self.lines == 1 else "s"
        return f"up to {self.lines} line{plural}, some {self.characters} characters"


Boxes: TypeAlias = Mapping[str, Box]
"""Boxes by the unit's id."""

NO_BOXES: Boxes = {}


def no_boxes(lang: str) -> Boxes:
    """Return no boxes for any language, where nobody knows the look."""
    return NO_BOXES
