"""Who speaks in a transcript: names before a colon, or short ones before a dash."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, MutableMapping, Sequence

from faircopy.core import ast
from faircopy.core.ast import Block, Inlines
from faircopy.intake.reading import Laid
from faircopy.manuscript.turns import Label, label

_FEWEST = 2
_TURNS = 4
_SHARE = 0.3
"""Of a transcript's paragraphs this many begin a turn, or more."""
_SHORT = re.compile(r"[A-ZÀ-ÞΑ-ΩА-Я][\w.]{0,11}")
_DASHES = ("-", "–", "—")
_MARKED = re.compile(r"[\d\[(•]")


def speakers(laid: Sequence[Laid]) -> dict[str, str]:
    """Return who speaks in a transcript, by names in lower case; nobody where it is none."""
    found = [one for one in (_label(item.block) for item in laid) if one is not None]
    shown = {one.name: one.shown for one in reversed(found)}
    return {name: shown[name] for name in _names([one.name for one in found], laid)}


def _names(found: Sequence[str], laid: Sequence[Laid]) -> list[str]:
    """Return the names that are often enough there, if together they make a transcript."""
    counts = Counter(found)
    names = [name for name, n in counts.items() if n >= _FEWEST and not _MARKED.match(name)]
    turns = sum(counts[name] for name in names)
    texts = sum(isinstance(item.block, ast.Para) for item in laid)
    return names if len(names) >= _FEWEST and turns >= max(_TURNS, _SHARE * texts) else []


def _label(block: Block) -> Label | None:
    return label(block.inlines) if isinstance(block, ast.Para) else None


def named(one: Laid, known: Mapping[str, str], mended: Counter[str]) -> Laid:
    """Return a paragraph whose speaker is named with the name in bold."""
    found = _label(one.block)
    if found is None or found.name not in known or not found.plain:
        return one
    if ast.text(found.inlines).isupper():
        return one
    mended["names of speakers set in bold"] += 1
    return Laid(ast.Para((ast.Strong(found.inlines), *found.rest)), one.number)


def colons(
    laid: Sequence[Laid], marks: MutableMapping[int, tuple[str, str]], mended: Counter[str]
) -> list[Laid]:
    """Return blocks with a colon behind speakers that a dash stands behind: ``Q – Why?``.

    ``marks`` gets what stood at the beginnings of paragraphs, and what stands there now.
    """
    names = set(_names([name for item in laid if (name := _dashed(item))], laid))
    out: list[Laid] = []
    for item in laid:
        name = _dashed(item)
        if name not in names:
            out.append(item)
            continue
        assert isinstance(item.block, ast.Para)
        dash = ast.text(item.block.inlines[2:3])
        marks[item.number] = (f"{name} {dash}", f"{name}:")
        rest: Inlines = item.block.inlines[3:]
        out.append(Laid(ast.Para((ast.Strong((ast.Str(f"{name}:"),)), *rest)), item.number))
        mended["dashes behind speakers made colons"] += 1
    return out


def begins_turn(one: Laid) -> bool:
    """Whether a paragraph begins as a speaker's does."""
    return _label(one.block) is not None or bool(_dashed(one))


def _dashed(one: Laid) -> str:
    """Return the short name that a paragraph begins with, if a dash stands behind it."""
    if not isinstance(one.block, ast.Para) or not one.number or len(one.block.inlines) < 5:
        return ""
    first, gap, dash, behind = one.block.inlines[:4]
    if not (isinstance(first, ast.Str) and isinstance(dash, ast.Str) and dash.c in _DASHES):
        return ""
    spaced = isinstance(gap, ast.Space) and isinstance(behind, ast.Space)
    return first.c if spaced and _SHORT.fullmatch(first.c) else ""
