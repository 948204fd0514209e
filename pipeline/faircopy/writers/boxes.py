"""How much room the printed editions have for titles, questions and pull quotes in a language.

The measures are the theme's, those that ``faircopy.writers.pdf.headings`` sets by, and words are
shaped by HarfBuzz in the face that draws them. Of A4 and A5 the narrower one counts, in ems.
Nothing is typeset for it: it takes some milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from math import ceil
from types import MappingProxyType

import msgspec

from faircopy.core.model import Role
from faircopy.languages import locale
from faircopy.theme import MM, Page, Theme, fonts
from faircopy.theme.css import faces_of, scaled
from faircopy.theme.tokens import Face
from faircopy.translation.boxes import NO_BOXES, Box, Boxes
from faircopy.translation.context import unit_text
from faircopy.translation.segments import SourceText

PAGES = ("a4", "a5")
_LOSS = 0.93
"""What breaking between words leaves of a line, on the average."""


class _Place(msgspec.Struct, frozen=True):
    """Where a role's text stands: its style, voice and weight, its measure in millimetres.

    It may take ``lines``, or so many ``more`` than the source takes, a third at least, whichever
    is more. With None the lines are all that there is.
    """

    style: str
    voice: str
    measure: Callable[[Page], float]
    lines: int
    more: int | None = None
    weight: int = 400


_PLACES = MappingProxyType(
    {
        "outlet": _Place("kicker", "sans", lambda page: page.text_width / 2, 1, weight=700),
        "title": _Place(
            "title", "display", lambda page: min(page.title_measure, page.text_width), 3
        ),
        "subtitle": _Place(
            "subtitle", "subhead", lambda page: min(page.title_measure, page.text_width), 3, 1
        ),
        "standfirst": _Place(
            "standfirst",
            "subhead",
            lambda page: min(page.standfirst_measure, page.text_width),
            4,
            2,
        ),
        Role.QUESTION.value: _Place(
            "question", "sans", lambda page: page.column_width, 3, 2, weight=700
        ),
        Role.HEADING.value: _Place(
            "heading", "sans", lambda page: page.column_width, 2, 1, weight=700
        ),
        Role.PULL_QUOTE.value: _Place(
            "pull_quote", "subhead", lambda page: page.column_width * 0.97, 4, 2
        ),
    }
)


def boxes(source: SourceText, theme: Theme, lang: str) -> Boxes:
    """Return the boxes of a publication's texts for their translations into ``lang``.

    A language whose font is not installed has none.
    """
    made: dict[str, Box] = {}
    setters: dict[str, tuple[_Setter, _Setter]] = {}
    for unit in source.units():
        place = _PLACES.get(unit.role)
        if place is None:
            continue
        if unit.role not in setters:
            both = _setter(place, theme, source.lang), _setter(place, theme, lang)
            if both[0] is None or both[1] is None:
                return NO_BOXES
            setters[unit.role] = both[0], both[1]
        here, there = setters[unit.role]
        lines = place.lines
        if place.more is not None:
            taken = here.lines(unit_text(unit))
            lines = max(lines, taken + max(place.more, ceil(taken / 3)))
        made[unit.id] = Box(lines, there.capacity(lines), there.lines)
    return made


class _Setter(msgspec.Struct, frozen=True):
    """Sets words in a measure, in ems; ``usual`` is the advance of an average character."""

    width: Callable[[str], float]
    measure: float
    usual: float

    def lines(self, text: str) -> int:
        """Return how many lines a text takes, broken between words as early as must be."""
        space, taken, left = self.width(" "), 0, -1.0
        for word in text.split():
            width = self.width(word)
            if left < space + width:
                taken, left = taken + 1, self.measure - width
            else:
                left -= space + width
        return taken

    def capacity(self, lines: int) -> int:
        """Return how many characters usually fill so many lines, in steps of five."""
        return max(int(lines * self.measure * _LOSS / self.usual) // 5 * 5, 5)


def _setter(place: _Place, theme: Theme, lang: str) -> _Setter | None:
    script = theme.script(lang)
    found = faces_of(theme, place.voice, lang)
    sample = locale(lang).labels.draft
    if not found or fonts.missing(sample, found[:1]):
        return None
    face = min(found, key=lambda face: (face.italic, abs(face.weight - place.weight)))
    measure = min(
        place.measure(page) * MM / scaled(page, script)[place.style].size
        for page in map(theme.page, PAGES)
    )
    width = cache(partial(_advance, face))
    return _Setter(width, measure, width(sample) / len(sample))


def _advance(face: Face, text: str) -> float:
    return fonts.width(face, text, 1)
