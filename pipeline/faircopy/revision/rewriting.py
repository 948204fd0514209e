"""A whole line written anew, where the least edits cannot say what it became."""

from __future__ import annotations

import re
from collections.abc import Iterator

from faircopy.revision import aligning, wording
from faircopy.revision.editing import Edit
from faircopy.revision.lines import NOTE, THING, Line, tokens
from faircopy.revision.shifting import Known, hand_of
from faircopy.revision.wording import Unwritten

_PREFIX = re.compile(r"[ \t]*(?:>[ \t]?)*(?:(?:[-*+]|\(?\w{1,9}[.)])[ \t]+)?")
_OPENS = "*_~^[`\\\"'“‘("
_CLOSES = re.compile(
    r"(?:[*_~^`\"'”’]+|\](?:\([^)\n]*\)|\[[^\]\n]*\])?(?:\{[^}\n]*\})?|\{[^}\n]*\}(?=\S))*"
)


def anew(text: str, old: Known, new: Line) -> Iterator[Edit]:
    """Yield the edit that writes a whole line anew; notes and pictures that stay are kept as is.

    Raises:
        Unwritten: its place is not known, or something in it has no Markdown.
    """
    if old.line.kind == "code":
        raise Unwritten
    if old.line.unit.startswith("opener-"):
        yield _in_front(text, old, new)
        return
    start, end = old.span.start, old.span.end
    line = text.rfind("\n", 0, start) + 1
    prefix = _PREFIX.match(text, line)
    least = prefix.end() if prefix and prefix.end() <= start else line
    while start > least and text[start - 1] in _OPENS:
        start -= 1
    closing = _CLOSES.match(text, end)
    end = closing.end() if closing else end
    words = wording.whole(new, _carried(text, old, new))
    yield Edit(start, end, words, old.line.key, new.key, hand_of([new]))


def _in_front(text: str, old: Known, new: Line) -> Edit:
    """Return the edit that writes a value of the front matter anew, between single quotes.

    Raises:
        Unwritten: the value is no text alone, such as a list.
    """
    key = old.line.unit.removeprefix("opener-")
    keys = re.compile(rf"(?m)^{re.escape(key)}[ \t]*:[ \t]*").finditer(text, 0, old.span.start)
    begins = max((match.end() for match in keys), default=-1)
    ends = re.compile(r"\n(?=\S)").search(text, old.span.end)
    if begins < 0 or ends is None or re.match(r"\s*(?:- |[\[{])", text[begins:]):
        raise Unwritten
    words = f"'{wording.whole(new).replace(chr(39), chr(39) * 2)}'"
    return Edit(begins, ends.start(), words, old.line.key, new.key, hand_of([new]))


def _carried(text: str, old: Known, new: Line) -> dict[int, str]:
    """Return what notes, pictures and formulas of a line are, by their tokens' positions."""
    before, after = tokens(old.line), tokens(new)
    if sum(one.text == THING for one in before) > sum(one.text == THING for one in after):
        raise Unwritten
    kept: dict[int, int] = {}
    a = c = 0
    ends = aligning.Pair(len(before), len(before), len(after), len(after))
    for one in [*aligning.changes(before, after), ends]:
        kept |= zip(range(c, one.c), range(a, one.a), strict=True)
        a, c = one.b, one.d
    out: dict[int, str] = {}
    notes = iter(new.notes)
    for at, token in enumerate(after):
        if token.text not in (NOTE, THING):
            continue
        note = next(notes) if token.text == NOTE else None
        if at in kept:
            span = old.placed.spans[before[kept[at]].start]
            if span is None:
                raise Unwritten
            out[at] = text[span.start : span.end]
        elif note is not None:
            out[at] = wording.note(note)
    return out
