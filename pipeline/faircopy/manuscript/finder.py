"""Where something stands in the manuscript that the tree has no place for."""

from __future__ import annotations

import re

from faircopy.core.diagnostics import Place
from faircopy.manuscript.source import Source

_COMPARED = 200
"""Characters by which something is sought whose words stand on several lines."""


class Finder:
    """Finds the places of things in reading order by a piece of their source text."""

    def __init__(self, source: Source, text: str = "", start: Place | None = None) -> None:
        """Find things in ``source``; in ``text``, which is as long, where some of it is blanked.

        The search begins with the text under the front matter, or at ``start``.
        """
        self._source = source
        self._text = text or source.text
        self._start = source.offset(start) if start else source.body
        self._fallback = start or Place(source.name)
        self._at: dict[str, int] = {}

    def among(self, text: str) -> Finder:
        """Return a finder that begins at the same place and finds things in ``text``."""
        finder = Finder(self._source, text)
        finder._start, finder._fallback = self._start, self._fallback
        return finder

    def next(self, needle: str) -> Place:
        """Return the place of the next occurrence of ``needle``, of words over a line end too.

        What cannot be found has no line, as a wrong one is worse than none; but where the search
        begins at a place of its own, that place.
        """
        start = self._at.get(needle, self._start)
        found = self._found(needle, start)
        if found is None:
            return self._fallback
        self._at[needle] = found[1]
        return self._source.place(found[0])

    def _found(self, needle: str, start: int) -> tuple[int, int] | None:
        if not needle:
            return None
        for text, begin in (
            (self._text, start),
            (self._text, self._start),
            (self._source.text, self._start),
        ):
            at = text.find(needle, begin)
            if at >= 0:
                return at, at + len(needle)
        words = map(re.escape, needle[:_COMPARED].split())
        parted = re.compile(r"[\s>]+".join(words)).search(self._source.text, self._start)
        return parted.span() if parted and parted[0] else None


def short(text: str, length: int = 60) -> str:
    """Return a text on one line, cut at ``length`` characters."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1] + "…"
