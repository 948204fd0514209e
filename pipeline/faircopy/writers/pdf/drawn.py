"""Drawings made of signs, which say nothing once their columns are lost: none is ever wrapped."""

from __future__ import annotations

import re
from collections.abc import Sequence

SMALLEST = 0.5
"""The least share of its size in which a drawing is set; a wider one is wrapped like code."""
SPANS = 0.8
"""Share below which one spans the columns of a page instead, if it can."""
_SIGNS = re.compile(
    r"[─-▟]"  # lines, boxes and blocks: U+2500 to U+259F
    r"|\+[-=+]{2,}\+|[-=]{2,}[>+|]|[<+|][-=]{2,}"
    r"|^\s*[|/\\v^](?:\s+[|/\\v^])*\s*$"
    r"|^\s*\|.*\|\s*$"
)
_FEWEST = 3


def is_drawing(lines: Sequence[str]) -> bool:
    """Whether the lines of a listing are a drawing: half of them at least are made of its signs."""
    written = [line for line in lines if line.strip()]
    drawn = sum(bool(_SIGNS.search(line)) for line in written)
    return drawn >= _FEWEST and 2 * drawn >= len(written)
