"""Edits as a patch of the manuscript's own lines, in the form that ``git apply`` reads."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

import msgspec

from faircopy.revision.editing import Edit
from faircopy.revision.merging import merged

_BESIDE = 60
"""How many signs of a change are shown in one line."""


def unified(before: str, after: str, path: str) -> str:
    """Return the patch that makes one text of the other, without lines that stay."""
    lines = before.splitlines(keepends=True), after.splitlines(keepends=True)
    out: list[str] = []
    for line in difflib.unified_diff(*lines, f"a/{path}", f"b/{path}", n=0):
        out.append(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")
    return "".join(out)


def said(edit: Edit) -> str:
    """Return an edit in words: what was there, and what is."""
    old, new = _short(edit.old), _short(edit.new)
    if old == new:
        return f"“{old}” becomes {_short(edit.text)}"
    if old and new:
        return f"“{old}” → “{new}”"
    return f"“{new}” added" if new else f"“{old}” taken out"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _BESIDE else f"{text[: _BESIDE - 1]}…"


def chosen(
    edits: Sequence[Edit], only: str = "", take: frozenset[int] = frozenset(),
    leave: frozenset[int] = frozenset(),
) -> list[Edit]:  # fmt: skip
    """Return the edits that are wanted, by their numbers from 1 and by their author."""
    return [
        one
        for number, one in enumerate(edits, start=1)
        if (not take or number in take)
        and number not in leave
        and (not only or (one.hand is not None and one.hand.author == only))
    ]


def on_disk(data: bytes, text: str, edits: Sequence[Edit]) -> bytes:
    """Return a file with edits of its text made, and every other byte as it was.

    ``text`` is what was read of it: with line feeds only, and without a byte order mark.
    """
    raw = data.decode()
    plain = raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if plain != text:  # a line break of another program's, or code that was mended to be read
        edits = merged(text, plain, edits).edits
    if plain == raw:
        return applied(raw, edits).encode()
    where = [at for at, sign in enumerate(raw) if sign != "\r" or raw[at + 1 : at + 2] != "\n"]
    where = [*where[raw.startswith("\ufeff") :], len(raw)]
    ends = "\r\n" if "\r\n" in raw else "\n"
    moved = [
        msgspec.structs.replace(
            one, start=where[one.start], end=where[one.end], text=one.text.replace("\n", ends)
        )
        for edit in edits
        for one in edit.parts
    ]
    return applied(raw, moved).encode()


def applied(text: str, edits: Sequence[Edit]) -> str:
    """Return a text with edits made; of two that meet the later is left."""
    out: list[str] = []
    at = 0
    parts = sorted((p for one in edits for p in one.parts), key=lambda p: (p.start, p.end))
    for one in parts:
        if one.start < at:
            continue
        out += [text[at : one.start], one.text]
        at = one.end
    return "".join([*out, text[at:]])
