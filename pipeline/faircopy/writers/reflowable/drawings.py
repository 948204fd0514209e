"""Drawings in code: no line of theirs is broken; what a telephone is too narrow for is smaller.

What is wider even then scrolls, and who has no mouse can focus it (WCAG 2.2, success criterion
2.1.1; axe-core, rule ``scrollable-region-focusable``).
"""

from __future__ import annotations

from faircopy.passes.drawings import columns, is_drawing
from faircopy.writers.html import add_class
from faircopy.writers.markup import Element
from faircopy.writers.reflowable.tables import SCROLLED
from faircopy.writers.reflowable.xhtml import named

DRAWING, SMALLER, SMALLEST = "drawing", "smaller", "smallest"
_PHONE = 42
"""Columns that a telephone's line has in the usual size of code,"""
_SMALL = 60
"""and in the smaller one; ``styles/epub.css`` has the sizes."""


def keep(root: Element) -> None:
    """Mark the drawings below ``root``."""
    for listing in named(root, "pre"):
        text = "".join(map(str, listing.itertext()))
        if is_drawing(text):
            wide = columns(text)
            size = SMALLEST if wide > _SMALL else SMALLER if wide > _PHONE else ""
            add_class(listing, DRAWING, *([SCROLLED] if size else []), *filter(None, (size,)))
            if size:
                listing.set("tabindex", "0")
