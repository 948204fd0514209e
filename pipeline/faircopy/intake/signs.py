"""Signs of fonts that are no letters: Symbol's and Wingdings' as the characters that they show.

Word writes them as characters of private use, U+F000 and the place in the font, or as ``w:sym``
(ECMA-376, part 1, 17.3.3.30). What no other font shows is left out, and counted.
"""

from __future__ import annotations

import re

from faircopy.manuscript import characters
from faircopy.translation.xml import printable

_PLACES = re.compile("[\uf020-\uf0ff]")
_GREEK = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
)
_SYMBOL = _GREEK | {
    **{chr(n): chr(n) for n in range(0x20, 0x40)},
    **dict(zip("\xa3\xb3\xb9\xbb\xb1\xb4\xb8\xa5\xae\xac\xad\xaf", "≤≥≠≈±×÷∞→←↑↓", strict=True)),
    **dict(zip("\xb7\xb0\xd6\xe5\xd5\xf2\xce\xcf\xc7\xc8\xcc\xd8", "•°√∑∏∫∈∉∩∪⊂¬", strict=True)),
}
_WINGDINGS = dict(
    zip(
        "\x4a\x4c\x6c\x6e\x6f\x71\x75\x76\xa7\xa8\xd8\xdf\xe0\xe1\xe2\xfb\xfc\xfd\xfe\x9f\x28\x2a",
        "☺☹●■□❑◆❖▪◻➢←→↑↓✗✓☒☑•☎✉",
        strict=True,
    )
)
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}


def sign(code: str, font: str) -> str:
    """Return the character of a ``w:sym``: its number in hexadecimal, and its font."""
    try:
        written = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    if printable(written) != written:  # half of a character
        return ""
    return legible(written if ord(written) > 0xFF else chr(0xF000 + ord(written)), font)


def legible(text: str, font: str) -> str:
    """Return text as a manuscript may have it; ``font`` is the one that it is set in."""
    known = _FONTS.get(font.casefold(), {})
    if known is _SYMBOL:  # letters of it stand for others
        text = "".join(_GREEK.get(one, one) for one in text)
    text = _PLACES.sub(lambda found: known.get(chr(ord(found[0]) - 0xF000), found[0]), text)
    return characters.admitted(text)
