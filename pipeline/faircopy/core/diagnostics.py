"""What is wrong, where, and what to do: findings as data, turned into words at the edge."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Self

import msgspec


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
    wrong and ``remedy`` what to do, each in one sentence.
    """

    code: str
    severity: Severity
    message: str
    remedy: str = ""
    place: Place | None = None

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        remedy = f"\n    {self.remedy}" if self.remedy else ""
        return f"{where}{self.severity.value}: {self.message} [{self.code}]{remedy}"


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


class PublishError(FaircopyError):
    """The finished editions could not be put into ``dist/``."""
