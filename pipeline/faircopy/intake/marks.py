"""Marks in the text that pandoc reads: a paragraph's number, or a picture's.

They are made of characters that no text has (Unicode, 23.7, noncharacters): the walk and what is
made ready leave those of a stranger's file out. No id that pandoc makes of words has them.
"""

from __future__ import annotations

import re

_FIRST = 0xFDD0
PARAGRAPH, PICTURE = "\ufde0", "\ufde1"
MARK = re.compile("([\ufdd0-\ufddf]+)([\ufde0\ufde1])")


def mark(number: int, kind: str) -> str:
    """Return the mark of a paragraph or a picture of that number."""
    return "".join(chr(_FIRST + int(digit, 16)) for digit in f"{number:x}") + kind


def number(found: re.Match[str]) -> int:
    """Return the number of a mark that `MARK` found."""
    return int("".join(f"{ord(sign) - _FIRST:x}" for sign in found[1]), 16)


def without(text: str) -> str:
    """Return text without marks."""
    return MARK.sub("", text)
