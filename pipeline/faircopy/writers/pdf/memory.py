"""What was measured once is not measured again: above all lines of text.

A page that is made anew holds mostly the lines it held before. WeasyPrint breaks each again:
it makes a Pango layout, shapes the text and tries hyphens, a third of a layout's time. Where a
line begins in the same text, with the same style and room, what came out before is used.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterable
from typing import Any, TypeAlias

import pydyf
from weasyprint.layout import inline, preferred
from weasyprint.text.line_break import split_first_line

LONGEST = 100
"""Characters after a line's end in which the next word ends."""

_Key: TypeAlias = tuple[object, ...]

EARLY = 0.75
"""How full a line is at most that may have been broken too early."""
_LESS = 0.5
"""Pixels by which a text has too little room for its last word."""
LONG = 2.0
"""Lines that a text seems to take, by the letters of its first, if it cannot fit in one."""
AHEAD, AHEAD_EMS = 240, 8
"""How many letters of a text are looked at for one line, at least and for each em of its room."""
WHOLE = 480
"""Letters that no line has: a word of so many is as wide as a longer one."""


class Lines:
    """The lines that one document's text was broken into so far.

    ``kept`` are the styles and the lines by what they depend on, in the order of breaking.
    """

    def __init__(self) -> None:
        self.kept: dict[_Key, tuple[Any, tuple[Any, ...]]] = {}

    def split(
        self,
        text: str,
        style: Any,
        context: Any,
        max_width: float | None,
        justification_spacing: float,
        is_line_start: bool = True,
        minimum: bool = False,
    ) -> tuple[Any, ...]:
        """Return what ``weasyprint.text.line_break.split_first_line`` does."""
        key = (
            text,
            id(style),  # kept with the line, so that no other style gets its number
            style["word_spacing"],
            style["letter_spacing"],
            max_width,
            justification_spacing,
            is_line_start,
            minimum,
        )
        if key not in self.kept:
            line = _broken(
                text, style, context, max_width, justification_spacing, is_line_start, minimum
            )
            self.kept[key] = style, line
        layout, *measures = self.kept[key][1]
        return copy.copy(layout), *measures

    def forget(self, words: Iterable[str]) -> None:
        """Break the lines anew that one of ``words`` (in lower case) may end."""
        words = tuple(words)
        stale = [key for key, (_, line) in self.kept.items() if _holds(key, line[2], words)]
        for key in stale:
            del self.kept[key]


def _holds(key: _Key, end: int | None, words: tuple[str, ...]) -> bool:
    """Whether a line's text, or what was tried of the next line's, holds one of ``words``."""
    seen = str(key[0])[: end and end + LONGEST].casefold()
    return any(word in seen for word in words)


def _split(
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> tuple[Any, ...]:
    """Break a line as WeasyPrint does, by way of the document's memory if it has one."""
    lines = getattr(context, "lines", None)
    if isinstance(lines, Lines):
        return lines.split(
            text, style, context, max_width, justification_spacing, is_line_start, minimum
        )
    return _broken(text, style, context, max_width, justification_spacing, is_line_start, minimum)


def _broken(
    text: str, style: Any, context: Any, max_width: float | None, *rest: Any
) -> tuple[Any, ...]:
    """Break a line as WeasyPrint does, but not after its first word for a space at its end.

    Pango puts a text in one line as long as it fits without its last space, and WeasyPrint lets
    that space stand out. Between these two, where only the space has no room, Pango breaks the
    line at its first opportunity. A space at which no line may be broken does not stand out: what
    follows it belongs to the last word, which goes to the next line.
    """
    line = _cut(text, style, context, max_width, *rest)
    if line[2] is None or max_width is None or line[3] > EARLY * max_width:
        return line
    if not text[-1:].isspace() or text[-1:] == "\n":  # what ends a line of code has no width
        return line
    if len(text.encode()) * line[3] > LONG * max_width * line[1]:
        return line
    whole = _cut(text[:-1], style, context, max_width, *rest)
    if whole[2] is not None:
        return line
    room = 2 * max_width if text[-1] == " " else whole[3] - _LESS
    return _cut(text, style, context, room, *rest)


def _cut(
    text: str, style: Any, context: Any, max_width: float | None, *rest: Any
) -> tuple[Any, ...]:
    """Break a line as WeasyPrint does, of so much of a text as it may hold.

    WeasyPrint tries each hyphen of the next word, from its end, and each with the whole of the word
    before it: for each line of a word of thousands of letters, that is the cube of their number. Of
    a line that ends in the first half of what was looked at, nothing behind that half has a say.
    """
    seen = AHEAD
    if max_width is not None and math.isfinite(max_width):
        seen = max(seen, int(AHEAD_EMS * max_width / (style["font_size"] or 1)))
        while seen < len(text):
            part = text[:seen]
            line: tuple[Any, ...] = split_first_line(part, style, context, max_width, *rest)
            if line[2] is not None and 2 * line[2] <= len(part.encode()):
                return line
            if max_width == 0 and line[2] is None and seen >= WHOLE:
                return line  # it is asked how narrow the text may be: no page is so wide
            seen *= 2
    whole: tuple[Any, ...] = split_first_line(text, style, context, max_width, *rest)
    return whole


_PAGES = "faircopy_pages"
"""Attribute of a PDF that keeps the references to its pages."""


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    """Return what ``pydyf.PDF.page_references`` does, which makes them all anew for each tag."""
    kids = pdf.pages["Kids"]
    kept: tuple[bytes, ...] = getattr(pdf, _PAGES, ())
    if 3 * len(kept) != len(kids):  # a kid is a number and two words: pages are only ever added
        kept = tuple(b"%d 0 R" % number for number in kids[::3])
        setattr(pdf, _PAGES, kept)
    return kept


def install() -> None:
    """Let WeasyPrint break lines, and name pages, by way of the memory of each document."""
    inline.split_first_line = preferred.split_first_line = _split
    pydyf.PDF.page_references = property(_page_references)
