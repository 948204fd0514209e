"""A Word edition of ours that came back edited, as edits of the manuscript that it was made from.

Both are read as lines, their words are aligned, and each change becomes the smallest edit of the
manuscript's text that says it. Whoever calls reads the text again and holds it against the file.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

import msgspec

from faircopy.core.model import Publication
from faircopy.manuscript.source import Source
from faircopy.revision import aligning, rewriting, shifting, written
from faircopy.revision.aligning import Pair
from faircopy.revision.editing import Both, Edit, in_line
from faircopy.revision.lines import NOTE, QUOTES, Line, every, tokens
from faircopy.revision.placing import Placed, placed
from faircopy.revision.returned import Gone, Returned
from faircopy.revision.shifting import Known
from faircopy.revision.wording import Unwritten


class Unplaced(msgspec.Struct, frozen=True):
    """What could not be put into the manuscript: the words before and after, and where."""

    old: str
    new: str
    paragraph: int = 0


class Revised(msgspec.Struct, frozen=True):
    """The edits of a text, in order, and what found no place."""

    edits: tuple[Edit, ...]
    unplaced: tuple[Unplaced, ...]


def revise(base: Publication, back: Returned, anew: frozenset[int] = frozenset()) -> Revised:
    """Return what was changed in a file, as edits of the manuscript that it was made from.

    ``anew`` are positions of returned lines that are to be written as a whole.
    """
    source = Source(base.source_path, base.source)
    old = _known(source, written.lines(base))
    edits: list[Edit] = []
    unplaced: list[Unplaced] = []
    for pair in aligning.pairs([one.line for one in old], back.lines):
        try:
            found = list(_edits(source.text, old, back.lines, pair, anew))
        except Unwritten:
            was = " ¶ ".join(one.line.key for one in old[pair.a : pair.b])
            new = " ¶ ".join(line.key for line in back.lines[pair.c : pair.d])
            number = back.lines[pair.c].number if pair.c < len(back.lines) else 0
            unplaced.append(Unplaced(was, new, number))
            continue
        edits += [_signed(one, pair, back.gone) for one in found]
    edits.sort(key=lambda one: (one.start, one.end))
    return Revised(tuple(edits), tuple(unplaced))


def _known(source: Source, lines: Sequence[Line]) -> list[Known]:
    """Return lines with their places, and those of their notes."""
    flat = iter(placed(source, list(every(lines))))

    def nest(line: Line) -> tuple[Placed, tuple[tuple[Placed, ...], ...]]:
        own = next(flat)
        return own, tuple(tuple(nest(one)[0] for one in note) for note in line.notes)

    return [Known(*nest(line)) for line in lines]


def _edits(
    text: str, old: Sequence[Known], new: Sequence[Line], pair: Pair, anew: frozenset[int]
) -> Iterator[Edit]:
    """Yield the edits of a pair.

    Raises:
        Unwritten: there is no way to say it in the manuscript.
    """
    was, now = old[pair.a : pair.b], new[pair.c : pair.d]
    if not was:
        yield shifting.came(text, old, pair.a, now)
    elif not now:
        yield from shifting.went(text, was)
    elif len(was) == 1 == len(now):
        yield from _one(text, was[0], now[0], whole=pair.c in anew)
    else:
        yield from shifting.became(text, was, now)


def _one(text: str, was: Known, now: Line, *, whole: bool) -> list[Edit]:
    """Return the edits of a line that became another.

    Raises:
        Unwritten: there is no way to say it in the manuscript.
    """
    both = Both(was.placed, was.notes, now)
    if not whole:
        try:
            found = list(in_line(text, both))
        except Unwritten:
            whole = True
    if whole:
        found = list(rewriting.anew(text, was, now))
    gone = tuple(_notes_gone(text, was, now))
    if gone and found:
        with_note = (at for at, one in enumerate(found) if "[note]" in one.old)
        at = next(with_note, 0)
        found[at] = msgspec.structs.replace(found[at], also=(*found[at].also, *gone))
    return found


def _notes_gone(text: str, was: Known, now: Line) -> Iterator[Edit]:
    """Yield the edits that take away the definitions of notes that nothing refers to any more."""
    old, new = tokens(was.line), tokens(now)
    gone = {at for one in aligning.changes(old, new) for at in range(one.a, one.b)}
    notes = [at for at, one in enumerate(old) if one.text == NOTE]
    lost = [was.notes[n] for n, at in enumerate(notes) if at in gone]
    yield from shifting.notes_gone(text, lost)


def _signed(edit: Edit, pair: Pair, gone: Sequence[Gone]) -> Edit:
    """Return an edit with whose it is, as far as a tracked change says it, and its line."""
    hand = edit.hand
    old = " ".join(edit.old.split())
    if hand is None and old:
        words = ((" ".join(one.text.split()), one.hand) for one in gone)
        hand = next((whose for text, whose in words if text and (old in text or text in old)), None)
    return msgspec.structs.replace(edit, hand=hand, line=pair.c)


class Difference(msgspec.Struct, frozen=True):
    """Where a manuscript and a file do not say the same: the lines of both, with their looks.

    ``lines`` are the positions of the file's lines that they belong to.
    """

    manuscript: tuple[str, ...]
    file: tuple[str, ...]
    lines: tuple[int, ...]


def differences(publication: Publication, back: Returned) -> list[Difference]:
    """Return where a manuscript's Word edition would differ from a file, in words or looks."""
    mine = [spelt(line) for line in every(written.lines(publication))]
    lines = list(every(back.lines))
    theirs = [spelt(line) for line in lines]
    above = [at for at, line in enumerate(back.lines) for _ in every([line])]
    matched = difflib.SequenceMatcher(None, mine, theirs, autojunk=False)
    return [
        Difference(tuple(mine[a:b]), tuple(theirs[c:d]), tuple(dict.fromkeys(above[c:d])))
        for kind, a, b, c, d in matched.get_opcodes()
        if kind != "equal"
    ]


_KINDS = frozenset(("heading", "item", "quote", "text"))


def spelt(line: Line) -> str:
    """Return a line as it is compared: its kind, where that counts, its words and their looks."""
    kind = line.kind if line.kind.split()[0] in _KINDS else ""
    out: list[str] = []
    held: tuple[object, ...] = ()
    for token in tokens(line):
        look = (*sorted(token.looks), token.link if "://" in token.link else "")
        if token.text.isspace():
            out.append(" ")
            continue
        if look != held:
            out.append(f"⟨{', '.join(filter(None, look))}⟩")
            held = look
        out.append(token.text.translate(QUOTES))
    return f"{kind}: {' '.join(''.join(out).split())}"
