"""What a PDF may claim to be: what no condition denies that `conditions` found broken.

A condition that is not met costs the claim that rests on it, never the edition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from faircopy.core import ast
from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.core.model import Publication
from faircopy.passes.units import units

ACCESSIBLE = "PDF/UA-1"
LASTING = "PDF/A-3"
WITHHELD = "claim-withheld"
"""The code of the finding that something is not claimed."""
LEVELS = ("b", "u", "a")
"""PDF/A's levels, each of which holds the ones before: looks, Unicode, structure."""


class Breach(msgspec.Struct, frozen=True):
    """A condition that this document does not meet.

    ``denies`` names what may not be claimed then: ``ua``, or the lowest level of PDF/A that
    falls; ``rule`` is the clause of each standard; ``ids`` are those of the elements around
    the place, the nearest first; ``char`` is the character that is at fault, if one is.
    """

    denies: frozenset[str]
    rule: str
    what: str
    ids: tuple[str, ...] = ()
    char: str = ""


class Claims(msgspec.Struct, frozen=True):
    """Whether a document is PDF/UA-1, its level of PDF/A-3 ("" is none), and what it lacks."""

    accessible: bool
    level: str
    breaches: tuple[Breach, ...]

    @classmethod
    def of(cls, breaches: Iterable[Breach]) -> Claims:
        """Return what may be claimed in spite of breaches."""
        found = tuple(dict.fromkeys(breaches))
        denied = {name for breach in found for name in breach.denies}
        fallen = next((n for n, level in enumerate(LEVELS) if level in denied), len(LEVELS))
        return cls("ua" not in denied, LEVELS[fallen - 1] if fallen else "", found)

    @property
    def names(self) -> tuple[str, ...]:
        """What the document claims, by the names of the standards."""
        lasting = (f"{LASTING}{self.level}",) if self.level else ()
        return (*((ACCESSIBLE,) if self.accessible else ()), *lasting)

    def report(self, publication: Publication) -> Iterator[Diagnostic]:
        """Yield a warning for each breach: what is not claimed, by which rule, and where."""
        full = Claims(accessible=True, level=LEVELS[-1], breaches=()).names
        for breach in self.breaches:
            withheld = [name for name in full if name not in Claims.of([breach]).names]
            yield Diagnostic(
                WITHHELD,
                Severity.WARNING,
                f"The PDF does not claim {' or '.join(withheld)}: {breach.what} ({breach.rule}).",
                "Mend it in the manuscript, or publish without the claim.",
                _place(breach, publication),
            )


def _place(breach: Breach, publication: Publication) -> Place | None:
    places = publication.places
    if breach.char:
        named = (
            item.id for item in units(publication.blocks) if breach.char in ast.text(item.inlines)
        )
        return next((places[name] for name in named if name in places), None)
    return next((places[name] for name in breach.ids if name in places), None)
