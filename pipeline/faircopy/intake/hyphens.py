"""Words that the end of a line has parted, in plain text that was drawn out of a PDF.

Whether the hyphen is the line's or the word's own is told by the text itself: by which of the two
it has elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

_END = "\0"
"""Stands for a line's end behind a hyphen; no text has it."""
_BREAK = "\x01"
"""The same for a paragraph's end."""
_HYPHEN = "\u2010\u00ad-"
_OPEN = re.compile(rf"\w[{_HYPHEN}]$")
_PARTED = re.compile(rf"[{_HYPHEN}][{_END}{_BREAK}]")
_AROUND = 3


class Parted(msgspec.Struct, frozen=True):
    """A word that was parted: as it was and is now, alone and with the words around it."""

    was: str
    word: str
    before: str
    after: str


def parts(line: str, following: str) -> bool:
    """Whether a line's end parts a word."""
    return bool(_OPEN.search(line.rstrip())) and following.lstrip()[:1].islower()


def joined(lines: Sequence[str], ends: str = "\n") -> str:
    """Return lines as one, with a mark where an end parts a word; ``ends`` is what ended them."""
    out = lines[0]
    for line in lines[1:]:
        mark = _END if ends == "\n" else _BREAK
        gap = mark if parts(out, line) else " "
        out = f"{out.rstrip()}{gap}{line.lstrip()}"
    return out


def words(paragraphs: Sequence[str]) -> frozenset[str]:
    """Return the words of a text that no line's end parts, in small letters."""
    return frozenset(
        word.lower() for one in paragraphs for word in re.findall(r"\w+(?:-\w+)*", one)
    )


def mended(text: str, known: frozenset[str]) -> tuple[str, tuple[Parted, ...]]:
    """Return a paragraph with its parted words whole, and these.

    A hyphen stays where the text has the word with it elsewhere, and not without it. Each word is
    given with those around it: as they are mended before it, and as they were behind, since
    corrections are made one after another.
    """
    out, at = "", 0
    parted: list[Parted] = []
    for one in _PARTED.finditer(text):
        first, second = _first(text[at : one.start()]), _second(text[one.end() :])
        out += text[at : one.start()].removesuffix(first)
        at = one.end() + len(second)
        word = _whole(first, second, known)
        was = f"{first}{one[0][0]}", spelt(one[0][1]), second
        before, after = out.split()[-_AROUND:], spelt(text[at:]).split(" ")
        behind, after = after[0], after[1 : 1 + _AROUND]  # signs at the word, words behind it
        parted.append(
            Parted(
                f"{was[0]} {second}",
                word,
                " ".join([*before, "".join(was) + behind, *after]),
                " ".join([*before, word + behind, *after]),
            )
        )
        out += word
    return out + text[at:], tuple(parted)


def _first(text: str) -> str:
    """Return the word that a text ends in."""
    at = len(text)
    while at and (text[at - 1].isalnum() or text[at - 1] in _HYPHEN):
        at -= 1
    return text[at:]


def _second(text: str) -> str:
    """Return the word that a text begins with."""
    at = 0
    while at < len(text) and (text[at].isalnum() or text[at] == "-"):
        at += 1
    return text[:at]


def _whole(first: str, second: str, known: frozenset[str]) -> str:
    plain, hyphened = first + second, f"{first}-{second}"
    keeps = hyphened.lower() in known and plain.lower() not in known
    return hyphened if keeps else plain


def spelt(text: str) -> str:
    """Return a text as the original has it, where marks stand for its ends."""
    return text.replace(_END, " ").replace(_BREAK, "\n\n")
