"""Spelling, by hunspell's dictionaries and a list of the manuscript's own words.

The list is ``words.txt`` beside the manuscript: one word a line, ``#`` before a remark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline import process
from pipeline.diagnostics import Diagnostic, Severity, ToolError
from pipeline.manuscript.lint.context import Context, Text, warning
from pipeline.passes.locales import primary

WORDS = "words.txt"

DICTIONARIES = {
    "en-GB": "en_GB",
    "en-US": "en_US",
    "ru": "ru_RU",
    "kk": "kk_KZ",
    "fr": "fr_FR",
    "de": "de_DE",
    "tr": "tr_TR",
    "ar": "ar",
    "he": "he_IL",
}
"""Hunspell's dictionary of a locale; Urdu and Chinese have none in Debian."""

_TIMEOUT = 20.0
_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670"
"""Combining marks: accents, Hebrew points, Arabic vowels."""

_LETTERS = rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}])*"
_WORD = re.compile(rf"{_LETTERS}(?:[’'-]{_LETTERS})*")
_POINTS = re.compile(f"[{_MARKS}]")

Speller = Callable[[frozenset[str], str], frozenset[str]]
"""Given words and a dictionary's name, returns those that it does not know."""


def hunspell(words: frozenset[str], dictionary: str) -> frozenset[str]:
    """Ask hunspell, in one call, which words its dictionary does not know.

    Raises:
        ToolError: hunspell or the dictionary is not installed.
    """
    plain = {_POINTS.sub("", word).replace("’", "'"): word for word in sorted(words)}
    done = process.run(
        ["hunspell", "-d", dictionary, "-i", "utf-8", "-l"],
        input="\n".join([*plain, ""]).encode(),
        timeout=_TIMEOUT,
    )
    return frozenset(plain[line] for line in done.stdout.decode().split("\n") if line in plain)


def own_words(folder: Path) -> frozenset[str]:
    """Return the words of ``words.txt`` in a manuscript's folder, if there is one."""
    try:
        lines = (folder / WORDS).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return frozenset()
    return frozenset(word for line in lines if (word := line.partition("#")[0].strip()))


def spelling(
    context: Context, own: frozenset[str], ask: Speller = hunspell
) -> Iterator[Diagnostic]:
    """Find each word that neither the dictionary nor ``own`` knows, at its first place.

    A word of capitals only, and one that a mixed-script finding names already, is passed over.
    Where hunspell cannot answer, one note says that spelling was not checked.
    """
    first = _first_places(context)
    asked = {word for word in first if not word.isupper() and _bare(word) not in own} - own
    try:
        unknown = ask(frozenset(asked), dictionary(context.locale.tag))
    except ToolError as error:
        yield Diagnostic(
            "spelling-not-run",
            Severity.NOTE,
            f"spelling was not checked: {error.diagnostics[0].message}",
            error.diagnostics[0].remedy,
            context.key("lang"),
        )
        return
    for word, (text, at) in first.items():
        if word in asked and word in unknown:
            yield warning(
                "spelling",
                context.place(text, at),
                f"the dictionary does not know “{word}”",
                f"Correct it, or add it to {WORDS} if it is right.",
            )


def dictionary(tag: str) -> str:
    """Return the name of a language's dictionary: its own locale's, else its language's.

    Raises:
        ToolError: there is none.
    """
    language = primary(tag)
    found = (name for key, name in DICTIONARIES.items() if primary(key) == language)
    name = DICTIONARIES.get(tag) or next(found, "")
    if not name:
        raise ToolError.because(
            "no-dictionary",
            f"there is no dictionary for “{tag}”",
            "Read it with a speller of your own.",
        )
    return name


def _first_places(context: Context) -> dict[str, tuple[Text, int]]:
    first: dict[str, tuple[Text, int]] = {}
    for text in context.texts:
        for match in _WORD.finditer(text.prose):
            first.setdefault(match[0], (text, match.start()))
    return first


def _bare(word: str) -> str:
    return word.removesuffix("’s").removesuffix("'s")
