"""What labels and numbers that a typesetter draws are read as: signs, whatever their look."""

from __future__ import annotations

import unicodedata

from faircopy.proof.tokens import Sign, numbered

_BULLETS = frozenset("•◦▪▫‣⁃●○■□–—-*·")


def ascii_digits(text: str) -> str:
    """Return ``text`` with the digits of every script as ASCII ones."""
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def label(text: str) -> str:
    """Return the sign of a list's label: its number without dots and brackets, or a bullet."""
    inner = ascii_digits(text).strip().strip(" \u00a0.()،:").strip()
    return Sign.BULLET if inner in _BULLETS else numbered(inner)


def reference(text: str, number: int) -> str:
    """Return the sign of the ``number``-th reference to a note; a wrong number is text as well."""
    said = ascii_digits(text).strip()
    return Sign.NOTE if said == str(number) else f"{Sign.NOTE}{said}"
