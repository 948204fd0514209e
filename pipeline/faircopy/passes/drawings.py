"""Drawings made of letters: blocks of code whose columns are what they say."""

from __future__ import annotations

import re
import unicodedata

_BOX = re.compile(r"[\u2500-\u25ff]")
"""Signs that exist to be set beside and above each other: lines, blocks, shapes (Unicode)."""
_EDGE = re.compile(r"\+[-=]{2,}[+>]|[-=]{3,}>|<[-=]{3,}|^\s*\|.*\|\s*$", re.MULTILINE)
"""What such drawings have in ASCII: an edge with corners, an arrow, a side with its other side."""
_EDGES = 3
"""How many of them make a drawing: a listing may have a table's line, or an arrow."""
_WIDE = frozenset("WF")


def is_drawing(text: str) -> bool:
    """Whether a block of code is a drawing, whose lines no format may break."""
    return bool(_BOX.search(text)) or len(_EDGE.findall(text)) >= _EDGES


def columns(text: str) -> int:
    """Return how many columns the longest line takes; Chinese signs take two (UAX 11)."""
    return max((sum(map(_columns, line.rstrip())) for line in text.split("\n")), default=0)


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in _WIDE else 1
