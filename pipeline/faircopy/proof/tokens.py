"""What counts as a word, and what typography may change without changing one.

Two texts say the same if their tokens are equal, one by one. A token is a run of characters
between white space, with these rules, the same on both sides:

- The text is in NFC. Soft hyphens, zero-width spaces, word joiners, the marks that isolate
  or override a direction (UAX #9, section 2), invisible operators, tags and what asks for no
  emoji (UTS #51), which nothing draws by themselves, are not part of a word.
- Quotation marks and apostrophes of every language are one sign, dashes another, hyphens,
  non-breaking hyphens and the minus a third; three full stops are an ellipsis.
- Quotation marks, dashes, the ellipsis and ``! ? ; :`` stand by themselves, as languages differ
  in the space beside them. An apostrophe between letters stays in its word.
- Each Chinese, Japanese or full-width sign stands by itself, as no space parts it from the next.
- A task's box, ``☐`` or ``☒``, is the sign of an open or a finished task.
- A structural sign such as ``⟦note⟧`` (see ``Sign``) stands by itself.
"""

from __future__ import annotations

import bisect
import itertools
import re
import unicodedata
from enum import StrEnum


class Sign(StrEnum):
    """What stands in a text and is no word; written so that no manuscript contains it."""

    NOTE = "⟦note⟧"
    NOTE_END = "⟦end of note⟧"
    IMAGE = "⟦image⟧"
    FORMULA = "⟦formula⟧"
    OPEN = "⟦open⟧"
    DONE = "⟦done⟧"
    BULLET = "⟦bullet⟧"


def numbered(number: str) -> str:
    """Return the sign of a list's item that is numbered ``3``, ``b`` or ``iv``."""
    return f"⟦{number}⟧"


def pictured(alt: str | None) -> str:
    """Return an image as it is read: its sign and alternative text; decoration is silent."""
    return f" {Sign.IMAGE} {alt} " if alt and alt.strip() else ""


_DROPPED = (
    "\u00ad\u200b\u2060\ufeff\u200e\u200f\u061c"  # hyphenation, joining, direction
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    "\u2061\u2062\u2063\u2064\u206a\u206b\u206c\u206d\u206e\u206f"  # operators, old marks
    "\ufe0e"  # what asks for no emoji (UTS #51), which pandoc adds
)
_TAGS = map(chr, range(0xE0000, 0xE0080))
_QUOTES = "\ue000\ue001'\"“”„‟‘’‚‛«»‹›״׳`´"
_DASHES = "–—―"
_HYPHENS = "\u2010\u2011\u2212"
_BEFORE = str.maketrans(
    {
        **dict.fromkeys((*_DROPPED, *_TAGS)),
        **dict.fromkeys(_QUOTES, "'"),
        **dict.fromkeys(_DASHES, "–"),
    }
)
_AFTER = str.maketrans(dict.fromkeys(_HYPHENS, "-"))
_WIDE = (
    "\u2e80-\u2fff\u3001-\u303f\u3040-\u30ff\u3100-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff01-\uffee"
)
_ALONE = "!?;:'☐☒☑"
_RUN = rf"[^\s⟦⟧–…{_ALONE}{_WIDE}]+"
_TOKEN = re.compile(rf"⟦[^⟧]*⟧|–+|…|[{_WIDE}{_ALONE}]|{_RUN}(?:(?<=\w)'(?=\w){_RUN})*")
_BOXES = {"☐": Sign.OPEN, "☒": Sign.DONE, "☑": Sign.DONE}
_LETTERS = re.compile(r"[^\W_]")


def raw_tokens(text: str) -> list[str]:
    """Return the tokens of ``text`` with the kinds of hyphen still apart."""
    plain = unicodedata.normalize("NFC", text).translate(_BEFORE).replace("...", "…")
    return [_sign(token) for token in _TOKEN.findall(plain)]


def _sign(token: str) -> str:
    return "–" if token[0] == "–" else _BOXES.get(token, token)


def fold(token: str) -> str:
    """Return a raw token with all kinds of hyphen folded into one."""
    return token.translate(_AFTER)


def tokens(text: str) -> list[str]:
    """Return the tokens of ``text``; see the head of this module."""
    return [fold(token) for token in raw_tokens(text)]


def is_word(token: str) -> bool:
    """Say whether a token has a letter or a digit, and so counts as a word."""
    return bool(_LETTERS.search(token)) and not token.startswith("⟦")


def resolve(lines: list[list[str]], known: list[str]) -> list[str]:
    """Join lines of raw tokens into the one text that they were broken from.

    A typesetter drops the space at which it breaks a line, breaks after a manuscript's own hyphen
    or slash, and inserts U+2010 where it divides a word. (A font that draws U+2010 and U+002D with
    one glyph gives both as one of them.) Which of the three happened is read from ``known``, the
    tokens that ought to be there: the two tokens at a line's end are neighbours in ``known``; or
    they make a word of it, or its beginning, as they are; or they do so without the hyphen
    between them. If none holds they are left apart, and the comparison finds them. Nothing else
    is ever joined: a hyphen that is not at the end of a line counts as written.
    """
    words = _Words(known)
    out: list[str] = []
    for line in lines:
        rest = line
        if out and line:
            joined = words.join(out[-1], line[0])
            if joined:
                out[-1] = joined
                rest = line[1:]
        out.extend(rest)
    return [fold(token) for token in out]


class _Words:
    """The tokens that ought to be there, as a line's end asks for them."""

    def __init__(self, known: list[str]) -> None:
        self._neighbours = set(itertools.pairwise(known))
        self._sorted = sorted(set(known))

    def join(self, last: str, first: str) -> str | None:
        """Return the one token that two at a line's end make, or None for two tokens."""
        if (fold(last), fold(first)) in self._neighbours:
            return None
        if self._begins(fold(last + first)):
            return last + first
        if fold(last).endswith("-") and self._begins(fold(last[:-1] + first)):
            return last[:-1] + first
        return None

    def _begins(self, text: str) -> bool:
        """Whether a token is ``text`` or, when two line ends divide it, begins with it."""
        return self._starts(text) or (text.endswith("-") and self._starts(text[:-1]))

    def _starts(self, text: str) -> bool:
        at = bisect.bisect_left(self._sorted, text)
        return at < len(self._sorted) and self._sorted[at].startswith(text)
