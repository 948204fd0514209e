"""What a narrow column needs: code that may be broken anywhere, room for the numbers of a list."""

from __future__ import annotations

import re

from faircopy.writers import html
from faircopy.writers.html import Element

LONGEST_PART = 24
"""Letters of a part of code or an address that need not be broken."""
WITHIN_INDENT = 2
"""Figures of a list's numbers that have room in its indent,"""
FIGURE = 0.6
"""and em of a figure, and of what stands behind it."""

_PARTS = re.compile(r"[\s/?&-]+")
"""What stands between the parts of code and of addresses: they are broken there."""


def mark(body: Element) -> None:
    """Mark code and links that are long, and indent lists with high numbers.

    WeasyPrint 70 breaks a word by force only where a line begins with it, not after a bracket.
    """
    for item in html.find(body, "code", "a"):
        if any(len(part) > LONGEST_PART for part in _PARTS.split(html.words(item))):
            html.add_class(item, "unbroken")
    for item in html.find(body, "ol"):
        figures = len(str(int(item.get("start", "1")) + len(item) - 1))
        if figures > WITHIN_INDENT:
            item.set("style", f"padding-inline-start: {FIGURE * (figures + 1):g}em")
