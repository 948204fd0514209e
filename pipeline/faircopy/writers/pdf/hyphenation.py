"""Where words may be broken: the dictionaries of pyphen, what they must not break, and syllables.

WeasyPrint asks a dictionary for the places of one word at a time. Ours answers nothing for
proper names (house rule B5) and for words that the layout check has vetoed, so that a repair
needs no markup within a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import pyphen

from faircopy.languages import locale
from faircopy.languages.loading import names

Key: TypeAlias = tuple[str, int, int, int]
"""Language, fewest letters before and after a hyphen, shortest word: as WeasyPrint asks."""

LONGEST_NAME = 24
"""Letters of the longest word that is taken for a name: no name is longer than a line."""
_LONGEST_AMONG_NOUNS = 12
"""The same where all nouns have a capital: few names are longer, and what needs it mostly is."""
AT_ONCE = 240
"""Letters of a word that are looked at: more than any line has, whose rest is broken then."""
_FURTHEST = 200
"""Letters before which a place is the same, whatever follows: no pattern is longer than 40."""
_WITHOUT_DIGITS = str.maketrans("", "", "0123456789")
_VOWELS = frozenset("аәеёиоөуұүыіэюяaäáeéıioóöuúüyý")
_NEVER_APART = frozenset("ьъ")


class Dictionary(Protocol):
    """What WeasyPrint asks of a hyphenation dictionary."""

    def iterate(self, word: str) -> Iterator[tuple[str, str]]:
        """Yield the ways to break a word in two, the longest beginning first."""


class Dictionaries(dict[Key, Any]):
    """The dictionaries of one layout, made when they are asked for."""

    def __init__(self, vetoed: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self._vetoed = vetoed
        for lang in names():  # WeasyPrint asks for no language but those of this table
            if not pyphen.language_fallback(lang):
                pyphen.LANGUAGES_LOWERCASE[lang] = lang

    def get(self, key: Key, default: Any = None) -> Any:
        """Return the dictionary for ``key``."""
        if key not in self:
            lang, left, right, _ = key
            self[key] = Careful(_made(lang, left, right), self._vetoed, longest_name(lang))
        return self[key]


def longest_name(lang: str) -> int:
    """Return how many letters a word with a capital has at most that is taken for a name."""
    return _LONGEST_AMONG_NOUNS if locale(lang).capital_nouns else LONGEST_NAME


def _made(lang: str, left: int, right: int) -> Dictionary:
    """Return the dictionary of a language: pyphen's or, where it has none, as its file says."""
    if pyphen.language_fallback(lang) in pyphen.LANGUAGES:
        return _read(lang, left, right)
    return Syllables(left, right) if locale(lang).hyphenation == "syllables" else Whole()


def _read(lang: str, left: int, right: int) -> Dictionary:
    """Return pyphen's dictionary of a language."""
    path = pyphen.LANGUAGES[pyphen.language_fallback(lang)]
    if path not in pyphen.hdcache:
        pyphen.hdcache[path] = _Patterns(path)
    dictionary: Dictionary = pyphen.Pyphen(lang=lang, left=left, right=right)
    return dictionary


class _Patterns(pyphen.HyphDict):  # type: ignore[misc]
    """The patterns of a language, of which each is read when a word has it.

    English has 14,000, which pyphen takes a tenth of a second to read.
    """

    def __init__(self, path: Path) -> None:
        encoding = path.read_bytes().partition(b"\n")[0].decode().strip().lower()
        text = path.read_text("cp1251" if encoding == "microsoft-cp1251" else encoding)
        if "^^" in text or "/" in text:  # coded letters, words that change
            super().__init__(path)
            return
        lines = [line.strip() for line in text.split("\n")[1:]]
        lines = [line for line in lines if line and not line.startswith(pyphen.ignored)]
        letters = "\n".join(lines).translate(_WITHOUT_DIGITS).split("\n")
        self.patterns = _Unread(zip(letters, lines, strict=True))
        self.maxlen = max(map(len, letters))
        self.cache: dict[str, list[int]] = {}


class _Unread(dict[str, Any]):
    """Patterns as they stand in the file, by their letters."""

    def get(self, letters: str, default: Any = None) -> Any:
        """Return a pattern as pyphen has it: where it begins, and the values from there on."""
        if letters not in self:
            return default
        values = tuple(int(digit or "0") for digit, _ in pyphen.parse(self[letters]))
        start = next((index for index, value in enumerate(values) if value), None)
        return default if start is None else (start, values[start:])


class Careful:
    """A dictionary that leaves some words whole: names, acronyms, and those vetoed."""

    def __init__(self, dictionary: Dictionary, vetoed: frozenset[str], longest: int) -> None:
        self._dictionary = dictionary
        self._vetoed = vetoed
        self._longest = longest

    def iterate(self, word: str) -> Iterator[tuple[str, str]]:
        """Yield the ways to break ``word``, none when it is to stay whole."""
        name = word[:1].isupper() and len(word) <= self._longest
        if name or word.casefold() in self._vetoed:
            return iter(())
        if len(word) > AT_ONCE:  # it is asked for anew on every line
            head, rest = word[:AT_ONCE], word[AT_ONCE:]
            ways = self._dictionary.iterate(head)
            return ((one, f"{other}{rest}") for one, other in ways if len(one) <= _FURTHEST)
        return self._dictionary.iterate(word)


class Whole:
    """Breaks no word."""

    def iterate(self, word: str) -> Iterator[tuple[str, str]]:
        """Yield nothing."""
        return iter(())


class Syllables:
    """Kazakh and Turkish, of which pyphen has no dictionary: they are broken by syllables.

    A hyphen stands before the last consonant that precedes a vowel, or between two vowels
    apart. The rule awaits the check of readers of both.
    """

    def __init__(self, left: int, right: int) -> None:
        self._left, self._right = left, right

    def positions(self, word: str) -> list[int]:
        """Return the places where ``word`` may be broken, as indexes."""
        letters = word.casefold()
        found: list[int] = []
        for index in range(1, len(letters) - 1):
            consonant, vowel = letters[index] not in _VOWELS, letters[index + 1] in _VOWELS
            before = any(letter in _VOWELS for letter in letters[:index])
            if consonant and vowel and before and letters[index] not in _NEVER_APART:
                found.append(index)
        return [n for n in found if n >= self._left and len(word) - n >= self._right]

    def iterate(self, word: str) -> Iterator[tuple[str, str]]:
        """Yield the ways to break ``word`` in two, the longest beginning first."""
        for index in reversed(self.positions(word)):
            yield word[:index], word[index:]
