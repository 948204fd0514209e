"""The words that an edition has to have, by the written rules of its format."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

import msgspec

from faircopy.core.model import Role
from faircopy.proof.reading import (
    CLOSING,
    OPENING,
    Code,
    Footnote,
    Formula,
    Marker,
    Part,
    Passage,
    Picture,
    Reading,
)
from faircopy.proof.tokens import Sign, is_word, numbered, pictured, tokens


class Word(msgspec.Struct, frozen=True):
    """A token, the unit that it stands in, and how many words of that unit stand before it."""

    text: str
    unit: str
    ordinal: int


class Where(StrEnum):
    """Where something is read that hangs on a place in the text."""

    THERE = "there"
    BESIDE = "beside"
    AFTER = "after"
    NOWHERE = "nowhere"


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """How a format shows what is not plain text. Each field is one written rule.

    Attributes:
        notes: footnotes are read where they are referred to; beside it, behind the unit of text;
            or after the whole text, in order and each behind its number.
        note_signs: a sign stands where a footnote is referred to.
        pictures: an image is read there, by a sign and its alternative text; or after the text.
        formulas: a sign stands for each formula.
        markers: bullets and numbers of lists are text.
        pull_quotes: pull quotes are in the reading order, though their words repeat the text's.
        labels: what the house adds to the manuscript's words is text: the genre, a byline made of
            the authors' names, that a translation is a draft.
        code: code within a line is text.
        listings: blocks of code are text.
        quotes: the quotation marks that the locale draws are text.
        wordless: a unit of nothing but code and formulas is there.
        opening: the text opens as its theme has it, with the house's sign and in its order of
            parts; else as every text opens, since a bundle is for every theme.
    """

    notes: Where = Where.THERE
    note_signs: bool = True
    pictures: Where = Where.THERE
    formulas: bool = True
    markers: bool = False
    pull_quotes: bool = True
    labels: bool = True
    code: bool = True
    listings: bool = True
    quotes: bool = True
    wordless: bool = True
    opening: bool = True


def words(text: Reading, rules: Rules) -> tuple[Word, ...]:
    """Return the words that an edition in a format with these rules has to have."""
    return _Applied(rules).words((*text.opener, *text.body))


def count(found: Iterable[str]) -> int:
    """Return how many of the tokens are words."""
    return sum(map(is_word, found))


class _Applied:
    """Rules applied to passages: collects words, and what is to be read later."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._out: list[Word] = []
        self._beside: list[Footnote] = []
        self._notes: list[Footnote] = []
        self._pictures: list[tuple[str, Picture]] = []

    def words(self, passages: Iterable[Passage]) -> tuple[Word, ...]:
        self._read_all(passages)
        for number, note in enumerate(self._notes, start=1):
            first = note.passages[0].unit if note.passages else ""
            self._out.append(Word(numbered(str(number)), first, 0))
            self._read_all(note.passages)
        for unit, picture in self._pictures:
            self._add(pictured(self._marked(picture.alt)), unit, 0)
        return tuple(self._out)

    def _shown(self, passage: Passage) -> bool:
        rules = self._rules
        absent = {
            Role.PULL_QUOTE: not rules.pull_quotes,
            Role.CODE: not rules.listings,
        }
        if passage.label and not rules.labels:
            return False
        return passage.role is None or not absent.get(passage.role, False)

    def _read_all(self, passages: Iterable[Passage]) -> None:
        for passage in passages:
            self._read(passage if self._shown(passage) else _markers(passage))

    def _read(self, passage: Passage) -> None:
        buffer: list[str] = []
        ordinal = 0
        parts = self._parts(passage)
        if self._rules.pictures is Where.AFTER:  # a text's own come before those in its notes
            own = [part for part in parts if isinstance(part, Picture) and part.alt]
            self._pictures += [(passage.unit, picture) for picture in own]
        for part in parts:
            if not isinstance(part, Footnote) or self._rules.notes is not Where.THERE:
                buffer.append(self._shown_as(part))
            elif self._alone(passage):
                self._read_all(self._signed(inner) for inner in part.passages)
            else:
                sign = Sign.NOTE if self._rules.note_signs else ""
                ordinal = self._add("".join([*buffer, sign]), passage.unit, ordinal)
                self._read_all(part.passages)
                buffer = [Sign.NOTE_END]
        self._add("".join(buffer), passage.unit, ordinal)
        beside, self._beside = self._beside, []
        for note in beside:
            self._read_all(note.passages)

    def _alone(self, passage: Passage) -> bool:
        """Whether a paragraph without words is not there, so that its notes stand by themselves."""
        return not self._rules.wordless and not _has_words(passage)

    def _signed(self, passage: Passage) -> Passage:
        """Return a passage of a note that nothing refers to, as it is read by itself."""
        if passage.role is not Role.FOOTNOTE or not _has_words(passage):
            return passage
        return msgspec.structs.replace(passage, parts=(Sign.NOTE, *passage.parts, Sign.NOTE_END))

    def _parts(self, passage: Passage) -> tuple[Part, ...]:
        if self._alone(passage):
            return tuple(part for part in passage.parts if isinstance(part, Picture | Footnote))
        return passage.parts

    def _shown_as(self, part: Part) -> str:
        rules = self._rules
        match part:
            case str():
                return self._marked(part)
            case Marker(sign):
                return sign if rules.markers else ""
            case Code(text):
                return text if rules.code else ""
            case Formula():
                return Sign.FORMULA if rules.formulas else ""
            case Picture(alt):
                return pictured(self._marked(alt)) if rules.pictures is Where.THERE else ""
            case Footnote():
                later = self._beside if rules.notes is Where.BESIDE else self._notes
                later.append(part)
                return Sign.NOTE if rules.note_signs else ""

    def _marked(self, text: str) -> str:
        """Return text with the quotation marks that the locale draws, where they are text."""
        return text if self._rules.quotes else text.translate(_NO_QUOTES)

    def _add(self, text: str, unit: str, ordinal: int) -> int:
        for token in tokens(text):
            self._out.append(Word(token, unit, ordinal))
            ordinal += len(_RUN.findall(token)) if not token.startswith("⟦") else 0
        return ordinal


def _has_words(passage: Passage) -> bool:
    parts = (part.translate(_NO_QUOTES) for part in passage.parts if isinstance(part, str))
    return any(part.strip() for part in parts)


def _markers(passage: Passage) -> Passage:
    """Return what a page shows of a passage that is not read: the marker of its item."""
    markers = tuple(part for part in passage.parts if isinstance(part, Marker))
    return msgspec.structs.replace(passage, parts=markers)


_NO_QUOTES = {ord(OPENING): None, ord(CLOSING): None}
_RUN = re.compile(r"[^\W_]+")
