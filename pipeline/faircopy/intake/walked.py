"""The nouns of a walk over a Word file: what it goes over, takes, leaves and meets."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from faircopy.intake.names import Element, value
from faircopy.intake.styles import Styles


class Why(StrEnum):
    """Why words of the file are not in the manuscript, as an editor reads it."""

    HIDDEN = "hidden text"
    DELETED = "tracked changes: words that were deleted"
    INSERTED = "tracked changes: words that were inserted"
    HEADER = "headers and footers: each edition makes its own"
    CONTENTS = "a table of contents: each edition makes its own"
    PLACEHOLDER = "empty fields to be filled in"
    TWICE = "a second form of the same drawing, for older programs"
    DRAWING = "words in a drawing, a chart or WordArt"
    FORMULA = "formulas, taken as formulas"
    MARK = "marks of notes, which each edition makes itself"
    ALONE = "notes that nothing refers to"
    COMMENT = "comments"
    NAVIGATION = "the navigation of a web page"
    BLOCKS = "building blocks, which are no part of the text"
    HTML = "HTML that is broken"
    TYPED = "typed marks, now made by the list, the break or the turn"


class Left(msgspec.Struct, frozen=True):
    """Words that are left out: why, which, and in which paragraph (0: in none of the text)."""

    why: Why
    text: str
    paragraph: int = 0


class Passage(msgspec.Struct, frozen=True):
    """A paragraph's words, with those of its notes where they are referred to.

    ``number`` counts the file's paragraphs from 1, in its order; ``notes``
    are those words of the text that are its notes'.
    """

    number: int
    text: str
    notes: tuple[str, ...] = ()


class Comment(msgspec.Struct, frozen=True):
    """A comment: what it says, who and when, and the words that it hangs on, in a paragraph.

    ``replies`` are the answers to it in their order, each signed; ``settled`` is a thread that
    somebody has closed in Word.
    """

    id: str
    said: str
    author: str
    date: str
    about: str = ""
    paragraph: int = 0
    replies: tuple[str, ...] = ()
    settled: bool = False

    @property
    def signed(self) -> str:
        """What it says, with who said it and when."""
        by = ", ".join(part for part in (self.author, self.date) if part)
        return f"{self.said} ({by})" if by else self.said


class Walked(msgspec.Struct, frozen=True):
    """All that a walk met. ``unseen`` are words of the text that it did not come by."""

    passages: tuple[Passage, ...]
    left: tuple[Left, ...]
    comments: tuple[Comment, ...]
    counts: Mapping[str, int]
    unseen: tuple[str, ...]


class Text(msgspec.Struct, frozen=True):
    """The parts of a file that hold its text, as trees, and its styles."""

    body: Element
    notes: Mapping[str, Element]
    comments: Element | None
    threads: Element | None
    styles: Styles

    @property
    def roots(self) -> tuple[Element, ...]:
        """Every tree in which words stand that may be taken."""
        return (self.body, *self.notes.values())

    def note(self, kind: str) -> dict[str, Element]:
        """Return the ``footnotes`` or ``endnotes`` by their ids, lines between them left out."""
        root = self.notes.get(kind)
        found = root if root is not None else ()
        plain = ("", "normal")
        return {value(one, "id"): one for one in found if value(one, "type") in plain}
