"""Work grows with the text and no faster: what is twice as long takes twice the calls.

Counted are calls of functions, Python's and C's, not seconds: a busy machine changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from faircopy import manuscript
from faircopy.core.model import Publication
from faircopy.publish import jobs
from faircopy.theme import load
from faircopy.writers import FORMATS, Options
from faircopy.writers.pdf import memory
from weasyprint import HTML

from tests.counting import calls, grows_evenly
from tests.manuscript.photographs import png

FRONT = "---\ntitle: T\nlang: en\n---\n\n"
LINE = "The reed that bends outlives many storms by the river"
SIZES = (1, 2, 4, 8)
KINDS: dict[str, Callable[[int], str]] = {
    "words of a paragraph": lambda n: f"{LINE}\n" * 20 * n,
    "paragraphs": lambda n: "".join(f"{LINE} {i}.\n\n" for i in range(8 * n)),
    "headings": lambda n: "".join(f"# Part {i}\n\n{LINE}.\n\n" for i in range(5 * n)),
    "notes": lambda n: "".join(
        f"{f'{LINE} ' * 6}[^{i}]\n\n[^{i}]: Note {i}.\n\n" for i in range(6 * n)
    ),
    "cells": lambda n: "| a | b | c |\n|---|---|---|\n" + "| x | y | z |\n" * 8 * n,
    "items": lambda n: "".join(f"- Item {i}\n" for i in range(8 * n)),
    "lines of verse": lambda n: "".join(f"| Line {i}\n" for i in range(8 * n)),
    "codes": lambda n: "`a``b *c* " * 15 * n + "\n",
    "letters of a word": lambda n: f"a {'nevertheless' * 60 * n} b\n",
    "pictures": lambda n: "![A reed](a.png)\n\n" * 4 * n,
}
IN_PAGES = ("paragraphs", "notes", "cells", "letters of a word")
"""What is also set in pages, which takes far more calls than all else."""
THEME = load("theme")


def read(folder: Path, text: str) -> Publication:
    (folder / "manuscript.md").write_text(FRONT + text)
    return manuscript.read(folder, name="m")


def made(name: str, publication: Publication) -> None:
    row = next(row for row in FORMATS if row.name == name)
    options = Options(page="a5" if row.paged else "")
    jobs.make(
        jobs.Task(format=row, publication=jobs.pack(publication), theme=THEME, options=options)
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *(("read", kind) for kind in KINDS if kind != "letters of a word"),  # it is one to read
        *((name, "all") for name in ("docx", "epub", "bundle")),
        *(("pdf", kind) for kind in IN_PAGES),
    ],
)
def test_twice_as_much_takes_twice_the_work(name: str, kind: str, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png())
    took = []
    for size in SIZES:
        text = "".join(f"{KINDS[one](size)}\n" for one in (KINDS if kind == "all" else [kind]))
        publication = read(tmp_path, text)
        work = partial(read, tmp_path, text) if name == "read" else partial(made, name, publication)
        took.append(calls(work))
    assert grows_evenly(took), took


@pytest.mark.slow
@pytest.mark.parametrize("part", ["strengths", "9-7-8-", "a.", "水是"])
def test_a_word_twice_as_long_takes_twice_the_work_to_be_broken_into_lines(part: str) -> None:
    """Of paragraphs that we do not set, by WeasyPrint: it tried each hyphen with all before it."""
    memory.install()

    def laid_out(size: int) -> None:
        style = "width: 200px; font-size: 12px; hyphens: auto; overflow-wrap: break-word"
        HTML(string=f'<p lang="en" style="{style}">{part * (500 // len(part) * size)}').render()

    laid_out(1)
    took = [calls(partial(laid_out, size)) for size in SIZES]
    assert grows_evenly(took), took


def test_what_grows_with_the_square_is_seen() -> None:
    def pairs(size: int) -> None:
        for _ in range(size):
            list(map(abs, range(size)))
            for _ in range(size):
                abs(size)

    assert not grows_evenly([calls(partial(pairs, 20 * size)) for size in SIZES])
