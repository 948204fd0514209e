"""What is wrong, where, and what to do: findings as data, turned into words at the edge."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Self

import msgspec

_OBEYED = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069\\ufff9-\\ufffb\\ud800-\\udfff]"
)


def legible(text: str) -> str:
    """Return a stranger's text as one line that a terminal shows and does not obey.

    Control codes, line ends, marks that turn the direction and bytes that are no text are spelt
    with a backslash, ``u`` and four digits, which JSON reads as the same character.
    """
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def legible_lines(text: str) -> str:
    """Return text of our own in several lines, in which a stranger's words are legible."""
    return "\n".join(map(legible, text.split("\n")))


def _shown(text: str) -> str:
    """Return a line for a terminal: legible, and of what nobody can read through both ends."""
    half = _SHOWN // 2
    return legible(text if len(text) <= _SHOWN else f"{text[:half]} … {text[-half:]}")


_SHOWN = 4_000
"""Characters of a message at most, which may quote a stranger's name or key without end."""
_NAMED = 12
"""Lines that a finding names at most beside its own."""
_WORD = re.compile(r"[a-z]+(?=[ ,:’'])(?! -)")
_STOPPED = re.compile(r"[.?!…][”’»)]*\Z")
_INDENT = "\n    "
"""How a line of a remedy begins, on a terminal and where one has several."""
AS_WRITTEN = frozenset(
    re.findall(
        r"\S+",
        "chromium colprof gs hunspell java localc mmdc msgfmt node npm omegat pdffonts pdfinfo "
        "pdftoppm pdftotext pip qpdf soffice unshare verapdf",
    )
)
"""Names of programs, which have no capital at the beginning of a sentence."""


def whole(message: str) -> str:
    """Return a message as a sentence: with a capital, where it begins with a word, and a stop."""
    first = _WORD.match(message)
    if first and first[0] not in AS_WRITTEN:
        message = message[0].upper() + message[1:]
    return message if not message or _STOPPED.search(message) else f"{message}."


class Severity(StrEnum):
    """How much a finding weighs: an error stops the edition, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Place(msgspec.Struct, frozen=True, order=True):
    """A place in a source file. Lines and columns count from 1; 0 means "not known"."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


class Diagnostic(msgspec.Struct, frozen=True):
    """One finding.

    ``code`` is a stable, lower-case name such as ``image-missing``; ``message`` says what is
    wrong and ``remedy`` what to do, each in one sentence. ``also`` are further lines of the same
    file that have the same cause.
    """

    code: str
    severity: Severity
    message: str
    remedy: str = ""
    place: Place | None = None
    also: tuple[int, ...] = ()

    @property
    def said(self) -> str:
        """The message as users are told it: a whole sentence."""
        return whole(self.message)

    def __str__(self) -> str:
        where = f"{_shown(str(self.place))}: " if self.place else ""
        lines = map(_shown, self.remedy.split(_INDENT))  # a line end of a stranger's is no indent
        remedy = f"{_INDENT}{_INDENT.join(lines)}" if self.remedy else ""
        return f"{where}{self.severity.value}: {_shown(self.said)} [{self.code}]{remedy}"


def together(found: Sequence[Diagnostic]) -> Diagnostic:
    """Return the first of findings that have one cause; it names the lines of the others."""
    first, *others = found
    lines = tuple(one.place.line for one in others if one.place and one.place.line)
    if not lines:
        return first
    shown = ", ".join([*map(str, lines[:_NAMED]), *(["…"] if lines[_NAMED:] else [])])
    message = f"{first.message}; the same goes for {len(lines)} more: see lines {shown}"
    return msgspec.structs.replace(first, message=message, also=lines)


def errors(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the findings that stop an edition."""
    return tuple(item for item in found if item.severity is Severity.ERROR)


class FaircopyError(Exception):
    """Base of every error that a caller can act on; carries its findings."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(*diagnostics)
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        return "\n".join(str(item) for item in self.diagnostics)

    @classmethod
    def because(cls, code: str, message: str, remedy: str = "", place: Place | None = None) -> Self:
        """Make the error from the fields of its one finding."""
        return cls(Diagnostic(code, Severity.ERROR, message, remedy, place))


class ManuscriptError(FaircopyError):
    """The manuscript, or a file beside it, must be mended before anything can be built."""


class ThemeError(FaircopyError):
    """The theme must be mended."""


class ToolError(FaircopyError):
    """A program, a font or a package that the work needs is missing or failed."""


class EditionError(FaircopyError):
    """An edition could not be made from a sound manuscript."""


class GlyphError(EditionError):
    """No font that is installed draws a character: what shows no fonts can be made all the same."""


class PublishError(FaircopyError):
    """The finished editions could not be put into ``dist/``."""
