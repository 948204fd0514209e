"""What a judge says."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from faircopy.core.diagnostics import Diagnostic, Severity


class Status(StrEnum):
    """Whether a judge was content. A judge that could not be asked is never content."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_RUN = "not-run"


class Verdict(msgspec.Struct, frozen=True):
    """One judge's word on one artifact: who, in which version, and what it found.

    A judge that passes may have findings, which are then no more than warnings or notes. One
    that did not run says in its findings what is missing and how to install it. ``when`` is set
    on a verdict that was given before, on the same bytes by the same judge: the moment (UTC).
    """

    name: str
    version: str
    status: Status
    findings: tuple[Diagnostic, ...] = ()
    when: str = ""


def broke_down(who: str, name: str, error: Exception) -> Diagnostic:
    """Return the finding that a library ended over a file in a way that nobody foresaw.

    A file that a stranger made may have anything in it; one such file must not keep the others
    from being judged.
    """
    return Diagnostic(
        "broke-down",
        Severity.ERROR,
        f"{name}: {who} broke down over it ({type(error).__name__}: {error}).",
        "Build it again. If it was made here and is as it was made, report this.",
    )
