"""Mending what the layout check finds: set again, as a typesetter would, word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

import msgspec

from pipeline.diagnostics import Diagnostic, Severity
from pipeline.writers.pdf.check import Finding, Rule
from pipeline.writers.pdf.composition import Composition, Setting

ROUNDS = 3
"""How often pages are made again at most."""

LONGEST = 64
"""Pages of a document that is mended: a book would take half as long again to set."""
MOST = 20
"""Findings that are reported one by one."""

Check: TypeAlias = Callable[[Composition], tuple[Finding, ...]]
"""Gives what is wrong with the pages."""
Choose: TypeAlias = Callable[[tuple[str, ...], frozenset[str]], Mapping[str, Setting]]
"""Gives the best way to set each block named, while some words are left whole."""


class Repairs(msgspec.Struct, frozen=True):
    """What is set otherwise: words left whole, and blocks by key."""

    vetoed: frozenset[str] = frozenset()
    settings: Mapping[str, Setting] = {}


def repair(composition: Composition, check: Check, choose: Choose) -> tuple[Finding, ...]:
    """Mend a composition until nothing is found or nothing more can be done.

    Returns the findings that are left.
    """
    repairs = Repairs()
    findings = check(composition)
    for _ in range(ROUNDS if len(composition.pages) <= LONGEST else 0):
        further = mended(findings, repairs, choose)
        if not findings or further == repairs:
            break
        repairs = further
        composition.veto(repairs.vetoed)
        composition.again({finding.page for finding in findings}, repairs.settings)
        findings = check(composition)
    return findings


def mended(findings: Iterable[Finding], repairs: Repairs, choose: Choose) -> Repairs:
    """Return the repairs with those for new findings added."""
    vetoed = set(repairs.vetoed)
    settings = dict(repairs.settings)
    uneven: dict[str, None] = {}
    for finding in findings:
        if finding.key not in settings and (finding.word or finding.rule is Rule.LOOSE):
            uneven[finding.key] = None  # otherwise the best is chosen already
        if finding.rule is Rule.GRID:
            before = settings.get(finding.key, Setting()).below
            settings[finding.key] = Setting(below=before + finding.amount)
        elif finding.word:
            vetoed.add(finding.word.casefold())
    if uneven:
        settings |= choose(tuple(uneven), frozenset(vetoed))
    return Repairs(frozenset(vetoed), settings)


# --- reporting -----------------------------------------------------------------------------------

_SAID = {
    Rule.WIDOW: "a single line of a paragraph stands alone",
    Rule.LADDER: "three lines in a row end in a hyphen",
    Rule.PAGE_END: "the page or column ends in a hyphen",
    Rule.RUNT: "the last line of the paragraph is too short",
    Rule.NAME: "a name is broken",
    Rule.LOOSE: "the word spaces gape",
    Rule.SPLIT: "a question is parted from its answer",
    Rule.TOP: "the column begins lower than its neighbour",
    Rule.GRID: "the block leaves the baseline grid",
}


def report(findings: Iterable[Finding], page: str) -> tuple[Diagnostic, ...]:
    """Return what was not mended, by page and line, as notes to the editor."""
    findings = tuple(findings)
    if len(findings) > MOST:
        counts = Counter(finding.rule.value for finding in findings)
        counted = ", ".join(f"{rule} {count} times" for rule, count in sorted(counts.items()))
        return (
            Diagnostic(
                "layout-many",
                Severity.NOTE,
                f"{page.upper()}: these rules of the layout are broken: {counted}.",
                f"Nothing must be done: more than {LONGEST} pages are not set again.",
            ),
        )
    return tuple(
        Diagnostic(
            f"layout-{finding.rule.value.lower()}",
            Severity.NOTE,
            f"{page.upper()}, page {finding.page}, line {finding.line}: "
            f"{_SAID[finding.rule]}: “{finding.text[:60]}”.",
            "Nothing must be done; a change in the words nearby would set it right.",
        )
        for finding in findings
    )
