"""Where the signs of each line stand in the manuscript's text.

Pandoc gives no positions. A line's words are found as `faircopy.manuscript.places` finds them; the
signs between two words are found between the two, and what stands there besides is markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from faircopy.core.ast import Str
from faircopy.core.model import Role
from faircopy.manuscript import places
from faircopy.manuscript.source import Source
from faircopy.passes.units import Unit
from faircopy.revision.lines import NOTE, THING, Line

_WORD = re.compile(r"[^\W_]+")
_NOTE = re.compile(r"\[\^[^\]\s]+\](?!:)|\^\[(?:[^\[\]]|\[[^\[\]]*\])*\]")
_MARKUP = re.compile(
    r"\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\]\[[^\]\n]*\]|\{[^{}\n]*\}|<!--.*?-->|"
    + _NOTE.pattern,
    re.S,
)
"""What stands between words and is none: targets of links, attributes, comments and notes."""
_THING = re.compile(
    r"!\[(?:[^\[\]]|\[[^\[\]]*\])*\](?:\([^()\n]*\)|\[[^\]\n]*\])(?:\{[^{}\n]*\})?"
    r"|\$\$.+?\$\$|\$[^$\n]+\$",
    re.S,
)
_WHOLE = {NOTE: _NOTE, THING: _THING}
_FORMS = {
    "–": ("--", "–"),
    "—": ("---", "—"),
    "…": ("...", "…"),
    "“": ('"', "“"),
    "”": ('"', "”"),
    "‘": ("'", "‘"),
    "’": ("'", "’"),
}
_FRONT = "opener-"
_ENOUGH = 0.6
"""How many of a line's words must be found: a list of works is in no place of the text."""
_PART = "\u200b"
"""Stands between pieces, which markup parts in the manuscript though they are one word."""


class Span(msgspec.Struct, frozen=True):
    """Where one sign of a line is written: from here to there, offsets in the manuscript's text."""

    start: int
    end: int


class Placed(msgspec.Struct, frozen=True):
    """A line with the place of each of its signs; None for what is nowhere written as itself."""

    line: Line
    spans: tuple[Span | None, ...]

    @property
    def known(self) -> list[Span]:
        """The places that are known, in order."""
        return [span for span in self.spans if span is not None]


def placed(source: Source, lines: Sequence[Line]) -> list[Placed]:
    """Return each line with the places of its signs."""
    units = [
        Unit(str(at), _role(line), (Str(_PART.join(piece.text for piece in line.pieces)),))
        for at, line in enumerate(lines)
        if not line.unit.startswith(_FRONT)
    ]
    offsets = places.align(source, units).offsets
    found = []
    for at, line in enumerate(lines):
        if line.unit.startswith(_FRONT):
            starts = _in_front(source, line)
        else:
            starts = offsets.get(str(at), ())
        found.append(Placed(line, tuple(_spans(source.text, line, starts))))
    return found


def _role(line: Line) -> Role:
    """A note stands where it likes, and so does a table's caption."""
    return Role.FOOTNOTE if line.kind in ("note", "caption") else Role.PARAGRAPH


def _in_front(source: Source, line: Line) -> tuple[int, ...]:
    """Return the offsets of a line's words in the value of its key."""
    key = line.unit.removeprefix(_FRONT)
    if key not in source.keys:
        return ()
    begins = source.offset(source.keys[key]) + len(key)
    later = (source.offset(place) for place in source.keys.values())
    ends = min((at for at in later if at > begins), default=source.body)
    out, at = [], begins
    for word in places.words(_PART.join(piece.text for piece in line.pieces)):
        match = re.compile(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])").search(source.text, at, ends)
        out.append(match.start() if match else -1)
        at = match.end() if match else at
    return tuple(out)


class _Word(msgspec.Struct, frozen=True):
    """A word of a line: where it begins and ends in it, and where it stands in the manuscript."""

    start: int
    end: int
    at: int

    @property
    def behind(self) -> int:
        """Where the manuscript goes on behind it."""
        return self.at + self.end - self.start


def _words(text: str, line: Line, starts: Sequence[int]) -> list[_Word]:
    """Return the words of a line whose place is known; none where most are not."""
    found: list[tuple[int, str]] = []
    offset = 0
    for piece in line.pieces:
        found += [(offset + m.start(), m[0]) for m in _WORD.finditer(piece.text)]
        offset += len(piece.text)
    if sum(at >= 0 for at in starts) <= _ENOUGH * len(found):
        return []
    out: list[_Word] = []
    first = next(at for at in starts if at >= 0)
    least = max(text.rfind("\n\n", 0, first), 0)
    for number, ((begins, word), aligned) in enumerate(zip(found, starts, strict=False)):
        at = aligned
        if at < 0:
            after = next((one for one in starts[number:] if one >= 0), least)
            before = out[-1].behind if out else least
            match = re.compile(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])").search(
                text, before, after
            )
            at = match.start() if match else -1
        if at >= 0:
            out.append(_Word(begins, begins + len(word), at))
    return out


def _spans(text: str, line: Line, starts: Sequence[int]) -> Iterator[Span | None]:
    """Yield the place of each sign of a line, whose words begin at ``starts``."""
    shown = line.text
    known = _words(text, line, starts)
    if not known:
        yield from (None for _ in shown)
        return
    yield from _before(text, shown[: known[0].start], known[0].at)
    for number, word in enumerate(known):
        yield from (Span(word.at + n, word.at + n + 1) for n in range(word.end - word.start))
        if number + 1 < len(known):
            after = known[number + 1]
            yield from _between(text, shown[word.end : after.start], word.behind, after.at)
    last = known[-1]
    ends = text.find("\n\n", last.behind)
    yield from _between(text, shown[last.end :], last.behind, ends if ends >= 0 else len(text))


def _before(text: str, gap: str, ends: int) -> list[Span | None]:
    """Return the places of the signs in front of the first word, which stand close to it."""
    out: list[Span | None] = []
    for sign in reversed(gap):
        if sign.isalnum():
            out.append(None)
            continue
        forms = _FORMS.get(sign, (sign,))
        line = text.rfind("\n", 0, ends) + 1
        skipped = text[line:ends].rstrip("*_[~^\\(" if sign != "(" else "*_[~^\\")
        form = next((one for one in forms if skipped.endswith(one)), "")
        if not form:
            out.append(None)
            continue
        end = line + len(skipped)
        out.append(Span(end - len(form), end))
        ends = end - len(form)
    return out[::-1]


def _between(text: str, gap: str, at: int, end: int) -> Iterator[Span | None]:
    """Yield the places of signs that stand between two offsets."""
    closed = {n for m in _MARKUP.finditer(text, at, end) for n in range(*m.span())}
    for sign in gap:
        found = None if sign.isalnum() else _next(text, sign, at, end, closed)
        yield found
        at = found.end if found else at


def _next(text: str, sign: str, at: int, end: int, closed: set[int]) -> Span | None:
    if sign in _WHOLE:
        match = _WHOLE[sign].search(text, at, end)
        return Span(*match.span()) if match else None
    forms = _FORMS.get(sign, (sign,))
    while at < end:
        if at not in closed:
            if sign.isspace():
                white = re.compile(r"\s+|&nbsp;").match(text, at, end)
                if white:
                    return Span(at, white.end())
            for form in forms:
                if text.startswith(form, at) and at + len(form) <= end:
                    return Span(at, at + len(form))
        at += 1
    return None
