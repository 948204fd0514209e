"""From the order in which glyphs are drawn to the order in which they are read.

A PDF shows glyphs from left to right. Where a run holds letters of a script that is written
from right to left, the bidirectional algorithm (UAX #9) is undone: runs of such letters are
reversed glyph by glyph (a glyph's own text is in reading order), numbers and Latin words inside
stay as they are, and in a run that is mainly right-to-left the parts change places as well.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_RTL = frozenset({"R", "AL"})
_LTR = frozenset({"L"})
_NUMBER = frozenset({"EN", "AN"})
_IN_NUMBER = frozenset({"ES", "CS", "ET"})


def logical(glyphs: Sequence[str], *, right: bool = False) -> str:
    """Return the text of glyphs, given in the order drawn, in reading order.

    ``right`` says that they stand in a paragraph that is read from right to left; in any other
    paragraph the more frequent kind of letter decides.
    """
    text = "".join(glyphs)
    if not right and (
        text.isascii() or not any(unicodedata.bidirectional(char) in _RTL for char in text)
    ):
        return text
    kinds = [_kind(glyph) for glyph in glyphs]
    _resolve(kinds)
    if right or kinds.count("R") >= kinds.count("L"):
        return "".join(reversed(_parts(glyphs, kinds)))
    return _left(glyphs, kinds)


def _kind(glyph: str) -> str:
    """Return R, L, N (number), S (sign within numbers), M (mark above or below) or O."""
    classes = {unicodedata.bidirectional(char) for char in glyph}
    if classes & _RTL:
        return "R"
    if classes & _LTR:
        return "L"
    if classes & _NUMBER:
        return "N"
    if classes == {"NSM"}:
        return "M"
    return "S" if classes and classes <= _IN_NUMBER else "O"


def _resolve(kinds: list[str]) -> None:
    """Give signs and neutrals the kind of their neighbours (UAX #9, W1, W4, N1)."""
    size = len(kinds)
    for at in reversed(range(size)):
        if kinds[at] == "M":
            kinds[at] = kinds[at + 1] if at + 1 < size and kinds[at + 1] == "R" else "L"
    for at, kind in enumerate(kinds):
        if kind == "S":
            both = 0 < at < size - 1 and kinds[at - 1] == "N" and kinds[at + 1] == "N"
            kinds[at] = "N" if both else "O"
    at = 0
    while at < size:
        if kinds[at] != "O":
            at += 1
            continue
        end = at
        while end < size and kinds[end] == "O":
            end += 1
        before = kinds[at - 1] if at else ""
        after = kinds[end] if end < size else ""
        if before == after == "L":
            kinds[at:end] = ["L"] * (end - at)
        at = end


def _parts(glyphs: Sequence[str], kinds: Sequence[str]) -> list[str]:
    """Return what is read at one go: a Latin or numeric stretch, or a single other glyph."""
    out: list[str] = []
    last = ""
    for glyph, kind in zip(glyphs, kinds, strict=True):
        joins = kind == last == "L" or kind == last == "N" or {kind, last} == {"L", "N"}
        if joins and out:
            out[-1] += glyph
        else:
            out.append(glyph)
        last = kind
    return out


def _left(glyphs: Sequence[str], kinds: Sequence[str]) -> str:
    """Reverse each right-to-left stretch of a run that is mainly left-to-right."""
    out: list[str] = []
    at = 0
    while at < len(kinds):
        end = at
        if kinds[at] == "R":
            while end < len(kinds) and kinds[end] != "L":
                end += 1
            while kinds[end - 1] != "R":
                end -= 1
            out += reversed(_parts(glyphs[at:end], kinds[at:end]))
        else:
            end = at + 1
            out.append(glyphs[at])
        at = end
    return "".join(out)
