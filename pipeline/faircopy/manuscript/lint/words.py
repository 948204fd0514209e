"""Rules on words: mixed scripts, doubled words, missing spaces, numbers against the locale."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from faircopy.core import ast
from faircopy.core.ast import Inlines, Omit
from faircopy.core.diagnostics import Diagnostic
from faircopy.languages import Locale, known
from faircopy.manuscript.lint.context import Context, warning
from faircopy.passes.doubled import doubled

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_ALIKE = ("LATIN", "CYRILLIC", "GREEK")
"""Scripts whose letters look alike (Unicode Technical Standard 39, section 5)."""

_GLUED = re.compile(r"[^\W\d_]{2,}([,;:!?]|\.(?=[A-ZА-ЯЁ][a-zа-яё]))(?=[^\W\d_]{2,})")
_DECIMAL_COMMA = re.compile(r"(?<![\d,.])\d+,\d{1,2}(?![\d,])")
_DECIMAL_POINT = re.compile(r"(?<![\d,.])\d+\.\d{1,2}(?![\d.])")
_STRAIGHT = re.compile(r"(?<=\w)'(?=\w)|(?<=[^\W\d_])'(?=\s|$)")
_ACCENT = re.compile(r"(?<=[^\W\d_])[‘´`](?=[^\W\d_])")
_A = r"[Aa] (?=honest|hour|heir|[aeio](?!ne\b|nce\b|u))"
_AN = r"[Aa]n (?=[bcdfgjklmnpqrstvwyz][a-z]+)"
_ARTICLE = re.compile(rf"\b(?:{_A}|{_AN})")
_PRONOUN_VERB = re.compile(
    r"(?<![\w’])(?:(?P<before>\w+) )?"
    r"(?:(?:they|we|you|these|those) (?:is|was|has|does)|(?:he|she|it|this) (?:are|have|do))\b",
    re.IGNORECASE,
)
_LINKS = frozenset(
    re.findall(
        r"\w+",
        "and but or that because since when while what where whether how why which then so yet "
        "now here there",
    )
)
"""Words before a pronoun after which it begins a clause of its own; after others it may end one."""

_QUOTES = "“”„‟«»"
_TIME = re.compile(r"\s(?:Uhr|h)\b")
"""What follows a time of day that is written with a point."""


def mixed_script(context: Context) -> Iterator[Diagnostic]:
    """A word with letters of two scripts that look alike, such as a Cyrillic і among Latin."""
    for text in context.texts:
        for match in _WORD.finditer(text.prose):
            scripts = {_script(letter) for letter in match[0]} & set(_ALIKE)
            if len(scripts) > 1:
                odd = _odd(match[0])
                yield warning(
                    "mixed-script",
                    context.place(text, match.start()),
                    f"“{match[0]}” mixes scripts: “{odd}” is {unicodedata.name(odd)}",
                    "Type the letter anew, or ask about it in queries.toml if it may be meant.",
                )


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _odd(word: str) -> str:
    """The first letter of the script that has fewer letters in the word."""
    counted = [_script(letter) for letter in word]
    rare = min((name for name in set(counted) if name in _ALIKE), key=counted.count)
    return word[counted.index(rare)]


def doubled_word(context: Context) -> Iterator[Diagnostic]:
    """The same word twice running; in some languages of little words only."""
    for text in context.texts:
        for match in doubled(text.prose, context.locale.language):
            yield warning(
                "doubled-word",
                context.place(text, match.start()),
                f"“{match[0]}”: the word stands twice",
                "Delete one, unless both are meant.",
            )


def missing_space(context: Context) -> Iterator[Diagnostic]:
    """A punctuation mark with a letter right after it."""
    for text in context.texts:
        for match in _GLUED.finditer(text.prose):
            if _goes_on(text.prose, match.start(1), context.locale):
                continue
            around = _around(text.prose, match.start(), match.end())
            yield warning(
                "missing-space",
                context.place(text, match.start()),
                f"no space after “{match[1]}” in “{around}”",
                "Put a space after the punctuation mark.",
            )


def _goes_on(prose: str, at: int, conventions: Locale) -> bool:
    """Whether a colon is within a word, as German's for all genders is: “Leser:innen”."""
    ends = "|".join(map(re.escape, conventions.after_colon))
    return bool(ends) and re.match(rf":(?:{ends})\b", prose[at:]) is not None


def decimal_separator(context: Context) -> Iterator[Diagnostic]:
    """A decimal separator of another locale."""
    comma = context.locale.decimal == ","
    pattern = _DECIMAL_POINT if comma else _DECIMAL_COMMA
    if context.locale.decimal not in (",", ".") or not known(context.locale.tag):
        return
    for text in context.texts:
        for match in pattern.finditer(text.prose):
            if comma and _TIME.match(text.prose, match.end()):
                continue
            right = match[0].translate(str.maketrans(",.", ".,"))
            yield warning(
                "decimal-separator",
                context.place(text, match.start()),
                f"“{match[0]}” has the decimal separator of another locale",
                f"In {context.locale.tag} it is written {right}, unless it is a list or a date.",
            )


def straight_apostrophe(context: Context) -> Iterator[Diagnostic]:
    """An apostrophe that pandoc left straight, or an accent or opening mark in its place."""
    for text in context.texts:
        for match in _ACCENT.finditer(text.prose):
            around = _around(text.prose, match.start(), match.end())
            yield warning(
                "wrong-apostrophe",
                context.place(text, match.start()),
                f"“{match[0]}” stands for an apostrophe in “{around}”",
                "Type ’ (U+2019).",
            )
        for match in _STRAIGHT.finditer(text.prose):
            yield warning(
                "straight-apostrophe",
                context.place(text, match.start()),
                f"a straight apostrophe in “{_around(text.prose, match.start(), match.end())}”",
                "Type ’ (U+2019).",
            )


def article_agreement(context: Context) -> Iterator[Diagnostic]:
    """In English, “a” before a vowel or “an” before a consonant."""
    if context.locale.language != "en":
        return
    for text in context.texts:
        for match in _ARTICLE.finditer(text.prose):
            rest = text.prose[match.end() :].split(" ")[0]
            yield warning(
                "doubtful-article",
                context.place(text, match.start()),
                f"“{match[0]}{rest}”: the article may not agree with the word's sound",
                "Read it aloud; change it, or list it in lint.toml with the reason.",
            )


def foreign_quotes(context: Context) -> Iterator[Diagnostic]:
    """A quotation mark of another locale. Straight ones are right: each edition sets its own."""
    if not known(context.locale.tag):
        return
    own = "".join((*context.locale.double, *context.locale.single))
    own += context.locale.quotes_too
    for text in context.texts:
        typed = ast.text(_without_quoted(context.prose(text.unit.inlines)), Omit.NOTES)
        found = [at for at, mark in enumerate(typed) if mark in _QUOTES and mark not in own]
        if found and text.prose:
            left, right = context.locale.double
            yield warning(
                "foreign-quotes",
                context.place(text, found[0] + typed[found[0] + 1 : found[0] + 2].isalnum()),
                f"the quotation mark “{typed[found[0]]}” in “{_near(typed, found[0])}” is not of "
                f"{context.locale.tag}",
                f'Type " on either side, which becomes {left.strip()} and {right.strip()}.',
            )


def _without_quoted(inlines: Inlines) -> Inlines:
    """Give quotations that pandoc understood straight marks again."""

    def change(node: ast.Node) -> ast.Node | tuple[ast.Node, ...]:
        if isinstance(node, ast.Quoted):
            return (ast.Str('"'), *node.inlines, ast.Str('"'))
        return node

    return ast.rewrite(inlines, change)


def pronoun_agreement(context: Context) -> Iterator[Diagnostic]:
    """In English, a verb that does not agree with the pronoun before it."""
    if context.locale.language != "en":
        return
    for text in context.texts:
        for match in _PRONOUN_VERB.finditer(text.prose):
            before = (match["before"] or "").casefold()
            if before and before not in _LINKS:
                continue
            words = match[0].removeprefix(f"{match['before']} ") if match["before"] else match[0]
            yield warning(
                "doubtful-agreement",
                context.place(text, match.end() - len(words)),
                f"“{words}”: the verb may not agree with its pronoun",
                "Change it, or ask about it in queries.toml if it is a quotation.",
            )


def _near(text: str, at: int) -> str:
    return text[max(0, at - 15) : at + 15].strip()


def _around(text: str, start: int, end: int) -> str:
    left = text.rfind(" ", 0, start) + 1
    right = text.find(" ", end)
    return text[left : right if right >= 0 else len(text)]


RULES = (
    mixed_script,
    doubled_word,
    missing_space,
    decimal_separator,
    straight_apostrophe,
    foreign_quotes,
    pronoun_agreement,
    article_agreement,
)
