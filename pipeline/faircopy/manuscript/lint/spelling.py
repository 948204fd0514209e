"""Spelling, by hunspell's dictionaries and a list of the manuscript's own words.

The list is ``words.txt`` beside the manuscript: one word a line, ``#`` before a remark.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from faircopy.core import ast, process
from faircopy.core.diagnostics import Diagnostic, ManuscriptError, Place, Severity, ToolError
from faircopy.languages import locale
from faircopy.languages.tags import NAMED
from faircopy.manuscript.lint.context import Context, Text, warning

WORDS = "words.txt"

_TIMEOUT = 20.0
_UNSUITED = 0.05
"""Share of unknown words above which the dictionary, not the text, is likely to be at fault."""

_FEWEST = 10
"""Unknown words below which each is shown whatever their share."""

_UNIT = re.compile(r"\d[\s\u00a0\u202f]*$")
_LONGEST_UNIT = 3
_APOSTROPHES = ("’", "'")
_MARKS = "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670"
"""Combining marks: accents, Hebrew points, Arabic vowels."""

_LETTERS = rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}])*"
_WORD = re.compile(rf"{_LETTERS}(?:[’'׳״-]{_LETTERS})*")
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
        cwd=Path("/"),  # it takes dictionaries that lie where it stands: a stranger's, in a project
    )
    return frozenset(plain[line] for line in done.stdout.decode().split("\n") if line in plain)


def own_words(folder: Path) -> frozenset[str]:
    """Return the words of ``words.txt`` in a manuscript's folder, if there is one."""
    try:
        lines = (folder / WORDS).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return frozenset()
    except UnicodeDecodeError:
        raise ManuscriptError.because(
            "not-utf-8", f"{WORDS} is not UTF-8", "Save it in the encoding UTF-8.", Place(WORDS)
        ) from None
    return frozenset(word for line in lines if (word := line.partition("#")[0].strip()))


def spelling(
    context: Context, own: frozenset[str], ask: Speller = hunspell
) -> Iterator[Diagnostic]:
    """Find each word that neither the dictionary nor ``own`` knows, at its first place.

    Passed over are words of capitals only, single letters, units after a number, and words in
    another script than the language's. Where hunspell cannot answer, one note says that spelling
    was not checked; where its dictionary does not know one word in twenty, as those of languages
    with many endings do not, one note lists them all.
    """
    first = _first_places(context)
    own |= _people(context)
    asked = {word for word, at in first.items() if _is_asked(word, *at, own, context)} - own
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
    if len(unknown) > max(_FEWEST, _UNSUITED * len(asked)):
        yield _unsuited(sorted(unknown), len(asked), context)
        return
    for word, (text, at) in first.items():
        if word in asked and word in unknown:
            yield warning(
                "spelling",
                context.place(text, at),
                f"the dictionary does not know “{word}”",
                f"Correct it, or add it to {WORDS} if it is right.",
            )


def _people(context: Context) -> frozenset[str]:
    """Return the words of the names in the front matter: who is named there is spelt as there."""
    metadata = context.publication.metadata
    names = [
        *(ast.text(name) for name in (*metadata.author, metadata.byline, metadata.outlet)),
        *(*metadata.interviewee, *metadata.interviewer, metadata.publisher),
    ]
    return frozenset(match[0] for match in _WORD.finditer(" ".join(names)))


def _is_asked(word: str, text: Text, at: int, own: frozenset[str], context: Context) -> bool:
    if word.isupper() or len(word) == 1 or _bare(word) in own:
        return False
    if text.prose[:at].endswith(_APOSTROPHES):  # ’tis, ’em: no dictionary has them
        return False
    if len(word) <= _LONGEST_UNIT and _UNIT.search(text.prose, 0, at):
        return False
    names = NAMED[context.locale.script]
    return any(unicodedata.name(letter, "").startswith(names) for letter in word)


def _unsuited(unknown: list[str], asked: int, context: Context) -> Diagnostic:
    return Diagnostic(
        "spelling-doubtful",
        Severity.NOTE,
        f"the dictionary does not know {len(unknown)} of {asked} words, more than a text has "
        f"errors: {', '.join(unknown)}",
        f"Look them through, and add those that are right to {WORDS}.",
        context.key("lang"),
    )


def dictionary(tag: str) -> str:
    """Return the name of a language's dictionary: its own locale's, else its language's.

    Raises:
        ToolError: there is none.
    """
    name = locale(tag).dictionary
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
