"""Characters of translations: scripts, ends of sentences, brackets, what should not be there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from faircopy.core.diagnostics import Severity
from faircopy.languages import ends, known, locale, tags
from faircopy.languages.tags import primary
from faircopy.passes import sentences
from faircopy.translation.codes import Tag

_CLOSERS = " \u00a0\u202f\u200e\u200f\u2069)]}»”’\"'›«‹“‘״】」』）〉》"
"""What may stand behind the mark that ends a sentence: also « and ‹, which close in German."""

_COLONS = ":：;"
NO_MARK = "no mark"
_STOPS = re.compile(f"[{ends.ALL}](?=\\W|\\Z)")
_BRACKETS = ("()", "[]", "{}")
_WIDE = str.maketrans("（）［］｛｝", "()[]{}")
_QUOTES = '"“”„«»‘‚‹›״'
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ALPHABETS = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN"})


def ending(text: str, lang: str = "") -> str:
    """Say how a text ends, whatever its script: ``a full stop``, ``no mark`` …."""
    words = text.rstrip(_CLOSERS)
    if words.endswith(("...", "。。。")):
        return "an ellipsis"
    last = words[-1:]
    return ends.kind(last, lang) or ("a colon" if last and last in _COLONS else NO_MARK)


def brackets(text: str) -> dict[str, tuple[int, int]]:
    """Count opening and closing brackets of each kind; full-width ones count as well."""
    plain = text.translate(_WIDE)
    return {kind: (plain.count(kind[0]), plain.count(kind[1])) for kind in _BRACKETS}


def sentence_count(text: str, lang: str) -> int:
    """Return how many sentences a text has, by its language's rules."""
    return 1 if len(_STOPS.findall(text)) < 2 else sentences.count(text, lang)


@cache
def alphabet(char: str) -> str:
    """Return the alphabet of a letter by the first word of its Unicode name; else nothing."""
    return unicodedata.name(char, "").partition(" ")[0] if char.isalpha() else ""


def mixed_words(text: str) -> list[str]:
    """Return the words whose letters come from two alphabets that look alike."""
    if text.isascii():
        return []
    return [
        word
        for word in _WORD.findall(text)
        if not word.isascii()
        and any(len({alphabet(c) for c in part} & _ALPHABETS) > 1 for part in word.split("-"))
    ]


def odd_letters(word: str) -> Iterator[str]:
    """Yield the letters of a word that are not of the alphabet of most of its letters."""
    names = [alphabet(char) for char in word if char.isalpha()]
    most = max(names, key=names.count)
    for char in dict.fromkeys(word):
        if alphabet(char) not in ("", most):
            yield name(char)


def name(char: str) -> str:
    """Return a character with its code point and name."""
    shown = char if char.isprintable() else ""
    return f"U+{ord(char):04X} {shown} ({unicodedata.name(char, 'control character')})".replace(
        "  ", " "
    )


def script(lang: str) -> str:
    """Return the script of a language; nothing for one that the house has no table of."""
    there = locale(lang)
    return "" if there.letters and not known(lang) else there.script


def foreign(text: str, lang: str) -> bool:
    """Say whether a text has letters, and none of them is of the language's script."""
    wanted = tags.NAMED.get(script(lang), ())
    found = {alphabet(char) for char in text} - {""}
    return bool(found) and not any(name.startswith(wanted) for name in found) if wanted else False


def forbidden(text: str) -> Iterator[tuple[str, Severity]]:
    """Yield characters that a text should not have: damage is an error, the rest a warning."""
    if text.isascii() and text.isprintable():
        return
    for char in dict.fromkeys(text):
        category = unicodedata.category(char)
        if char == "\ufffd" or category in ("Cc", "Cs", "Cn"):
            yield char, Severity.ERROR
        elif char in "\u00ad\ufeff\u200b" or category == "Co":
            yield char, Severity.WARNING


_ISOLATES = "\u2066\u2067\u2068"
_EMBEDDINGS = "\u202a\u202b\u202d\u202e"


def bidi(text: str) -> str:
    """Say what is wrong with the invisible marks of direction (UAX #9); else nothing."""
    if text.isascii():
        return ""
    isolates = sum(text.count(mark) for mark in _ISOLATES)
    embeddings = sum(text.count(mark) for mark in _EMBEDDINGS)
    if isolates != text.count("\u2069") or embeddings != text.count("\u202c"):
        return "an invisible mark of direction is not closed"
    if embeddings:
        return "there are embeddings or overrides of direction; the edition isolates by itself"
    return ""


def quoted_edge(parts: Sequence[str | Tag], start: bool) -> bool:
    """Say whether the text next to a code has a quotation mark at its ``start`` or its end."""
    text = parts[0] if parts else ""
    if not isinstance(text, str):
        return False
    edge = text.strip(" ")[:1] if start else text.strip(" ")[-1:]
    return bool(edge) and edge in _QUOTES


def quoted(text: str) -> bool:
    """Whether there are quotation marks in a text."""
    return any(mark in text for mark in _QUOTES)


def length_range(lang: str, source: str) -> tuple[float, float]:
    """Return the lowest and highest usual ratio of a translation's length to its source's."""
    dense = {"zh", "ja", "ko"}
    if primary(lang) in dense and primary(source) not in dense:
        return 0.12, 1.0
    if primary(source) in dense and primary(lang) not in dense:
        return 1.0, 8.0
    return 0.45, 2.2


def longest_heading(source: int) -> int:
    """Return how many characters the translation of a heading of ``source`` characters may have."""
    return max(60, source * 8 // 5)
