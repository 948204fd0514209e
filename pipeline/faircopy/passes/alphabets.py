"""Scripts by the names of their letters, and a few letters of languages whose script needs a font.

Unicode's name of a letter begins with that of its script (The Unicode Standard, section 4.8).
"""

from __future__ import annotations

import unicodedata

from faircopy.passes.tags import primary

_IDEOGRAPHIC = ("CJK", "HIRAGANA", "KATAKANA", "BOPOMOFO")

LETTERS = {
    "am": "አማርኛ",
    "as": "অসমীয়া",
    "bn": "বাংলা",
    "bo": "བོད",
    "chr": "ᏣᎳᎩ",
    "dv": "ދިވެހި",
    "el": "ελληνικά",
    "gu": "ગુજરાતી",
    "hi": "हिन्दी",
    "hy": "հայերեն",
    "ja": "日本語ひらがな",
    "ka": "ქართული",
    "km": "ខ្មែរ",
    "kn": "ಕನ್ನಡ",
    "ko": "한국어",
    "lo": "ລາວ",
    "ml": "മലയാളം",
    "mr": "मराठी",
    "my": "မြန်မာ",
    "ne": "नेपाली",
    "or": "ଓଡ଼ିଆ",
    "pa": "ਪੰਜਾਬੀ",
    "sa": "संस्कृतम्",
    "si": "සිංහල",
    "ta": "தமிழ்",
    "te": "తెలుగు",
    "th": "ไทย",
    "ti": "ትግርኛ",
    "yi": "ייִדיש",
    "zh": "中文",
}
"""Languages that are not written in Latin, Cyrillic, Arabic or Hebrew letters, by their names."""


def letters(tag: str) -> str:
    """Return some letters of a language whose script not every theme has; else none."""
    return LETTERS.get(primary(tag), "")


def script(letter: str) -> str:
    """Return the name of a letter's script, such as ``Georgian``; "" for what is no letter."""
    if unicodedata.category(letter)[0] not in "LM":
        return ""
    first = unicodedata.name(letter, "").partition(" ")[0]
    return "Chinese or Japanese" if first in _IDEOGRAPHIC else first.title()
