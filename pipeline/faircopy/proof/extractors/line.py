"""A block of text as an artifact has it."""

from __future__ import annotations


class Line(str):
    """Text that knows where in its artifact it stands.

    ``places`` are offsets in the text, in order, each with the place that begins there, in an
    editor's words: "page 3". What has no places is a plain ``str``.
    """

    __slots__ = ("places",)
    places: tuple[tuple[int, str], ...]

    def __new__(cls, text: str, *places: tuple[int, str]) -> Line:
        """Make a line of text and of where it stands."""
        line = super().__new__(cls, text)
        line.places = places
        return line
