"""Lint for manuscripts: what an editor would want to look at again.

A finding that is right as it stands goes into ``lint.toml`` beside the manuscript::

    [[ignore]]
    code = "doubled-word"
    text = "had had"
    reason = "Meant: the pluperfect."
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import msgspec

from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.core.model import Publication
from faircopy.manuscript import beside
from faircopy.manuscript.lint import (
    headings,
    markup,
    pictures,
    shape,
    slips,
    spelling,
    tables,
    words,
)
from faircopy.manuscript.lint import original as originals
from faircopy.manuscript.lint.context import MEASURE, Context

IGNORES = "lint.toml"

Rule = Callable[[Context], Iterator[Diagnostic]]

RULES: tuple[Rule, ...] = (
    *markup.RULES,
    *tables.RULES,
    *headings.RULES,
    *shape.RULES,
    *words.RULES,
    *slips.RULES,
    *pictures.RULES,
)
"""Every rule, in the order in which findings of one place are shown."""


class Ignore(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One finding that stands: the rule's code, words of its message, and why."""

    code: str
    reason: Annotated[str, msgspec.Meta(min_length=1)]
    text: str = ""

    def covers(self, finding: Diagnostic) -> bool:
        """Say whether a finding is meant."""
        told = (finding.message, finding.said)
        return finding.code == self.code and any(self.text in one for one in told)


class _Ignores(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ignore: tuple[Ignore, ...] = ()


def lint(
    publication: Publication,
    ignored: tuple[Ignore, ...] = (),
    own_words: frozenset[str] = frozenset(),
    ask: spelling.Speller = spelling.hunspell,
    original: originals.Original | None = None,
    *,
    measure: float = MEASURE,
) -> tuple[Diagnostic, ...]:
    """Return what every rule finds in a manuscript, by place, and what reading it found.

    A query that names the doubtful words of a finding answers for it. An ignore that covers
    nothing any more is a finding itself. ``measure`` is the width of the text, in mm, on the
    theme's widest page.
    """
    context = Context(publication, measure)
    found = [*publication.diagnostics, *(item for rule in RULES for item in rule(context))]
    found += spelling.spelling(context, own_words, ask)
    if original:
        found += originals.differences(context, original)
    asked = [query.text for query in publication.queries]
    kept = [
        item
        for item in found
        if not any(ignore.covers(item) for ignore in ignored)
        and not (item.code != "query" and _asked_about(item, asked))
    ]
    kept += [
        Diagnostic(
            "ignore-unused",
            Severity.NOTE,
            f"{IGNORES} ignores “{ignore.code}” with “{ignore.text}”, which nothing finds",
            "Delete the entry.",
            Place(IGNORES),
        )
        for ignore in ignored
        if not any(ignore.covers(item) for item in found)
    ]
    return tuple(sorted(kept, key=lambda item: item.place or Place("")))


def ignores(folder: Path, name: str) -> tuple[Ignore, ...]:
    """Read the findings that stand, from ``lint.toml`` in the manuscript's folder.

    Raises:
        ManuscriptError: the file is wrong.
    """
    found = beside.load(folder / IGNORES, f"{name}/{IGNORES}", _Ignores)
    return found.ignore if found else ()


def _asked_about(finding: Diagnostic, asked: list[str]) -> bool:
    quoted = finding.message.partition("“")[2].partition("”")[0]
    return bool(quoted) and any(quoted in text for text in asked)
