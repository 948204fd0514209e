"""Where something stands in the manuscript that the tree has no place for."""

from __future__ import annotations

from faircopy.core.diagnostics import Place
from faircopy.manuscript.source import Source


class Finder:
    """Finds the places of things in reading order by a piece of their source text."""

    def __init__(self, source: Source, text: str = "", start: Place | None = None) -> None:
        """Find things in ``source``; in ``text``, which is as long, where some of it is blanked.

        The search begins with the text under the front matter, or at ``start``.
        """
        self._source = source
        self._text = text or source.text
        self._start = source.offset(start) if start else source.body
        self._at: dict[str, int] = {}

    def among(self, text: str) -> Finder:
        """Return a finder that begins at the same place and finds things in ``text``."""
        return Finder(self._source, text, self._source.place(self._start))

    def next(self, needle: str) -> Place:
        """Return the place of the next occurrence of ``needle``, or of the text's first line."""
        start = self._at.get(needle, self._start)
        found = self._text.find(needle, start) if needle else -1
        if found < 0:
            found = max(0, self._text.find(needle, self._start))
            return self._source.place(found or self._start)
        self._at[needle] = found + len(needle)
        return self._source.place(found)


def short(text: str, length: int = 60) -> str:
    """Return a text on one line, cut at ``length`` characters."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1] + "…"
