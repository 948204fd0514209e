"""Tracked changes as questions: what somebody wants otherwise, at the words where it stands.

The text stays as it was before them (ECMA-376, part 1, 17.13.5), and each change asks its author's
question; words that were put in place of others are one.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from faircopy.intake.names import Element, day, value, w
from faircopy.intake.walked import Comment, Text
from faircopy.translation.xml import local

_IN = frozenset({w("ins"), w("moveTo")})
_OUT = frozenset({w("del"), w("moveFrom")})
_AROUND = 6
"""Words that stand before an insertion, by which it is found."""


class _Piece(msgspec.Struct, frozen=True):
    """Words of a paragraph in one state: whether they come or go, and who wants it and when."""

    text: str
    comes: bool = False
    goes: bool = False
    author: str = ""
    date: str = ""

    @property
    def changes(self) -> bool:
        """Whether somebody wants them otherwise."""
        return self.comes or self.goes

    def is_like(self, other: _Piece) -> bool:
        """Whether both are of one change, or both of none."""
        mine, its = (self.comes, self.goes, self.author), (other.comes, other.goes, other.author)
        return mine == its


def proposals(text: Text) -> tuple[Comment, ...]:
    """Return the tracked changes of words and paragraphs of a text, in its order."""
    numbers = {p: n for n, p in enumerate(text.body.iter(w("p")), start=1)}
    found: list[Comment] = []
    before = ""
    for root in text.roots:
        for paragraph in root.iter(w("p")):
            pieces = _joined(_pieces(paragraph))
            number = numbers.get(paragraph, 0)
            found += _asked(pieces, before, number)
            said = "".join(one.text for one in pieces if not one.comes)
            before = said if said.strip() else before
            found += _of_its_end(paragraph, before, number)
    return tuple(found)


def _pieces(paragraph: Element) -> Iterator[_Piece]:
    for one in paragraph.iter(w("t"), w("delText"), w("tab"), w("br")):
        above = list(one.iterancestors())
        if next((up for up in above if up.tag == w("p")), None) is not paragraph:
            continue
        marks = [up for up in above if up.tag in _IN | _OUT]
        words = one.text or "" if local(one) in ("t", "delText") else " "
        if not marks:
            yield _Piece(words)
            continue
        if len({up.tag in _IN for up in marks}) == 1:  # what came and went again is no question
            comes = marks[0].tag in _IN
            yield _Piece(words, comes, not comes, value(marks[0], "author"), day(marks[0]))


def _joined(pieces: Iterator[_Piece]) -> list[_Piece]:
    out: list[_Piece] = []
    for one in pieces:
        if out and out[-1].is_like(one):
            out[-1] = msgspec.structs.replace(out[-1], text=out[-1].text + one.text)
        else:
            out.append(one)
    return out


def _asked(pieces: list[_Piece], before: str, number: int) -> Iterator[Comment]:
    """Yield the changes of words in a paragraph; ``before`` is the text of the one before it."""
    at, said = 0, ""  # ``said`` is the text so far, as it stays
    while at < len(pieces):
        one = pieces[at]
        both = [one]
        if one.changes and at + 1 < len(pieces):
            other = pieces[at + 1]
            both += [other] if other.changes and other.author == one.author else []
        old = "".join(each.text for each in both if each.goes)
        new = "".join(each.text for each in both if each.comes)
        if (old + new).strip():
            about = old if old.strip() else _last(said) or _last(before)
            words = " ".join(about.split())
            yield Comment("", _said(old, new), one.author, one.date, words, number)
        said += "".join(each.text for each in both if not each.comes)
        at += len(both)


def _said(old: str, new: str) -> str:
    was, now = " ".join(old.split()), " ".join(new.split())
    if was and now:
        return f"“{now}” in place of “{was}”?"
    return f"“{now}” to be put in behind these words?" if now else f"“{was}” to be taken out?"


def _last(text: str) -> str:
    return " ".join(text.split()[-_AROUND:])


def _of_its_end(paragraph: Element, before: str, number: int) -> Iterator[Comment]:
    """Yield the change of a paragraph's end, which joins or parts it and the next one."""
    for about in paragraph.iterchildren(w("pPr")):
        for marks in about.iterchildren(w("rPr")):
            for one in marks.iterchildren(*_IN, *_OUT):
                what = "parted" if one.tag in _IN else "joined"
                said = f"This paragraph and the next one to be {what}?"
                yield Comment("", said, value(one, "author"), day(one), _last(before), number)
