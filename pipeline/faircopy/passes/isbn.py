"""International Standard Book Numbers (ISO 2108): one for each form in which a book is sold."""

from __future__ import annotations

import re

FORMS = ("epub", "pdf", "web", "docx", "print")
"""What has a number of its own; ``print`` is the book that is printed from the press file."""
_SPACED = re.compile(r"[-‐‑–\s]")


def normal(written: str) -> str:
    """Return the thirteen digits of a number, whatever stands between them.

    A number of ten digits, as before 2007, becomes one of thirteen (ISO 2108, annex C).

    Raises:
        ValueError: it has another number of digits, or its check digit is wrong; says how.
    """
    digits = _SPACED.sub("", re.sub(r"(?i)^\s*(?:urn:)?isbn(?:-1[03])?:?", "", written)).upper()
    if re.fullmatch(r"\d{9}[\dX]", digits):
        weights = zip(range(10, 0, -1), digits, strict=True)
        if sum(weight * _value(digit) for weight, digit in weights) % 11:
            raise ValueError(f"“{written}” has a wrong digit: the last one does not check it")
        stem = f"978{digits[:9]}"
        return f"{stem}{_check(stem)}"
    if not re.fullmatch(r"97[89]\d{10}", digits):
        raise ValueError(f"“{written}” is no ISBN: it has 13 digits and begins with 978 or 979")
    if digits[12] != _check(digits[:12]):
        raise ValueError(f"“{written}” has a wrong digit: the last one does not check it")
    return digits


def _value(digit: str) -> int:
    return 10 if digit == "X" else int(digit)


def _check(twelve: str) -> str:
    """Return the digit that checks twelve others (ISO 2108, annex A)."""
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(twelve))
    return str(-total % 10)
