"""Pages of a PDF, told so that a format without pages finds where they begin: by letters.

Spaces, hyphens and marks differ between formats; the letters and digits of a unit do not, whatever
typography and lines make of it.
"""

from __future__ import annotations

_ZERO = {"persian": 0x06F0, "arabic-indic": 0x0660}
"""The digit nought of the counter styles that are not Western (CSS Counter Styles 3, section 6)."""


def letters(text: str) -> int:
    """Count letters and digits: what no pass of typography and no line break changes."""
    return sum(char.isalnum() for char in text)


def folio(number: int, numerals: str) -> str:
    """Return a page's number in the counter style in which the page bears it."""
    zero = _ZERO.get(numerals, ord("0"))
    return "".join(chr(zero + int(digit)) for digit in str(number))
