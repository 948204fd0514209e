"""Who signs a review, and on which day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec

from faircopy.core.diagnostics import EditionError
from faircopy.translation.job import Signature


class Person(msgspec.Struct, frozen=True):
    """A person who stands behind a review, and its day; without one it is today's.

    Who takes a return in says also how: ``partial``, the good sentences without the rest;
    ``strict``, terms that are not as they are settled as errors; ``machine``, as what a machine
    translated.
    """

    by: str = ""
    date: str = ""
    partial: bool = False
    strict: bool = False
    machine: bool = False


NOBODY = Person()


def signature(who: Person) -> Signature:
    """Return who signs and on which day, today's if none is said.

    Raises:
        EditionError: no day, or one that is still to come.
    """
    date, today = who.date, datetime.now(UTC).date()
    try:
        day = datetime.strptime(date, "%Y-%m-%d").replace(tzinfo=UTC).date() if date else today
    except ValueError:
        day = None
    if day is None or day > today + timedelta(days=1):  # it may be tomorrow already, east of here
        raise EditionError.because(
            "review-date",
            f"“{date}” is no day on which a review can have been made.",
            "Write it as 2026-11-30.",
        )
    return Signature(" ".join(who.by.split()), day.isoformat())
