"""What a build tells: as it happens, and at the end."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias

import msgspec

from faircopy.core.diagnostics import Diagnostic, errors


class Step(StrEnum):
    """What has just happened."""

    BEGUN = "begun"
    LEFT_OUT = "left-out"
    READ = "read"
    MADE = "made"
    FAILED = "failed"
    PUBLISHED = "published"
    WAITING = "waiting"


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a build.

    Attributes:
        step: what happened.
        slug: the manuscript, where it is about one.
        what: the file, as in ``pdf a5``; with ``LEFT_OUT``, the language.
        seconds: how long it took.
        total: with ``BEGUN``, how many files have to be made; with ``LEFT_OUT``, how many less.
    """

    step: Step
    slug: str = ""
    what: str = ""
    seconds: float = 0.0
    total: int = 0


Listener: TypeAlias = Callable[[Event], None]


def ignore(event: Event) -> None:
    """Listen to nothing."""


class File(msgspec.Struct, frozen=True, kw_only=True):
    """One file that was asked for and lies in ``dist/``.

    ``pages`` and ``words`` are None where the format has none or does not tell; ``seconds`` is
    None when the file was not made anew.
    """

    path: str
    format: str
    page: str
    lang: str
    bytes: int
    sha256: str
    pages: int | None
    words: int | None
    seconds: float | None


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a build came to.

    Attributes:
        files: everything asked for that is now in ``dist/``.
        changed: the manuscripts whose set is complete and right, and another than before.
        failed: the manuscripts whose old set was left as it was.
        lacking: the files that were not made for want of a font, as in ``slug: pdf a5``.
        diagnostics: every finding, each once.
        bugs: tracebacks of what should never happen.
        seconds: wall time.
    """

    files: tuple[File, ...]
    changed: tuple[str, ...]
    failed: tuple[str, ...]
    lacking: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    bugs: tuple[str, ...]
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether everything asked for was made and is right."""
        return not (self.failed or self.lacking or self.bugs or errors(self.diagnostics))
