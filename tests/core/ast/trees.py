"""A tree with every construct in it, as pandoc reads it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from faircopy.core import pandoc
from faircopy.core.ast import Document


@cache
def every_construct() -> Document:
    """Return the document of the manuscript that holds every construct."""
    path = Path(__file__).parents[2] / "manuscripts/every-construct/manuscript.md"
    return pandoc.read(path.read_text(encoding="utf-8"))
