"""What changed in lines, as edits of the manuscript's text: the fewest signs that say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec

from faircopy.revision import aligning, wording
from faircopy.revision.aligning import Pair
from faircopy.revision.lines import NOTE, THING, Hand, Line, Look, Looks, Token, tokens
from faircopy.revision.placing import Placed, Span
from faircopy.revision.wording import Unwritten

_UNSAFE = re.compile(r"""[:#'"\\]|^[-?&*!|>%@`\[{]""")
"""What says something in YAML where a text goes on without quotes, or with them."""
_MARKS = {
    Look.EMPH: ("*", "_"),
    Look.STRONG: ("**", "__"),
    Look.STRIKE: ("~~",),
    Look.SUPER: ("^",),
    Look.SUB: ("~",),
    Look.CODE: ("`",),
}


class Edit(msgspec.Struct, frozen=True):
    """One change: the text from ``start`` to ``end`` of the manuscript gives way to ``text``.

    ``old`` and ``new`` are the words that a reader sees of it, ``hand`` who made it (None where no
    change was tracked), ``line`` the position of the line that it belongs to in what came back.
    ``also`` are edits elsewhere that are one with it, as of a note that nothing refers to any more.
    """

    start: int
    end: int
    text: str
    old: str
    new: str
    hand: Hand | None = None
    line: int = -1
    also: tuple[Edit, ...] = ()

    @property
    def parts(self) -> tuple[Edit, ...]:
        """The edit itself, and those that belong to it."""
        return (msgspec.structs.replace(self, also=()), *self.also)


class Both(NamedTuple):
    """A line that became another: as it is placed, with its notes as they are, and as it came."""

    placed: Placed
    notes: Sequence[Sequence[Placed]]
    line: Line


def in_line(text: str, both: Both) -> Iterator[Edit]:
    """Yield the edits of a line that became another, its notes' among them.

    Raises:
        Unwritten: what changed cannot be said where it stands.
    """
    old, new = tokens(both.placed.line), tokens(both.line)
    found = aligning.changes(old, new)
    for change in found:
        if _is_thing_lost(old[change.a : change.b], new[change.c : change.d]):
            continue
        edit = _edit(text, both, old, new, change)
        if both.placed.line.unit.startswith("opener-") and _UNSAFE.search(edit.text):
            raise Unwritten
        yield edit
    yield from _level(text, both)
    yield from _notes(text, both, _kept(old, new, found))


def _is_thing_lost(gone: Sequence[Token], come: Sequence[Token]) -> bool:
    """Whether nothing but a picture or a formula went: a program may have lost it; it is told."""
    words = {one.text for one in (*gone, *come) if one.text.strip()}
    return words == {THING} and not any(one.text == THING for one in come)


def _kept(
    old: Sequence[Token], new: Sequence[Token], found: Sequence[Pair]
) -> list[tuple[int, int]]:
    """Return the positions of tokens that stayed, in the old and the new line."""
    out: list[tuple[int, int]] = []
    a = c = 0
    for one in [*found, Pair(len(old), len(old), len(new), len(new))]:
        out += zip(range(a, one.a), range(c, one.c), strict=True)
        a, c = one.b, one.d
    return out


def _edit(text: str, both: Both, old: Sequence[Token], new: Sequence[Token], change: Pair) -> Edit:
    gone, come = old[change.a : change.b], new[change.c : change.d]
    objects = _objects(both.line, new, change)
    if gone:
        start, end = _range(text, both.placed, gone, come)
        looks, link = _around(gone, come)
    else:
        start, looks, link = _between(both.placed, old, change, come)
        end = start
    words = wording.wording(come, looks, link, objects)
    return Edit(start, end, words, _said(gone), _said(come), _hand(come))


def _said(found: Sequence[Token]) -> str:
    return "".join(one.text for one in found).replace(NOTE, "[note]").replace(THING, "[picture]")


def _hand(come: Sequence[Token]) -> Hand | None:
    return next((one.hand for one in come if one.hand is not None), None)


def _objects(line: Line, new: Sequence[Token], change: Pair) -> dict[int, str]:
    """Return the Markdown of the notes that are new in a line, by their places in the change."""
    number = sum(one.text == NOTE for one in new[: change.c])
    out = {}
    for at, token in enumerate(new[change.c : change.d]):
        if token.text == NOTE:
            out[at] = wording.note(line.notes[number])
            number += 1
    return out


def _range(
    text: str, placed: Placed, gone: Sequence[Token], come: Sequence[Token]
) -> tuple[int, int]:
    """Return from where to where tokens are written.

    Raises:
        Unwritten: it is not known, or there is markup among them that they do not hold whole.
    """
    spans = placed.spans[gone[0].start : gone[-1].end]
    if any(span is None for span in spans) or not spans:
        raise Unwritten
    known = [span for span in spans if span is not None]
    clean = all(one.end == other.start for one, other in pairwise(known))
    looks = {one.looks for one in gone if one.text.strip()}
    start, end = known[0].start, known[-1].end
    lost = (gone[0].looks if gone else frozenset()) - _shared(come)
    if len(looks) <= 1 and clean and not (lost and come):
        return start, end
    if len(looks) == 1 and clean:
        return _unmarked(text, start, end, lost)
    raise Unwritten


def _shared(come: Sequence[Token]) -> Looks:
    found = [one.looks for one in come if one.text.strip()]
    return frozenset.intersection(*found) if found else frozenset()


def _unmarked(text: str, start: int, end: int, lost: Looks) -> tuple[int, int]:
    """Return the range with the marks of the looks that its words lose.

    Raises:
        Unwritten: they stand elsewhere.
    """
    for look in sorted(lost, key=lambda look: len(_MARKS.get(look, ("",))[0])):
        for mark in _MARKS.get(look, ()):
            if text[:start].endswith(mark) and text.startswith(mark, end):
                start, end = start - len(mark), end + len(mark)
                break
        else:
            raise Unwritten
    return start, end


def _around(gone: Sequence[Token], come: Sequence[Token]) -> tuple[Looks, str]:
    """Return the look and link of what is around tokens, once what they lose is taken away."""
    first = next((one for one in gone if one.text.strip()), gone[0])
    links = {one.link for one in gone if one.text.strip()}
    if len(links) > 1 or (first.link and any(one.link != first.link for one in come)):
        raise Unwritten
    return (first.looks & _shared(come) if come else first.looks), first.link


def _between(
    placed: Placed, old: Sequence[Token], change: Pair, come: Sequence[Token]
) -> tuple[int, Looks, str]:
    """Return where new tokens stand between old ones, and the look of what is around them.

    Raises:
        Unwritten: it is not known.
    """
    before = old[change.a - 1] if change.a else None
    after = old[change.a] if change.a < len(old) else None
    looks = {(one.looks, one.link) for one in come if one.text.strip()} or {(frozenset(), "")}
    choices: list[tuple[Token, Span | None, bool]] = []
    if before is not None:
        choices.append((before, placed.spans[before.end - 1], True))
    if after is not None:
        choices.append((after, placed.spans[after.start], False))
    known = [(token, span, ends) for token, span, ends in choices if span is not None]
    best = next((one for one in known if looks == {(one[0].looks, one[0].link)}), None)
    best = best or next((one for one in known if not one[0].looks and not one[0].link), None)
    if best is None:
        raise Unwritten
    token, span, ends = best
    return (span.end if ends else span.start), token.looks, token.link


_HEADING = re.compile(r"(#{1,6})[ \t]+")
_ATTRIBUTES = re.compile(r"(?<![ \t])[ \t]*+(?:(?<!#)#++[ \t]*+)?\{[^{}\n]*+\}[ \t]*+$")
"""The end of a heading's line; blanks and signs are looked at from their first alone."""


def _level(text: str, both: Both) -> Iterator[Edit]:
    """Yield what makes a heading of a paragraph, a paragraph of a heading, or changes its level.

    Raises:
        Unwritten: one of the two is neither, or the heading is not written with ``#``.
    """
    was, now = both.placed.line.kind, both.line.kind
    if was == now or not _counts(was, now):
        return
    if not both.placed.known or not {_sort(was), _sort(now)} <= {"text", "heading"}:
        raise Unwritten
    start = text.rfind("\n", 0, both.placed.known[0].start) + 1
    found = _HEADING.match(text, start)
    if (found is None) != (_sort(was) == "text"):
        raise Unwritten
    level = int(now.split()[1]) if _sort(now) == "heading" else 0
    marks = f"{'#' * level} " if level else ""
    says = (was.replace("text", "paragraph"), now.replace("text", "paragraph"))
    end = found.end() if found else start
    ends = text.find("\n", end)
    tail = _ATTRIBUTES.search(text, end, ends if ends >= 0 else len(text))
    also = (Edit(tail.start(), tail.end(), "", "", ""),) if tail and not level else ()
    yield Edit(start, end, marks, f"[{says[0]}]", f"[{says[1]}]", also=also)


def _sort(kind: str) -> str:
    return kind.split(maxsplit=1)[0]


def _counts(was: str, now: str) -> bool:
    """Whether a change of kinds is one of the text: a title's or a cell's style says nothing."""
    kinds = {"text", "heading", "item", "quote"}
    return _sort(was) in kinds and _sort(now) in kinds


def _notes(text: str, both: Both, kept: Sequence[tuple[int, int]]) -> Iterator[Edit]:
    """Yield the edits of the notes that a line referred to before and after."""
    old, new = tokens(both.placed.line), tokens(both.line)
    stays = dict(kept)
    number = {at: n for n, at in enumerate(i for i, one in enumerate(new) if one.text == NOTE)}
    notes = [at for at, one in enumerate(old) if one.text == NOTE]
    for which, at in enumerate(notes):
        if at not in stays:
            continue
        was, now = both.notes[which], both.line.notes[number[stays[at]]]
        if len(was) != len(now):
            raise Unwritten
        for one, other in zip(was, now, strict=True):
            yield from in_line(text, Both(one, (), other))
