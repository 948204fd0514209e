"""Setting: paragraphs broken into lines by us, as a whole, and handed to WeasyPrint line by line.

WeasyPrint 70 breaks lines greedily. Here the words of a paragraph are measured, its lines chosen
together (``fit``), and each becomes a block of its own that is not broken any further: CSS that
every engine knows. What a line may hold is in ``voices`` and ``text``; a paragraph with something
else is left to WeasyPrint, and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from faircopy.languages import tags
from faircopy.passes.voices import TURN
from faircopy.theme import MM, Page, Theme
from faircopy.theme.css import scaled
from faircopy.writers import html
from faircopy.writers.html import Element
from faircopy.writers.pdf.keeping import FOOT
from faircopy.writers.pdf.setting import fit
from faircopy.writers.pdf.setting.fit import End, Measure, Piece, Way
from faircopy.writers.pdf.setting.pieces import Pieces, cuts
from faircopy.writers.pdf.setting.rules import HYPHEN, STRETCH
from faircopy.writers.pdf.setting.text import Flat, Strange, flat, parted
from faircopy.writers.pdf.setting.voices import Voices
from faircopy.writers.pdf.touched import TOUCHED

LINE = "l"
"""Class of a line;"""
NARROW = "s"
"""of one whose spaces shrink,"""
LAST = "e"
"""of a paragraph's last,"""
KEPT = "k"
"""of one that ends no page or column,"""
JOINED = "j"
"""and of one that no white space follows."""
WORDS = "data-words"
"""Attribute of a paragraph: its words, as they were before it had lines."""
TRACKED = {"t1": 0.004, "t2": -0.006, "t3": 0.012, "t4": 0.02, "t5": -0.012}
"""What may be added between letters, in em, by the class of the lines;"""
_SLIGHT, _HEAVY = ("t1", "t2", "t3"), ("t4", "t5")
"""what no eye sees, and what is better than spaces that gape (house rule B6)."""
_EXACT = 0.03
"""What the spaces of a line grow by at least, in em, that is sure to have room as they come: a line
that is too long by a hair leaves what it stands beside."""
_BESIDE = 0.5
"""By how many points a line beside a drop cap is made too narrow, for the same reason."""
RAGGED = "r"
"""Class of the lines of a paragraph whose spaces would gape too much:"""
_HOPELESS = 0.15
"""in em, beyond what the rule allows, all together."""
_GAPING = 1.5
"""What word spaces grow by at most, in em, where they must gape."""
_LEANS = {-1: ("", "t2", "t5"), 0: ("", *_SLIGHT), 1: ("", "t3", "t4")}
"""What may be tried between letters where a paragraph is to have so many lines more."""
_HYPHENS = (End.SOFT, End.HARD)
_TRIES = (
    (STRETCH, ("", *_SLIGHT)),
    (STRETCH, _HEAVY),
    (_GAPING, ("", *TRACKED)),
)
"""What word spaces may grow by, and what may be added between letters, until there is a way."""


class Counts(msgspec.Struct, frozen=True):
    """How many paragraphs were set by us, and how many were left, by what they hold."""

    done: int
    left: Mapping[str, int]


def set_lines(root: Element, theme: Theme, page: Page, lang: str) -> Counts:
    """Set the paragraphs of the text in lines, in place: those in Latin, Cyrillic and Greek."""
    if tags.direction(lang) != "ltr":
        return Counts(0, {})
    setter = Setter(root, theme, page, lang)
    done, left = 0, Counter[str]()
    for paragraph in _paragraphs(root):
        try:
            if html.has_class(paragraph, TOUCHED):
                raise Strange("the house's own style")
            setter.set(paragraph)
            done += 1
        except Strange as strange:
            left[str(strange)] += 1
    return Counts(done, left)


def _paragraphs(root: Element) -> list[Element]:
    """Return the paragraphs that stand in columns as wide as their page's."""
    return [
        child
        for text in html.with_class(root, "text")
        for child in text
        if html.local(child) == "p"
        and not html.has_class(child, "question")
        and not html.has_class(child, "image-alone")
        and (len(child) or (child.text or "").strip())
    ]


class Chosen(msgspec.Struct, frozen=True):
    """A paragraph's pieces and a way to break them; a class that all its lines have.

    ``best`` is how it would be set if nothing else were asked of it, where that matters: if it now
    has lines with word spaces of more than half an em.
    """

    text: Flat
    pieces: list[Piece]
    way: Way
    name: str = ""
    best: Way | None = None


def _best(
    text: Flat, pieces: list[Piece], found: Mapping[int, Way], name: str = ""
) -> Chosen | None:
    """Return the best of some ways, if there is one that breaks no rule."""
    if not found:
        return None
    best = min(found.values(), key=lambda way: way.cost)
    return Chosen(text, pieces, best, name) if best.cost < fit.FORBIDDEN else None


class Setter:
    """Sets the paragraphs of a text on one of the theme's pages."""

    def __init__(self, root: Element, theme: Theme, page: Page, lang: str) -> None:
        self._voices = Voices(theme, page, lang)
        script = self._voices.script
        body = scaled(page, script)["body"]
        self._pieces = Pieces(self._voices, theme.text)
        self._width = page.column_width * MM
        self._em = body.size
        self._ragged = not (page.justify and script.justify)
        indent = theme.text.indent if script.indent is None else script.indent
        self._indent = indent * body.size
        self._indented = script.indent_first
        self._beside = theme.text.drop_cap_lines
        self._mark = body.size * theme.text.end_mark_scale * 0.62
        notes = html.with_class(root, FOOT)
        self._calls = {note: number for number, note in enumerate(notes, 1)}
        self._quoted = next(html.with_class(root, "pull-quote"), None) is not None

    def set(self, paragraph: Element) -> None:
        """Put lines in the place of what a paragraph holds.

        Raises:
            Strange: it holds what is not set here, or has no even lines.
        """
        text, measure = self._read(paragraph)
        best = self._ways(text, measure)
        if best is None:
            raise Strange("loose")
        self.put(paragraph, best)

    def otherwise(
        self, paragraph: Element, lines: int, by: int, closed: frozenset[int]
    ) -> Chosen | None:
        """Return another way to set a paragraph that was set; None where there is none.

        Args:
            paragraph: as it was before it had lines. One with notes has no other way.
            lines: how many the best way has.
            by: how many lines more it is to have.
            closed: see ``fit.ways``.
        """
        text, measure = self._read(paragraph)
        if any(run.atom in self._calls for run in text.runs):
            return None
        pieces = self._pieces.of(text, broken=True)
        plain = self._ragged or text.float_width or not self._voices.script.tracking
        most = fit.EMPTY if self._ragged else STRETCH
        for name in ("",) if plain else _LEANS[by]:
            letter = TRACKED.get(name, 0.0) * self._em
            tracked = [piece.tracked(letter) for piece in pieces] if letter else pieces
            found = fit.ways(tracked, measure, most, closed)
            way = found.get(lines + by)
            if way is not None and way.cost < 2 * fit.FITS:
                wide = not self._ragged and max(way.grown) > fit.HALF
                best = self._ways(text, measure) if wide else None
                return Chosen(text, pieces, way, name, best.way if best else None)
        return None

    def put(self, paragraph: Element, chosen: Chosen) -> None:
        """Put the lines of a way in the place of what a paragraph holds."""
        words = html.words(paragraph) if self._quoted else ""
        made = list(self._made(chosen))
        paragraph.text = None
        paragraph[:] = made
        if words:
            paragraph.set(WORDS, words)

    def _read(self, paragraph: Element) -> tuple[Flat, Measure]:
        text = flat(paragraph, self._voices, self._calls, self._mark)
        return text, self._measure(paragraph, text)

    def _measure(self, paragraph: Element, text: Flat) -> Measure:
        """Return the widths of a paragraph's lines: the first ones may be indented."""
        width, narrow = self._width, self._width - text.float_width - _BESIDE
        indent = self._indent if self._is_indented(paragraph) else 0.0
        first = (narrow,) * self._beside if text.float_width else ()
        first = (first[0] - indent, *first[1:]) if first else ((width - indent,) if indent else ())
        return Measure(first, width, self._em, self._ragged)

    def _is_indented(self, paragraph: Element) -> bool:
        """Whether ``styles/pdf.css`` indents a paragraph."""
        before = paragraph.getprevious()
        if html.has_class(paragraph, TURN) and not self._indented:
            return False
        if before is not None:
            if html.has_class(before, "image-alone"):
                return False
            if html.has_class(before, "question") and html.has_class(paragraph, "answer"):
                return False
        quoted = before is not None and html.has_class(before, "pull-quote")
        return self._indented or quoted or (before is not None and html.local(before) == "p")

    def _ways(self, text: Flat, measure: Measure) -> Chosen | None:
        """Return the best way to set a paragraph; None if there is none.

        Whole words come first, if they are even; then words are broken; then what is between
        letters is changed by a hair; then ways are taken that break a rule, as little as can be.
        """
        whole = self._pieces.of(text, broken=False)
        easy = fit.RAGGED if self._ragged else fit.EASY
        found = _best(text, whole, fit.ways(whole, measure, easy))
        if found is not None:
            return found
        pieces = self._pieces.of(text, broken=True)
        if self._ragged:
            return _best(text, pieces, fit.ways(pieces, measure, fit.EMPTY)) or _best(
                text, pieces, fit.ways(pieces, measure, 1.0)
            )
        tries: list[Chosen] = []
        plain = not text.float_width  # beside something else no line may be too long
        apart = self._voices.script.tracking and plain
        for most, names in _TRIES:
            for tracking in (name for name in names if apart or not name):
                by = TRACKED.get(tracking, 0.0) * self._em
                tracked = [piece.tracked(by) for piece in pieces] if by else pieces
                one = _best(text, pieces, fit.ways(tracked, measure, most), tracking)
                if one is not None and one.way.cost < fit.UNEVEN * len(one.way.ends):
                    return one
                tries += [one] if one is not None else []
            if tries:
                break
        best = min(tries, key=lambda one: one.way.cost, default=None)
        if best is None or sum(by - STRETCH for by in best.way.grown if by > STRETCH) > _HOPELESS:
            ragged = msgspec.structs.replace(measure, ragged=True)
            best = _best(text, pieces, fit.ways(pieces, ragged, fit.EMPTY), RAGGED) or best
        return best

    def _made(self, chosen: Chosen) -> Iterator[Element]:
        """Yield the lines of a way as elements."""
        pieces, way = chosen.pieces, chosen.way
        lines = cuts(chosen.text, pieces, way.ends, HYPHEN)
        last = len(lines) - 1
        for number, line in enumerate(parted(chosen.text, lines)):
            end = pieces[way.ends[number] - 1].end
            kept = last and number in (0, last - 1)
            ended = number == last or end is End.FORCED
            ragged = self._ragged or chosen.name == RAGGED
            narrow = not ragged and way.grown[number] < (0.0 if ended else _EXACT)
            names = [
                LINE,
                *([LAST] if ended else []),
                *([NARROW] if narrow else []),
                *([KEPT] if kept or (end in _HYPHENS and number < last) else []),
                *([JOINED] if not lines[number].spaced else []),
                *([chosen.name] if chosen.name else []),
            ]
            line.set("class", " ".join(names))
            yield line
