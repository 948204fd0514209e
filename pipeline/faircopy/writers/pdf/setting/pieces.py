"""The places where a paragraph's lines may end, with the widths between them.

A line ends at a space; behind a hyphen, a dash or a stroke between letters; where a sign says so
that is not drawn; and within words, by their language's rules (house rule B5). Sources: UAX #14 for
what may end a line; ``faircopy.writers.pdf.hyphenation`` for words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from faircopy.theme.tokens import Voices as Limits
from faircopy.writers.pdf.hyphenation import Dictionaries
from faircopy.writers.pdf.setting.fit import End, Piece
from faircopy.writers.pdf.setting.text import ATOM, Cut, Flat, Run
from faircopy.writers.pdf.setting.voices import Voice, Voices

HYPHEN = "‐"
"""What is drawn where a word is broken: its text is ``layout.HYPHEN``."""
_SPACE, _SOFT, _MAY = " ", "\u00ad", "\u200b"
_BREAK = re.compile(
    r"(?P<forced>\n)|(?P<space> )|(?P<soft>\u00ad)|(?P<may>\u200b)"
    r"|(?<=[^\W\d_])(?P<hard>[-‐])(?=[^\W\d_])"
    r"|(?<=[^\W\d_])(?P<sign>[/–—])(?=[^\W\d_])"
)
_WORD = re.compile(r"[^\W\d_]+")
_BARRED = frozenset((ATOM, "\u2060", _SOFT, "-", "‐", "@", ".", "_"))
"""What a word that is broken has on neither side: it is half of another."""

_Word: TypeAlias = tuple[Voice, str, str, End, bool]
"""What the pieces of a word depend on: its voice, what stands before it, the word and what stands
behind it, how a line may end there, and whether it may be broken."""


class Pieces:
    """Makes pieces of paragraphs."""

    def __init__(self, voices: Voices, limits: Limits) -> None:
        self._voices, self._limits = voices, limits
        self._dictionaries = Dictionaries()
        self._places: dict[tuple[str, str], tuple[int, ...]] = {}
        self._words: dict[_Word, tuple[Piece, ...]] = {}

    def of(self, paragraph: Flat, *, broken: bool) -> list[Piece]:
        """Return the pieces of a paragraph, those of its words as well if ``broken``."""
        text = paragraph.text.rstrip(_SPACE)
        runs = _Runs(paragraph)
        pieces: list[Piece] = []
        start = 0
        for place, end in self._ends(text, runs):
            pieces += self._known(text, start, place, end, runs, broken=broken)
            start = place + (end in (End.SPACE, End.FORCED))
        return pieces

    def _ends(self, text: str, runs: _Runs) -> Iterator[tuple[int, End]]:
        """Yield where pieces end, and how a line may end there."""
        for found in _BREAK.finditer(text):
            run = runs.at(found.start())
            kind = found.lastgroup
            if kind == "forced":
                yield found.start(), End.FORCED
            if run.voice.whole or kind == "forced":
                continue
            if kind == "space":
                yield found.start(), End.SPACE
            elif kind == "soft":
                yield found.start(), End.SOFT
            else:
                yield found.end(), End.HARD if kind == "hard" else End.PLAIN
        yield len(text), End.PLAIN

    def _known(
        self, text: str, start: int, place: int, end: End, runs: _Runs, *, broken: bool
    ) -> Iterable[Piece]:
        """Return the pieces of a text; those of one in a single voice are made once.

        They depend on the signs before and behind it, too: see ``_BARRED``.
        """
        run = runs.at(start)
        if run.atom is not None or place > run.end - (place < len(text)):
            return self._word(text, start, place, end, runs, broken=broken)
        key = run.voice, text[start - 1 : start], text[start : place + 1], end, broken
        if key not in self._words:
            self._words[key] = tuple(self._word(text, start, place, end, runs, broken=broken))
        return self._words[key]

    def _word(
        self, text: str, start: int, place: int, end: End, runs: _Runs, *, broken: bool
    ) -> Iterator[Piece]:
        """Yield the pieces of a text that only words can be broken in."""
        after = 0.0
        if end in (End.SPACE, End.SOFT):
            voice = runs.at(min(place, len(text) - 1)).voice
            after = self._voices.width(voice, _SPACE) if end is End.SPACE else 0.0
            after = self._voices.width(voice, HYPHEN) if end is End.SOFT else after
        before, begin = 0.0, start
        for at in self._breaks(text, start, place, runs) if broken else ():
            width = self._width(text, start, at, runs)
            hyphen = self._voices.width(runs.at(at - 1).voice, HYPHEN)
            yield _piece(text[begin:at], width - before, End.SOFT, hyphen)
            before, begin = width, at
        width = self._width(text, start, place, runs)
        yield _piece(text[begin:place], width - before, end, after)

    def _breaks(self, text: str, start: int, end: int, runs: _Runs) -> Iterator[int]:
        """Yield where the words between two places may be broken."""
        for found in _WORD.finditer(text, start, end):
            first, last = found.span()
            if last - first < self._limits.hyphen_word:
                continue
            if text[first - 1 : first] in _BARRED or text[last : last + 1] in _BARRED - {"."}:
                continue
            run = runs.at(first)
            if run.end < last or not run.voice.hyphens or run.voice.whole:
                continue
            for place in self._within(found[0], run.voice):
                yield first + place

    def _within(self, word: str, voice: Voice) -> tuple[int, ...]:
        key = word, voice.lang
        if key not in self._places:
            limits = self._limits
            asked = voice.lang, limits.hyphen_before, limits.hyphen_after, limits.hyphen_word
            found = self._dictionaries.get(asked).iterate(word)
            places = {len(begin) for begin, end in found if begin + end == word}
            self._places[key] = tuple(sorted(places))
        return self._places[key]

    def _width(self, text: str, start: int, end: int, runs: _Runs) -> float:
        width = 0.0
        for run in runs.between(start, end):
            if run.atom is not None:
                width += run.width
            else:
                part = text[max(start, run.start) : min(end, run.end)]
                width += self._voices.width(run.voice, part)
        return width


def _piece(part: str, width: float, end: End, after: float) -> Piece:
    return Piece(width, part.count("\u00a0") + part.count(" "), len(part), end, after)


class _Runs:
    """The runs of a paragraph, by place."""

    def __init__(self, paragraph: Flat) -> None:
        self._runs = paragraph.runs
        self._starts = [run.start for run in paragraph.runs]

    def at(self, place: int) -> Run:
        """Return the run that a place of the text is in."""
        return self._runs[bisect_right(self._starts, place) - 1]

    def between(self, start: int, end: int) -> Iterator[Run]:
        """Yield the runs between two places."""
        for index in range(max(0, bisect_right(self._starts, start) - 1), len(self._runs)):
            run = self._runs[index]
            if run.start >= end:
                return
            if run.end > start:
                yield run


def places(pieces: Sequence[Piece]) -> list[int]:
    """Return where each of a paragraph's pieces ends in its text."""
    found: list[int] = []
    start = 0
    for piece in pieces:
        found.append(start + piece.letters)
        start = found[-1] + (piece.end in (End.SPACE, End.FORCED))
    return found


def cuts(paragraph: Flat, pieces: list[Piece], ends: tuple[int, ...], hyphen: str) -> list[Cut]:
    """Return the lines of a paragraph that end behind so many of its pieces."""
    found: list[Cut] = []
    stands = places(pieces)
    start = 0
    for end in ends:
        piece, place = pieces[end - 1], stands[end - 1]
        last = end == len(pieces)
        soft = piece.end is End.SOFT and not last
        spaced = piece.end in (End.SPACE, End.FORCED) and not last
        found.append(Cut(start, place, hyphen if soft else "", spaced))
        start = place
        if spaced or (soft and paragraph.text[start] == _SOFT):
            start += 1
    return found
