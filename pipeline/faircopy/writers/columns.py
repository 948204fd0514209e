"""The widths of a table's columns, from what their words need.

Pure, and in whatever unit the caller measures: pixels on a page, em where letters are only counted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

import msgspec

LETTER = 0.54
"""Em that a letter is wide, on the average of the letters and figures of a table's fonts."""
_BREAKS = re.compile(r"[\s\u200b/]+|(?<=-)")
_WIDE = "WF"


class Cell(msgspec.Struct, frozen=True):
    """A cell: its words, and how many columns and rows it takes."""

    text: str
    columns: int = 1
    rows: int = 1


class Needs(msgspec.Struct, frozen=True):
    """What columns need: their longest words, and their longest lines, in em."""

    words: tuple[float, ...]
    lines: tuple[float, ...]


def counted(rows: Iterable[Iterable[Cell]]) -> Needs:
    """Return what the columns of a table need, by the number of letters.

    Cells that take several columns need nothing of their own.
    """
    words: dict[int, float] = {}
    lines: dict[int, float] = {}
    taken: dict[int, int] = {}
    for row in rows:
        at = 0
        left = {column: count - 1 for column, count in taken.items() if count > 1}
        for cell in row:
            while taken.get(at, 0) > 0:
                at += 1
            for column in range(at, at + cell.columns):
                words.setdefault(column, 0.0)
                lines.setdefault(column, 0.0)
                left[column] = cell.rows - 1
            if cell.columns == 1:
                longest = max(map(_word, _BREAKS.split(cell.text)), default=0.0)
                words[at] = max(words[at], longest)
                lines[at] = max(lines[at], _line(cell.text))
            at += cell.columns
        taken = {column: count for column, count in left.items() if count > 0}
    columns = range(len(words))
    return Needs(tuple(words[at] for at in columns), tuple(lines[at] for at in columns))


def shared(need: Sequence[float], wish: Sequence[float], room: float) -> tuple[float, ...]:
    """Return the widths of columns that share ``room``.

    Each gets what its words need, or as much as the widest; what is left goes to the columns by
    what their lines could use.
    """
    least = levelled(need, room)
    most = [max(line, word) for line, word in zip(wish, least, strict=True)]
    spare, wanted = max(0.0, room - sum(least)), sum(most) - sum(least)
    given = min(1.0, spare / wanted) if wanted else 0.0
    found = [low + given * (high - low) for low, high in zip(least, most, strict=True)]
    stretch = max(1.0, room / sum(found)) if sum(found) else 1.0
    return tuple(width * stretch for width in found)


def levelled(widths: Sequence[float], room: float) -> list[float]:
    """Return widths of which none is larger than a level, so that they have ``room``."""
    level = left = max(0.0, room)
    for place, width in enumerate(sorted(widths)):
        level = left / (len(widths) - place)
        if width > level:
            break
        left -= width
    else:
        return list(widths)
    return [min(width, level) for width in widths]


def _line(text: str) -> float:
    return sum(map(_letter, text.strip()))


def _word(word: str) -> float:
    """Return how wide a word is; Chinese is broken between its letters."""
    wide = [letter for letter in word if unicodedata.east_asian_width(letter) in _WIDE]
    return max(map(_letter, wide), default=0.0) if wide else _line(word)


def _letter(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    return 1.0 if unicodedata.east_asian_width(letter) in _WIDE else LETTER
