"""Paragraphs that came, went, were split or joined, as edits of the manuscript's text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from faircopy.revision import wording
from faircopy.revision.editing import Both, Edit, in_line
from faircopy.revision.lines import NOTE, Hand, Line, Piece, tokens
from faircopy.revision.placing import Placed, Span
from faircopy.revision.wording import Unwritten

_OPEN = ("text", "heading")
"""Kinds of lines that are blocks of their own wherever they stand."""
_ITEM = re.compile(
    r"[ \t]*(?:>[ \t]?)*(?:[-*+]|\(?\w{1,9}[.)]|\(@[\w-]*\))[ \t]+(?:\[[ xX]\][ \t]+)?"
)
_DEFINED = re.compile(r"\[\^[^\]\s]+\]:[ \t]*")
_BREAK = {"text": "\n\n", "quote": "\n>\n> "}


class Known(msgspec.Struct, frozen=True):
    """A line of the manuscript with its place, and those of its notes."""

    placed: Placed
    notes: tuple[tuple[Placed, ...], ...]

    @property
    def line(self) -> Line:
        """The line itself."""
        return self.placed.line

    @property
    def span(self) -> Span:
        """From the first of its signs to the last.

        Raises:
            Unwritten: none is known.
        """
        if not (known := self.placed.known):
            raise Unwritten
        return Span(known[0].start, known[-1].end)


def came(text: str, old: Sequence[Known], at: int, new: Sequence[Line]) -> Edit:
    """Return the edit that puts new lines between old ones, before the one at ``at``.

    Raises:
        Unwritten: they stand where no block can, or have no Markdown.
    """
    before = old[at - 1] if at else None
    after = old[at] if at < len(old) else None
    said = _shown(new)
    if before is not None and before.line.kind == "item" == new[0].kind:
        start, words = _listed(text, before, new)
    elif before is not None and before.line.kind == "cell" == new[0].kind:
        start, words = _rows(text, before, after, new)
    elif before is not None and before.line.kind == "quote" == new[0].kind:
        start = _end(text, before.span.end)
        words = "".join(f"\n>\n> {_whole(line)}" for line in new)
    else:
        start, words = _blocks(text, before, after, new)
    return Edit(start, start, words, "", said, hand_of(new))


def _blocks(
    text: str, before: Known | None, after: Known | None, new: Sequence[Line]
) -> tuple[int, str]:
    words = "\n\n".join(_block(line) for line in new)
    if before is not None and before.line.kind.split()[0] in _OPEN and _alone(text, before):
        return _end(text, before.span.end), f"\n\n{words}"
    if after is None:
        start = len(text.rstrip())
        return start, f"\n\n{words}"
    if after.line.kind.split()[0] in _OPEN and _alone(text, after):
        return text.rfind("\n", 0, after.span.start) + 1, f"{words}\n\n"
    raise Unwritten


def _alone(text: str, known: Known) -> bool:
    """Whether a line stands at the margin, in nothing that goes on over several lines."""
    if known.line.unit.startswith("opener-"):
        return False
    start = text.rfind("\n", 0, known.span.start) + 1
    return text[start : start + 1] not in (" ", "\t", ">", "|", "+")


def _listed(text: str, before: Known, new: Sequence[Line]) -> tuple[int, str]:
    """Return where and how items stand behind an item, with a mark like its own."""
    start = text.rfind("\n", 0, before.span.start) + 1
    found = _ITEM.match(text, start)
    if found is None:
        raise Unwritten
    end = _item_end(text, before.span.end)
    return end, "".join(f"\n{found[0]}{_whole(line)}" for line in new)


def _rows(text: str, before: Known, after: Known | None, new: Sequence[Line]) -> tuple[int, str]:
    """Return where and how rows stand behind a row of a table whose cells stand between bars."""
    start = text.rfind("\n", 0, before.span.start) + 1
    end = text.find("\n", before.span.end)
    end = end if end >= 0 else len(text)
    wide = _bars(text[start:end])
    ends = after is None or not after.placed.known or after.span.start > end
    if not wide or len(new) % wide or not ends or any(line.kind != "cell" for line in new):
        raise Unwritten
    cells = [_whole(line).replace("|", "\\|") for line in new]
    rows = (cells[at : at + wide] for at in range(0, len(cells), wide))
    return end, "".join(f"\n| {' | '.join(row)} |" for row in rows)


def _bars(row: str) -> int:
    """Return how many cells a row of a table has that stand between bars; 0 for other rows."""
    row = row.strip()
    return len(re.findall(r"(?<!\\)\|", row)) - 1 if row[:1] == "|" == row[-1:] else 0


def _item_end(text: str, at: int) -> int:
    """Return the end of an item's paragraph: before an empty line or the next item."""
    while True:
        end = text.find("\n", at)
        if end < 0:
            return len(text)
        ends = text.find("\n", end + 1)
        following = text[end + 1 : ends if ends >= 0 else len(text)]
        if not following.strip() or _ITEM.match(following):
            return end
        at = end + 1


def _block(line: Line) -> str:
    return wording.block(line, _objects(line))


def _whole(line: Line) -> str:
    return wording.whole(line, _objects(line))


def _objects(line: Line) -> dict[int, str]:
    """Return the Markdown of a line's notes by the positions of the tokens that refer to them."""
    places = (at for at, token in enumerate(tokens(line)) if token.text == NOTE)
    return {at: wording.note(note) for at, note in zip(places, line.notes, strict=True)}


def _end(text: str, at: int) -> int:
    """Return the end of the paragraph that goes on at an offset."""
    found = re.compile(r"\n[ \t]*(?:>[ \t]*)*(?:\n|\Z)|\n(?=:::|\s*\Z)|\Z").search(text, at)
    assert found is not None
    return found.start()


def _shown(lines: Sequence[Line]) -> str:
    return " ¶ ".join(line.key for line in lines)


def hand_of(lines: Sequence[Line]) -> Hand | None:
    """Return whose the first tracked words of lines are."""
    hands = (piece.hand for line in lines for piece in line.pieces if piece.text.strip())
    return next(hands, None)


def went(text: str, gone: Sequence[Known]) -> Iterator[Edit]:
    """Yield the edits that take lines away, with their notes.

    Raises:
        Unwritten: they are part of what stays.
    """
    rows: dict[int, list[Known]] = {}
    for known in gone:
        rows.setdefault(text.rfind("\n", 0, known.span.start) + 1, []).append(known)
    for start, row in rows.items():
        kinds = {one.line.kind for one in row}
        if kinds == {"cell"}:
            edit = _row(text, start, row)
        elif len(row) == 1:
            edit = _paragraph(text, row[0])
        else:
            raise Unwritten
        notes = (gone for one in row for gone in notes_gone(text, one.notes))
        yield msgspec.structs.replace(edit, also=tuple(notes))


def _row(text: str, start: int, row: Sequence[Known]) -> Edit:
    end = text.find("\n", start) + 1 or len(text)
    if _bars(text[start:end]) != len(row):
        raise Unwritten
    return Edit(start, end, "", " | ".join(one.line.key for one in row), "")


def _paragraph(text: str, known: Known) -> Edit:
    if known.line.unit.startswith("opener-"):
        raise Unwritten
    start = text.rfind("\n", 0, known.span.start) + 1
    old = known.line.key
    if known.line.kind == "item":
        return Edit(start, min(_item_end(text, known.span.end) + 1, len(text)), "", old, "")
    end = _end(text, known.span.end)
    if known.line.kind == "pull quote":
        fence = re.compile(r":::+[^\n]*\n\s*\Z").search(text, 0, start)
        closing = re.compile(r"\s*:::+[ \t]*").match(text, end)
        if fence is None or closing is None:
            raise Unwritten
        start, end = fence.start(), closing.end()
    behind = re.compile(r"\n*").match(text, end)
    assert behind is not None
    return Edit(start, behind.end(), "", old, "")


def notes_gone(text: str, notes: Sequence[Sequence[Placed]]) -> Iterator[Edit]:
    """Yield the edits that take away notes that are defined in paragraphs of their own."""
    for note in notes:
        known = [span for placed in note for span in placed.known]
        if not known:
            continue
        start = text.rfind("\n", 0, known[0].start) + 1
        if not _DEFINED.match(text, start):
            continue
        behind = re.compile(r"\n*").match(text, _end(text, known[-1].end))
        assert behind is not None
        yield Edit(start, behind.end(), "", " ".join(one.line.key for one in note), "")


def became(text: str, old: Sequence[Known], new: Sequence[Line]) -> Iterator[Edit]:
    """Yield the edits that make some lines of others: split, joined or both.

    Raises:
        Unwritten: they are not paragraphs that stand one behind another.
    """
    kinds = {one.line.kind for one in old} | {line.kind for line in new}
    if len(kinds) != 1 or not kinds <= set(_BREAK):
        raise Unwritten
    joint = _BREAK[next(iter(kinds))]
    both = Both(_joined(text, old), [n for one in old for n in one.notes], _one(new))
    for edit in in_line(text, both):
        yield msgspec.structs.replace(
            edit,
            text=edit.text.replace(_MARK, joint),
            old=edit.old.replace(_MARK, "¶"),
            new=edit.new.replace(_MARK, "¶"),
        )


_MARK = "\ue00a"


def _one(lines: Sequence[Line]) -> Line:
    """Return lines as one, with a sign for where one ends."""
    pieces: list[Piece] = []
    for at, line in enumerate(lines):
        pieces += [Piece(_MARK)] if at else []
        pieces += line.pieces
    notes = tuple(note for line in lines for note in line.notes)
    return msgspec.structs.replace(lines[0], pieces=tuple(pieces), notes=notes)


def _joined(text: str, old: Sequence[Known]) -> Placed:
    spans: list[Span | None] = []
    for at, one in enumerate(old):
        if at:
            between = Span(old[at - 1].span.end, one.span.start)
            if not re.fullmatch(r"\s*(?:>\s*)*", text[between.start : between.end]):
                raise Unwritten
            spans.append(between)
        spans += one.placed.spans
    return Placed(_one([one.line for one in old]), tuple(spans))
