"""A manuscript made of a Word file read again, and held against every word that was taken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from faircopy.core import pandoc
from faircopy.core.diagnostics import Diagnostic, ManuscriptError, Place, Severity
from faircopy.core.model import Metadata, Publication
from faircopy.intake import Taken
from faircopy.intake.account import Difference, differences, shown
from faircopy.manuscript import read

_SHOWN = 12


class Proven(msgspec.Struct, frozen=True):
    """What came of reading a manuscript again: its words' differences, and what does not build."""

    publication: Publication | None
    findings: tuple[Diagnostic, ...]


def prove(taken: Taken, folder: Path, name: str) -> Proven:
    """Read the manuscript in ``folder`` and hold its words against the file ``name``.

    Where it cannot be built as it is, its words are compared all the same.
    """
    publication: Publication | None = None
    findings: tuple[Diagnostic, ...] = ()
    try:
        publication = read(folder, name=name)
        body = shown(publication.blocks)
    except ManuscriptError as error:
        findings = error.diagnostics
        body = shown(pandoc.read(taken.text).blocks)
    wrong = [*differences(taken.passages, body)]
    if publication is not None:
        for key, passages in taken.front.items():
            wrong += differences(passages, _value(publication.metadata, key))
    unseen = (_unseen(words, name) for words in taken.unseen)
    return Proven(publication, (*(_finding(one, name) for one in wrong), *unseen, *findings))


def _value(metadata: Metadata, key: str) -> str:
    value = getattr(metadata, key)
    return "\n".join(map(shown, value)) if key == "author" else shown(value)


def _unseen(words: str, name: str) -> Diagnostic:
    return Diagnostic(
        "import-unseen",
        Severity.ERROR,
        f"“{words[:100]}” stands in the file where no text may be, and is not in the manuscript",
        "See in Word whether it is shown, and write it in the manuscript if it is.",
        Place(name),
    )


def _finding(one: Difference, name: str) -> Diagnostic:
    return Diagnostic(
        "import-words",
        Severity.ERROR,
        f"paragraph {one.paragraph} of the file: {' and '.join(_said(one))}",
        "Look at the passage in Word, and mend it in the manuscript.",
        Place(name),
    )


def _said(one: Difference) -> Iterator[str]:
    if one.lacking:
        yield f"the manuscript lacks “{_short(one.lacking)}”"
    if one.more:
        yield f"the manuscript has “{_short(one.more)}”, which is not in the file"


def _short(words: tuple[str, ...]) -> str:
    more = f" … ({len(words)} words)" if len(words) > _SHOWN else ""
    return " ".join(words[:_SHOWN]) + more
