"""A redline held against both texts: all changes accepted, and all rejected."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from faircopy.core.diagnostics import EditionError
from faircopy.core.model import Publication
from faircopy.intake import parts_of
from faircopy.intake.changes import Choice
from faircopy.intake.package import opened
from faircopy.revision import written
from faircopy.revision.lines import QUOTES, Line, every
from faircopy.revision.returned import returned

_SHOWN = 12


def proven(data: bytes, old: Publication, new: Publication) -> bytes:
    """Return a redline as it is, once it says what it should.

    Raises:
        EditionError: accepted it has other words than the newer text, or rejected than the older.
    """
    package = opened(data, "the redline")
    text = parts_of(package)
    for choice, one in ((Choice.ACCEPT, new), (Choice.REJECT, old)):
        wanted, there = _words(written.lines(one)), _words(returned(package, text, choice).lines)
        if wanted != there:
            raise EditionError.because(
                "redline-words",
                f"the redline with all changes {choice}ed is not what it should be: "
                f"{_first(wanted, there)}",
                "This is a fault of Faircopy: report it with both states.",
            )
    return data


def _words(lines: Iterable[Line]) -> list[str]:
    return [word for line in every(lines) for word in line.key.translate(QUOTES).split()]


def _first(wanted: list[str], there: list[str]) -> str:
    matched = difflib.SequenceMatcher(None, wanted, there, autojunk=False)
    _, a, b, c, d = next(one for one in matched.get_opcodes() if one[0] != "equal")
    return f"“{' '.join(wanted[a:b][:_SHOWN])}” became “{' '.join(there[c:d][:_SHOWN])}”"
