"""Scripts by the names of their letters.

Unicode's name of a letter begins with that of its script (The Unicode Standard, section 4.8).
"""

from __future__ import annotations

import unicodedata

_IDEOGRAPHIC = ("CJK", "HIRAGANA", "KATAKANA", "BOPOMOFO")


def script(letter: str) -> str:
    """Return the name of a letter's script, such as ``Georgian``; "" for what is no letter."""
    if unicodedata.category(letter)[0] not in "LM":
        return ""
    first = unicodedata.name(letter, "").partition(" ")[0]
    return "Chinese or Japanese" if first in _IDEOGRAPHIC else first.title()
