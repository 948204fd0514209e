"""What a language tag (BCP 47) says by itself: the language, its script, its direction."""

from __future__ import annotations

from typing import Literal, get_args

Direction = Literal["ltr", "rtl"]
Script = Literal["Latn", "Cyrl", "Grek", "Arab", "Aran", "Hebr", "Deva", "Hans", "Hant", "Jpan"]
NAMED: dict[str, tuple[str, ...]] = {
    "Latn": ("LATIN",),
    "Cyrl": ("CYRILLIC",),
    "Grek": ("GREEK",),
    "Arab": ("ARABIC",),
    "Aran": ("ARABIC",),
    "Hebr": ("HEBREW",),
    "Deva": ("DEVANAGARI",),
    "Hans": ("CJK", "FULLWIDTH"),
    "Hant": ("CJK", "FULLWIDTH"),
    "Jpan": ("CJK", "HIRAGANA", "KATAKANA", "FULLWIDTH"),
}
"""With what the Unicode names of a script's letters begin (The Unicode Standard, section 4.8)."""

_SCRIPTS: tuple[Script, ...] = get_args(Script)
_RTL_SCRIPTS = frozenset({"Arab", "Aran", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"})
_RTL_LANGUAGES = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "syr"))
_RTL_LANGUAGES |= {"ug", "ur", "yi"}
_ARABIC_LANGUAGES = frozenset(("ar", "ckb", "fa", "ks", "ps", "sd", "ug"))
_TRADITIONAL = frozenset(("TW", "HK", "MO"))
"""Regions where Chinese is written in traditional characters."""
_CYRILLIC_LANGUAGES = frozenset(("ba", "be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "uk"))


def primary(tag: str) -> str:
    """Return the primary language subtag of a BCP 47 tag, in lower case."""
    return tag.partition("-")[0].lower()


def canonical(tag: str) -> str:
    """Return a tag as it is written by convention (RFC 5646, section 2.1.1): ur, kk-Cyrl, pt-BR.

    A language's withdrawn code becomes the one that took its place (section 4.5).
    """
    first, *rest = tag.lower().split("-")
    write = {2: str.upper, 4: str.title}
    others = (write.get(len(part), str.lower)(part) for part in rest)
    return "-".join((_WITHDRAWN.get(first, first), *others))


_WITHDRAWN = {"iw": "he", "in": "id", "ji": "yi"}


def direction(tag: str) -> Direction:
    """Return the direction in which a language is written (BCP 47 script subtags win)."""
    subtag = _script_subtag(tag)
    if subtag:
        return "rtl" if subtag in _RTL_SCRIPTS else "ltr"
    return "rtl" if primary(tag) in _RTL_LANGUAGES else "ltr"


def script(tag: str, default: Script = "Latn") -> Script:
    """Return the script in which a language is written; ``default`` where its tag says nothing."""
    subtag = _script_subtag(tag)
    for known in _SCRIPTS:
        if known == subtag:
            return known
    language = primary(tag)
    if language == "zh" and _TRADITIONAL & set(tag.upper().split("-")):
        return "Hant"
    if language in _ARABIC_LANGUAGES:
        return "Arab"
    if language in _CYRILLIC_LANGUAGES:
        return "Cyrl"
    if language in ("he", "yi"):
        return "Hebr"
    return "Grek" if language == "el" else default


def _script_subtag(tag: str) -> str:
    return next((part.title() for part in tag.split("-")[1:] if len(part) == 4), "")
