"""Random manuscripts, made by chance: hypothesis gives the chance, and cuts a failing one down.

A grammar of its own, not one of strategies: of what those draw most is refused, as a copy of what
was refused before.
"""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable

import msgspec

LANGUAGES = ("en-GB", "ru", "kk", "ur", "ar", "he", "zh", "fr", "xx")
KINDS = ("interview", "article", "book")
DEEPEST = 3
UNRESOLVED = 0.1
"""Share of the cases that may refer to notes and works that are not there, and so be refused."""


class Case(msgspec.Struct, frozen=True):
    """A manuscript: its front matter's language and kind, and its text."""

    lang: str
    kind: str
    text: str

    @property
    def data(self) -> bytes:
        """The file; a text may hold what UTF-8 has no place for."""
        front = f"---\ntitle: T\nlang: {self.lang}\nkind: {self.kind}\n---\n\n"
        return (front + self.text).encode("utf-8", "surrogatepass")


WORDS = ("қазақ", "сөз", "слово", "لفظ", "كلمة", "מילה", "词语", "é", "6,5", "2026")
NOISE = "*_`[]()<>#|~^$@\\!-+=:{}'\"&;.,…–— \n\t0aA"
SCRIPTS = (
    (0x20, 0x7E),
    (0xA0, 0x24F),  # Latin
    (0x300, 0x36F),  # combining marks
    (0x370, 0x52F),  # Greek, Cyrillic
    (0x590, 0x6FF),  # Hebrew, Arabic
    (0x900, 0xE7F),  # of India, Thai
    (0x2000, 0x206F),  # spaces, joiners, marks of direction
    (0x2100, 0x2BFF),  # symbols
    (0x3000, 0x30FF),
    (0x4E00, 0x9FFF),
    (0xFB00, 0xFDFF),  # forms that join
    (0x1D400, 0x1D7FF),  # letters of mathematics
    (0x1F300, 0x1FAFF),
)
INLINES = (
    ("*", "*"),
    ("**", "**"),
    ("`", "`"),
    ("$", "$"),
    ("[", "](https://example.org/)"),
    ("[", "]{.smallcaps}"),
    ("^[", "]"),
    ("~~", "~~"),
    ("^", "^"),
    ('"', '"'),
    ("'", "'"),
    ("<b>", "</b>"),
    ("[@", "]"),
    ("", "\\\n"),
    ("[", "](#h)"),
    ("[", "][^n]"),
    ("[^", "]"),
    ("![", "](a.svg)"),
    ("==", "=="),
    ("~", "~"),
    ("$$", "$$"),
    ("<!-- ", " -->"),
    ("\\", "{x}"),
    ("&", ";"),
    ("``` ", "```"),
    ("[", "]{#i .c k=v}"),
    ("“", "”"),
    ("(", ")"),
    ("\u202b", "\u202c"),
)


def _indent(text: str, prefix: str) -> str:
    return "\n".join(prefix + row for row in text.split("\n"))


def _row(text: str) -> str:
    return text.replace("\n", " ")


BLOCKS: tuple[Callable[[str], str], ...] = (
    lambda text: text,
    lambda text: text,
    lambda text: f"# {_row(text)}",
    lambda text: f"## {_row(text)}",
    lambda text: f"## {_row(text)} {{#h}}",
    lambda text: _indent(text, "> "),
    lambda text: _indent(text, "- "),
    lambda text: _indent(text, "1. "),
    lambda text: _indent(text, "    "),
    lambda text: _indent(text, "| "),
    lambda text: f"| {text} | b |\n|---|---|\n| {text} | d |",
    lambda text: f"{text}\n\n::: pull-quote\n{text}\n:::",
    lambda text: f"**Name:** {text}",
    lambda text: f"term\n: {text}",
    lambda text: f"```\n{text}\n```",
    lambda text: f"[^n]: {text}",
    lambda text: f"+---+---+\n| {text} | b |\n+===+===+\n| c | d |\n+---+---+",
    lambda text: f"  a  b\n---  ---\n {text}  d\n\n: {text}",
    lambda text: f"![{text}](a.svg)",
    lambda text: f"---\n{text}\n---",
    lambda text: "* * *",
)
HOLDERS: tuple[Callable[[str], str], ...] = (
    lambda text: _indent(text, "> "),
    lambda text: "- " + _indent(text, "  ").lstrip(),
    lambda text: "1. " + _indent(text, "   ").lstrip(),
    lambda text: f"::: note\n{text}\n:::",
    lambda text: "[^n]: " + _indent(text, "    ").lstrip(),
    lambda text: "term\n\n:   " + _indent(text, "    ").lstrip(),
    lambda text: f"<div>\n{text}\n</div>",
)


def case(chance: random.Random) -> Case:
    """Return a manuscript; every other one may hold characters that none may."""
    lang, kind = chance.choice(LANGUAGES), chance.choice(KINDS)
    wild = chance.random() < 0.5
    text = "\n\n".join(_block(chance, wild, 0) for _ in range(chance.randint(1, 6)))
    return Case(lang, kind, text if chance.random() < UNRESOLVED else _resolved(text))


def _resolved(text: str) -> str:
    """Return a text whose notes are there, and whose other notes and works are but brackets."""
    text = re.sub(r"\[(?=[\^@])(?!\^n\])", "[\\\\", text)
    return text if re.search(r"(?m)^\[\^n\]:", text) else f"{text}\n\n[^n]: note\n"


def _block(chance: random.Random, wild: bool, depth: int) -> str:
    if depth < DEEPEST and chance.random() < 0.25:
        several = [_block(chance, wild, depth + 1) for _ in range(chance.randint(1, 3))]
        return chance.choice(HOLDERS)("\n\n".join(several))
    if chance.random() < 0.05:
        return _noise(chance)
    line = " ".join(_inline(chance, wild) for _ in range(chance.randint(1, 8)))
    return chance.choice(BLOCKS)(line)


def _inline(chance: random.Random, wild: bool) -> str:
    number = chance.randrange(len(INLINES) + 4)
    if number == len(INLINES):
        return _noise(chance)
    before, after = INLINES[number] if number < len(INLINES) else ("", "")
    return before + _word(chance, wild) + after


def _word(chance: random.Random, wild: bool) -> str:
    match chance.randrange(3):
        case 0:
            return "".join(chance.choices(string.ascii_letters, k=chance.randint(1, 7)))
        case 1:
            return chance.choice(WORDS)
    few = chance.randint(1, 4)
    if wild:
        return "".join(chr(chance.randrange(0x110000 if chance.random() < 0.5 else 0x100))
                       for _ in range(few))  # fmt: skip
    first, last = chance.choice(SCRIPTS)
    return "".join(chr(chance.randint(first, last)) for _ in range(few))


def _noise(chance: random.Random) -> str:
    return "".join(chance.choices(NOISE, k=chance.randint(0, 12)))
