"""Which sections of a text share a file of the book.

A reading system begins each file on a new page. A chapter of a book does so in print as well; a
question of three lines would leave a screen empty. Files of a few pages are as fast to open.
"""

from __future__ import annotations

from collections.abc import Sequence

from faircopy.core.model import Kind
from faircopy.writers.html import local
from faircopy.writers.reflowable.sections import Section, named
from faircopy.writers.reflowable.words import count

ENOUGH = 1_500
"""Words after which the next question begins a file of its own: about five pages in print."""


def gather(sections: Sequence[Section], kind: Kind) -> tuple[tuple[Section, ...], ...]:
    """Return the sections that stand in one file together, and name each by its file.

    The title page and each chapter have their own: sections of level 1, and all of a book. Of other
    texts, sections share one until it has enough words.
    """
    files: list[list[Section]] = []
    words = 0
    for section in sections:
        first = not files or files[-1][0].is_opener
        if first or words >= ENOUGH or _is_chapter(section, kind):
            files.append([])
            words = 0
        files[-1].append(section)
        words += count(section.root)
    number = 0
    for file in files:
        number += not file[0].is_opener
        for section in file:
            section.name = section.name if section.is_opener else named(number)
    return tuple(map(tuple, files))


def _is_chapter(section: Section, kind: Kind) -> bool:
    return kind is Kind.BOOK or (section.heading is not None and local(section.heading) == "h1")
