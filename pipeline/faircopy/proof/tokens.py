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
_QUOTES = "\ue000\ue001'\"“”„‟‘’‚‛«»‹›״׳`´「」『』"
_DASHES = "–—―"
_HYPHENS = "\u2010\u2011\u2212"
_PLAIN = str.maketrans(
    {
        **dict.fromkeys((*_DROPPED, *_TAGS)),
        **dict.fromkeys(_QUOTES, "'"),
        **dict.fromkeys(_DASHES, "–"),
        **dict.fromkeys(_HYPHENS, "-"),
    }
)
_WIDE = (
    "\u2e80-\u2fff\u3001-\u303f\u3040-\u30ff\u3100-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff01-\uffee"
)
_ALONE = "!?;:'☐☒☑"
_RUN = rf"[^\s⟦⟧–…{_ALONE}{_WIDE}]+"
_TOKEN = re.compile(rf"⟦[^⟧]*⟧|–+|…|[{_WIDE}{_ALONE}]|{_RUN}(?:(?<=\w)'(?=\w){_RUN})*")
_BOXES = {"☐": Sign.OPEN, "☒": Sign.DONE, "☑": Sign.DONE}
_LETTERS = re.compile(r"[^\W_]")


def tokens(text: str) -> list[str]:
    """Return the tokens of ``text``; see the head of this module."""
    plain = unicodedata.normalize("NFC", text).translate(_PLAIN).replace("...", "…")
    return [_sign(token) for token in _TOKEN.findall(plain)]


def _sign(token: str) -> str:
    return "–" if token[0] == "–" else _BOXES.get(token, token)


def is_word(token: str) -> bool:
    """Say whether a token has a letter or a digit, and so counts as a word."""
    return bool(_LETTERS.search(token)) and not token.startswith("⟦")
