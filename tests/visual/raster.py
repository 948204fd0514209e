"""A page as a small grid of ink that a person can read and a program can compare.

A picture in git is a black box in a review; here it is text. One character is a cell of the
page, a 48th of its width, and says how much ink is in it, from a space to ``@``. Blocks,
gaps, columns and rules can be seen with the naked eye, words can't.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from PIL import Image, ImageDraw

Grid: TypeAlias = tuple[tuple[int, ...], ...]
"""Rows of ink, 0 to 9."""

COLUMNS = 48
INK = " .:-=+*#%@"
STRENGTH = 30.0
"""Level of a cell that is all black, if there were one: text covers a fifth of its lines."""

STEP = 2
"""Levels by which a cell must differ to count: below are another hinting or rounding."""

ALLOWED = 4
"""Cells of a page that may differ: less than a word takes."""

_HEAD = "=== page "
_PIXELS = 10
_GAP = 16


def grid(picture: Image.Image) -> Grid:
    """Return the ink of a picture, as many rows as its proportions ask for."""
    width, height = picture.size
    rows = max(1, round(COLUMNS * height / width))
    small = picture.convert("L").resize((COLUMNS, rows), Image.Resampling.BOX)
    ground = _ground(picture)
    levels = [
        min(len(INK) - 1, round(abs(ground - value) / 255 * STRENGTH)) for value in small.tobytes()
    ]
    return tuple(tuple(levels[at : at + COLUMNS]) for at in range(0, len(levels), COLUMNS))


def _ground(picture: Image.Image) -> int:
    """Return the shade of the paper: the most frequent one."""
    counts = picture.convert("L").histogram()
    return counts.index(max(counts))


def text(pages: Sequence[Grid]) -> str:
    """Return pages as text, each under a head line; blanks at the ends of lines are left out."""
    return "".join(
        f"{_HEAD}{number} of {len(pages)}\n"
        + "".join("".join(INK[cell] for cell in row).rstrip() + "\n" for row in page)
        for number, page in enumerate(pages, 1)
    )


def read(written: str) -> tuple[Grid, ...]:
    """Return the pages of a text that ``text`` wrote."""
    pages: list[list[tuple[int, ...]]] = []
    for line in written.splitlines():
        if line.startswith(_HEAD):
            pages.append([])
        else:
            pages[-1].append(tuple(map(INK.index, line.ljust(COLUMNS))))
    return tuple(map(tuple, pages))


def differing(before: Grid, after: Grid) -> set[tuple[int, int]]:
    """Return the cells (row, column) that differ; rows that one page lacks are empty there."""
    rows = max(len(before), len(after))
    return {
        (y, x)
        for y in range(rows)
        for x in range(COLUMNS)
        if abs(_cell(before, y, x) - _cell(after, y, x)) >= STEP
    }


def _cell(page: Grid, y: int, x: int) -> int:
    return page[y][x] if y < len(page) else 0


def changed(before: Sequence[Grid], after: Sequence[Grid]) -> list[int]:
    """Return the numbers, from 1, of pages that look different or are on one side only."""
    both = range(1, min(len(before), len(after)) + 1)
    found = [n for n in both if len(differing(before[n - 1], after[n - 1])) > ALLOWED]
    return [*found, *range(len(both) + 1, max(len(before), len(after)) + 1)]


def show(
    folder: Path,
    name: str,
    before: Sequence[Grid],
    after: Sequence[Grid],
    real: Sequence[Image.Image],
) -> Iterator[Path]:
    """Write a picture for each changed page, before, after and the difference; yield its path."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in changed(before, after):
        old = before[number - 1] if number <= len(before) else ()
        new = after[number - 1] if number <= len(after) else ()
        rows = max(len(old), len(new))
        size = (COLUMNS * _PIXELS, rows * _PIXELS)
        page = Image.new("RGB", size, "white")
        if number <= len(real):
            page.paste(real[number - 1].convert("RGB").resize((size[0], len(new) * _PIXELS)))
        pale = Image.blend(page, Image.new("RGB", size, "white"), 0.4)
        marked = pale.copy()
        pen = ImageDraw.Draw(marked)
        for y, x in differing(old, new):
            came = _cell(new, y, x) > _cell(old, y, x)
            pen.rectangle(_square(y, x), fill="#c8102e" if came else "#0057b7")
        marked = Image.blend(pale, marked, 0.5)
        path = folder / f"{name}-page-{number}.png"
        _beside((_drawn(old, size), page, marked)).save(path)
        yield path


def _drawn(page: Grid, size: tuple[int, int]) -> Image.Image:
    picture = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(picture)
    for y, row in enumerate(page):
        for x, ink in enumerate(row):
            shade = 255 - ink * 255 // (len(INK) - 1)
            pen.rectangle(_square(y, x), fill=(shade, shade, shade))
    return picture


def _square(y: int, x: int) -> tuple[int, int, int, int]:
    return (x * _PIXELS, y * _PIXELS, (x + 1) * _PIXELS - 1, (y + 1) * _PIXELS - 1)


def _beside(pictures: Iterable[Image.Image]) -> Image.Image:
    given = list(pictures)
    width = sum(item.width + _GAP for item in given) - _GAP
    sheet = Image.new("RGB", (width, max(item.height for item in given)), "#808080")
    left = 0
    for item in given:
        sheet.paste(item, (left, 0))
        left += item.width + _GAP
    return sheet
