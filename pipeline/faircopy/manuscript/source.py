"""The manuscript's text as it lies on disk: decoding, limits, lines and columns."""

from __future__ import annotations

import bisect
import re
import unicodedata
from functools import cached_property

import msgspec

from faircopy.core.diagnostics import ManuscriptError, Place
from faircopy.core.limits import LINE, MANUSCRIPT
from faircopy.manuscript import characters, fences

_FENCE_END = re.compile(r"(?m)^(?:---|\.\.\.)[ \t]*$")
KEY = re.compile(r"(?m)^([^\s#:'\"\[\]{},&*!|>%@`-][^\s:]*|['\"][^'\"\n]+['\"])[ \t]*:(?=\s|$)")


class Source:
    """A decoded manuscript that knows the place of every character.

    ``text`` has line feeds only and no byte order mark; ``body`` is the offset of the text after
    the front matter, ``breaks`` those of the spaces that other programs' line breaks became,
    ``fences`` the lines before code that are written otherwise than pandoc takes them.
    """

    def __init__(self, name: str, data: bytes) -> None:
        """Decode ``data``, the file that diagnostics call ``name``.

        Raises:
            ManuscriptError: too large, not UTF-8, empty, or with characters that no text has.
        """
        self.name = name
        self.data = data
        written = _decode(name, data)
        self.breaks = tuple(match.start() for match in characters.BREAKS.finditer(written))
        self.text = characters.BREAKS.sub(" ", written) if self.breaks else written
        self.body = self._end_of_front_matter()
        self.text, self.fences = fences.mend(self.text, self.body)
        self._check()

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def place(self, offset: int) -> Place:
        """Return the place of the character at ``offset``."""
        row = bisect.bisect_right(self._line_starts, offset) - 1
        return Place(self.name, row + 1, offset - self._line_starts[row] + 1)

    def offset(self, place: Place) -> int:
        """Return the offset of the character at ``place``, the other way round."""
        return self._line_starts[max(0, place.line - 1)] + max(0, place.column - 1)

    @cached_property
    def keys(self) -> dict[str, Place]:
        """The place of each top-level key of the front matter."""
        front = self.text[: self.body]
        found: dict[str, Place] = {}
        for match in KEY.finditer(front):
            found.setdefault(match[1].strip("'\""), self.place(match.start()))
        return found

    def _end_of_front_matter(self) -> int:
        if not re.match(r"---[ \t]*\n", self.text):
            return 0
        end = _FENCE_END.search(self.text, self.text.index("\n") + 1)
        return end.end() if end else 0

    def _check(self) -> None:
        if not self.text.strip():
            raise ManuscriptError.because(
                "manuscript-empty",
                "the manuscript is empty",
                "Write a front matter with title and lang, and the text under it.",
                Place(self.name, 1, 1),
            )
        for match in re.finditer(r"[^\n]+", self.text):
            if match.end() - match.start() > LINE.most:
                raise ManuscriptError.because(
                    "line-too-long",
                    f"a line has more than {LINE.most:,} characters",
                    "Break the line; Markdown joins the lines of a paragraph.",
                    self.place(match.start()),
                )
        wrong = [
            msgspec.structs.replace(item, place=self.place(offset))
            for offset, item in characters.refused(self.text)
        ]
        if wrong:
            raise ManuscriptError(*wrong)


def _decode(name: str, data: bytes) -> str:
    if len(data) > MANUSCRIPT.most:
        raise ManuscriptError.because(
            "manuscript-too-large",
            f"the manuscript has {len(data):,} bytes, the limit is {MANUSCRIPT.most:,}",
            "Divide it into several manuscripts.",
            Place(name),
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        raise ManuscriptError.because(
            "not-utf-8",
            f"the byte 0x{data[error.start]:02X} is not UTF-8",
            "Save the manuscript in the encoding UTF-8.",
            Place(name, line, column),
        ) from error
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def normal(text: str) -> str:
    """Return ``text`` in NFC with its white space folded, for comparing and hashing."""
    return " ".join(unicodedata.normalize("NFC", text).split())
