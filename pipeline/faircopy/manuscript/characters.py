"""Characters that have no place in a text: refused by name, or read as the space that they show.

They come with what is pasted: InDesign's and Word's breaks of a line, signs of a font of its own,
marks that turn the direction, letters that nobody sees.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

import msgspec

from faircopy.core.diagnostics import Diagnostic, Severity

BREAKS = re.compile("[\x0b\u2028]")
"""A line's end within a paragraph, as Word and InDesign write it: read as a space, and told."""


_PARTING = re.compile("[\x0b\x0c\u2028\u2029]")


class Kind(msgspec.Struct, frozen=True):
    """Characters of one kind, as the inside of a regular expression's class, and what to do."""

    members: str
    remedy: str


_KINDS = (
    Kind("\x0c\u2029", "Leave an empty line in its place: it parts two paragraphs or pages."),
    Kind(
        "\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff\ufffd\ufeff\ufff9-\ufffc\u206a-\u206f\ufdd0-\ufdef"
        + "".join(
            f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17)
        ),
        "Delete it; an editor that shows invisible characters helps.",
    ),
    Kind(
        "\u202d\u202e",
        "Delete it: it shows letters in another order than they are read. Direction follows from "
        "the letters; a passage is marked as in [words]{lang=he}.",
    ),
    Kind(
        "\U000e0001\U000e0020-\U000e007f",
        "Delete it: nobody sees it, and machines read it.",
    ),
    Kind(
        "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd",
        "Type the sign that is meant: only the font that it was made for shows it.",
    ),
)
_ANY = re.compile(f"[{''.join(kind.members for kind in _KINDS)}]")
_REFUSED = re.compile("|".join(f"([{kind.members}])" for kind in _KINDS))
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007f]+")
"""A flag of a part of a country, such as Scotland's, is spelt with tags (Unicode, UTS 51)."""

_NAMES = {
    "\x00": "NULL",
    "\x07": "BELL",
    "\x08": "BACKSPACE",
    "\t": "CHARACTER TABULATION",
    "\n": "LINE FEED",
    "\x0b": "LINE TABULATION",
    "\x0c": "FORM FEED",
    "\r": "CARRIAGE RETURN",
    "\x1b": "ESCAPE",
    "\x7f": "DELETE",
    "\x85": "NEXT LINE",
}
"""Unicode gives control characters no names of their own; these are its aliases."""

_DIRECTIONS = re.compile("[\u202a-\u202c\u2066-\u2069]|\n[ \t]*(?=\n)")
_OPENING = {"\u202a": "\u202c", "\u202b": "\u202c"} | dict.fromkeys("\u2066\u2067\u2068", "\u2069")


def name(character: str) -> str:
    """Return a character's number and name, such as ``U+2028 (LINE SEPARATOR)``."""
    known = _NAMES.get(character) or unicodedata.name(character, "")
    if not known and unicodedata.category(character) == "Co":
        known = "of private use"
    return f"U+{ord(character):04X}" + (f" ({known})" if known else "")


def refused(text: str) -> Iterator[tuple[int, Diagnostic]]:
    """Yield each character that must not be, once, with the offset at which it first stands."""
    if not _ANY.search(text):
        return
    plain = _FLAG.sub(lambda flag: " " * len(flag[0]), text)
    counted = Counter(found[0] for found in _REFUSED.finditer(plain))
    seen: set[str] = set()
    for found in _REFUSED.finditer(plain):
        sign = found[0]
        if sign not in seen:
            seen.add(sign)
            more = f"; it stands in {counted[sign]} places" if counted[sign] > 1 else ""
            remedy = _KINDS[(found.lastindex or 1) - 1].remedy
            yield (
                found.start(),
                Diagnostic(
                    "control-character",
                    Severity.ERROR,
                    f"the character {name(sign)} is not allowed in a manuscript{more}",
                    _windows(sign) or remedy,
                ),
            )


def admitted(text: str) -> str:
    """Return a stranger's text as a manuscript may have it: breaks as spaces, no refused sign."""
    if text.isascii() and text.isprintable():
        return text
    out, at = [], 0
    for flag in (*_FLAG.finditer(text), None):
        part = text[at : flag.start() if flag else None]
        out.append(_REFUSED.sub("", _PARTING.sub(" ", part)) + (flag[0] if flag else ""))
        at = flag.end() if flag else at
    return "".join(out)


def _windows(sign: str) -> str:
    """Return the remedy for a character of Windows' own encoding that was read as another's."""
    if not "\x80" <= sign <= "\x9f":
        return ""
    meant = sign.encode("latin-1").decode("cp1252", "ignore")
    return f"Type {meant}, which Windows' own encoding has in its place." if meant else ""


def unpaired(text: str) -> Iterator[int]:
    """Yield the offsets of marks of direction that have no other end in their paragraph."""
    opened: list[tuple[int, str]] = []
    for found in _DIRECTIONS.finditer(text):
        sign = found[0]
        if sign in _OPENING:
            opened.append((found.start(), _OPENING[sign]))
        elif sign.startswith("\n"):
            yield from (at for at, _ in opened)
            opened = []
        elif opened and opened[-1][1] == sign:
            opened.pop()
        else:
            yield found.start()
    yield from (at for at, _ in opened)
