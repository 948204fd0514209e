"""The nouns of a revision: a text as lines, one a paragraph, and its lines as words with looks.

A manuscript's tree and a Word file are both read as such lines, so that they can be compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

import msgspec

NOTE = "\ue001"
"""Stands in a line where it refers to a note, whose own lines follow it."""
THING = "\ufffc"
"""Stands in a line where a picture or a formula is (Unicode: object replacement character)."""
NO_WORDS = frozenset((NOTE, THING))

QUOTES = str.maketrans(dict.fromkeys("“”„‟", '"') | dict.fromkeys("‘’‚‛", "'"))
"""Quotation marks, which are those of the manuscript's language in each edition."""
_SPACES = {0xA0: " ", 0x202F: " "}
_TOKEN = re.compile(r"\w+(?:[’'\u200c\u200d-]\w+)*|\s+|.", re.S)
_UNSEEN = re.compile("[\u00ad\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Signs of direction and of where a line may break, which nobody sees."""


class Look(StrEnum):
    """What words may be set in by their own markup."""

    EMPH = "italic"
    STRONG = "bold"
    STRIKE = "struck out"
    SUPER = "superscript"
    SUB = "subscript"
    SMALL = "small capitals"
    UNDER = "underlined"
    CODE = "code"


Looks = frozenset[Look]
PLAIN: Looks = frozenset()


class Hand(msgspec.Struct, frozen=True):
    """Who changed something, and when, as far as the file says it."""

    author: str = ""
    date: str = ""


class Piece(msgspec.Struct, frozen=True):
    """Words of one look; ``link`` is an address, ``hand`` who put them in as a tracked change."""

    text: str
    looks: Looks = PLAIN
    link: str = ""
    hand: Hand | None = None


class Line(msgspec.Struct, frozen=True):
    """A paragraph, heading, item, cell or note: what it is, its pieces, and the unit that it is.

    ``kind`` is one of ``text``, ``heading 1`` to ``heading 6``, ``item``, ``quote``, ``cell``,
    ``note``, ``code`` and others that only a title block or a table has; ``number`` counts the
    paragraphs of a Word file from 1. ``unit`` is a unit's id, in a Word file only a hint. ``notes``
    are the lines of each note that it refers to; ``styled`` is a head of a table, which has a look
    of its own.
    """

    kind: str
    pieces: tuple[Piece, ...]
    unit: str = ""
    number: int = 0
    notes: tuple[tuple[Line, ...], ...] = ()
    styled: bool = False

    @property
    def text(self) -> str:
        """All its words, as they stand."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def key(self) -> str:
        """All its words as they are compared."""
        return " ".join(self.text.translate(_SPACES).split())


class Token(msgspec.Struct, frozen=True):
    """A word, a sign or white space, with its look, and where it begins in its line's text."""

    text: str
    looks: Looks
    link: str
    start: int
    hand: Hand | None = None

    @property
    def end(self) -> int:
        """Where it ends in its line's text."""
        return self.start + len(self.text)

    @property
    def key(self) -> tuple[str, Looks, str]:
        """What it is compared by: all white space is the same, and each kind of quotation mark."""
        text = " " if self.text.isspace() else self.text.translate(QUOTES)
        return text, self.looks, self.link


def seen(text: str) -> str:
    """Return a text without signs that nobody sees."""
    return _UNSEEN.sub("", text)


def every(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield lines, and behind each those of its notes."""
    for line in lines:
        yield line
        for note in line.notes:
            yield from every(note)


def split(text: str) -> list[str]:
    """Return the words, signs and white space of a text."""
    return _TOKEN.findall(text)


def tokens(line: Line) -> list[Token]:
    """Return the tokens of a line; a word of two looks is one for each.

    White space has the look that the words on both sides have: what it has besides is not seen.
    """
    found = list(_tokens(line))
    for at, token in enumerate(found):
        if token.text.isspace():
            before = found[at - 1].looks if at else PLAIN
            after = found[at + 1].looks if at + 1 < len(found) else PLAIN
            both = at and at + 1 < len(found) and found[at - 1].link == found[at + 1].link
            link = token.link if both and found[at - 1].link == token.link else ""
            found[at] = msgspec.structs.replace(token, looks=before & after, link=link)
    return found


def _tokens(line: Line) -> Iterator[Token]:
    at = 0
    for piece in line.pieces:
        for found in _TOKEN.finditer(piece.text):
            looks = PLAIN if found[0] in NO_WORDS else piece.looks
            yield Token(found[0], looks, piece.link, at + found.start(), piece.hand)
        at += len(piece.text)
