"""Where something stands in the manuscript that the tree has no place for."""

from __future__ import annotations

import re
from collections import Counter

from faircopy.core import ast
from faircopy.core.diagnostics import Place
from faircopy.manuscript.source import Source

_COMPARED = 200
"""Characters by which something is sought whose words stand on several lines."""
_AHEAD = 50
"""Lines of a level among which a heading is sought: code may hold some that are none."""
_HEADING = re.compile(
    r"^(?:[ \t>]|(?:[-*+:~]|\(?[#\w@]{1,9}[.)])[ \t]+)*+"
    r"(?P<at>(?P<signs>#{1,6})(?!#)(?P<words>.*)"
    r"|(?P<title>[^\s>#].*)\n[ \t>]*(?P<under>=+|-+)[ \t]*$)",
    re.M,
)
_WORDS = re.compile(r"[^\W_]+")


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


class Headings:
    """Finds the places of headings in reading order, by their level and their words."""

    def __init__(self, source: Source) -> None:
        """Look for what may be a heading in ``source``: lines with signs before or under them."""
        self._source = source
        self._lines: dict[int, list[tuple[int, str]]] = {}
        for found in _HEADING.finditer(source.text, source.body):
            level = len(found["signs"] or "") or (1 if "=" in found["under"] else 2)
            words = found["words"] or found["title"] or ""
            self._lines.setdefault(level, []).append((found.start("at"), words))
        self._next: Counter[int] = Counter()

    def place(self, heading: ast.Header) -> Place:
        """Return the place of the next heading of the tree; one not found has no line."""
        words = _WORDS.findall(ast.text(heading.inlines))
        lines, start = self._lines.get(heading.level, []), self._next[heading.level]
        for at, (offset, line) in enumerate(lines[start : start + _AHEAD], start):
            if _has(line, words):
                self._next[heading.level] = at + 1
                return self._source.place(offset)
        return Place(self._source.name)


def _has(line: str, words: list[str]) -> bool:
    """Whether words stand in a line, in their order; of no words, whether it has none."""
    at = 0
    for word in words:
        at = line.find(word, at) + len(word)
        if at < len(word):
            return False
    return bool(words) or not _WORDS.search(line)


def short(text: str, length: int = 60) -> str:
    """Return a text on one line, cut at ``length`` characters."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1] + "…"
