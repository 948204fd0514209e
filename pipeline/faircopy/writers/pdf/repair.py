"""Mending what the layout check finds: set again, as a typesetter would, word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

import msgspec

from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.writers.pdf.check import Finding, Rule
from faircopy.writers.pdf.composition import Composition, Setting
from faircopy.writers.pdf.layout import Laid
from faircopy.writers.pdf.trial import BAD, Way

ROUNDS = 3
"""How often pages are made again at most."""

LONGEST = 64
"""Pages of a document that is mended in several rounds: a book is made again once."""
MOST_MENDED = 120
"""Paragraphs that are set again in a round at most: a book's take as long as some of its pages."""
MOST = 20
"""Findings that are reported one by one."""

_UNEVEN = frozenset({Rule.LADDER, Rule.PAGE_END, Rule.RUNT, Rule.NAME, Rule.LOOSE})
LETTERS = (0.004, -0.006, 0.012)
"""What may be added between letters, in em, in scripts whose letters stand apart."""
HOPELESS = 45.0
"""Cost of a way so bad that ragged lines are better."""

Ways: TypeAlias = Callable[[float], Mapping[int, Way]]
Read: TypeAlias = Callable[[Composition], Laid]
"""Gives the pages as they are laid out."""
Check: TypeAlias = Callable[[Laid], tuple[Finding, ...]]
"""Gives what is wrong with them."""
Fill: TypeAlias = Callable[[Composition], Mapping[str, Setting]]
"""Fills pages that end early; gives how paragraphs are set otherwise for it."""
Choose: TypeAlias = Callable[[str, "Repairs"], Setting | None]
"""Gives the best way to set a block, or None for one that has no lines to be set otherwise."""


class Repairs(msgspec.Struct, frozen=True):
    """What is set otherwise.

    Attributes:
        vetoed: words left whole, in lower case.
        closed: numbers of the lines of each block that must not end in a hyphen.
        settings: blocks by key.
    """

    vetoed: frozenset[str] = frozenset()
    closed: Mapping[str, frozenset[int]] = {}
    settings: Mapping[str, Setting] = {}


class Means(msgspec.Struct, frozen=True):
    """What repairing asks of the edition."""

    read: Read
    check: Check
    choose: Choose
    fill: Fill


def repair(composition: Composition, means: Means) -> tuple[Finding, ...]:
    """Mend a composition until nothing is found or nothing more can be done.

    Returns the findings that are left.
    """
    if len(composition.pages) > LONGEST:
        return _rounds(composition, means, Repairs(), 1)[1]
    repairs, findings = _rounds(composition, means, Repairs(), ROUNDS)
    fuller = means.fill(composition)
    if fuller:
        repairs = msgspec.structs.replace(repairs, settings={**repairs.settings, **fuller})
        findings = _rounds(composition, means, repairs, ROUNDS)[1]
    return findings


def _rounds(
    composition: Composition, means: Means, repairs: Repairs, rounds: int
) -> tuple[Repairs, tuple[Finding, ...]]:
    """Mend what is found, round by round; return the repairs and what is left."""
    findings = means.check(means.read(composition))
    for _ in range(rounds):
        further = mended(findings, repairs, means.choose)
        if not findings or further == repairs:
            break
        pages = {finding.page for finding in findings if _is_met(finding, repairs, further)}
        repairs = further
        composition.veto(repairs.vetoed)
        composition.again(pages, repairs.settings)
        findings = means.check(means.read(composition))
    return repairs, findings


def _is_met(finding: Finding, before: Repairs, after: Repairs) -> bool:
    """Say whether something is done about a finding: its page must be made again then."""
    other = before.settings.get(finding.key) != after.settings.get(finding.key)
    return other or finding.word.casefold() in after.vetoed - before.vetoed


def mended(findings: Iterable[Finding], repairs: Repairs, choose: Choose) -> Repairs:
    """Return the repairs with those for new findings added."""
    vetoed, closed, settings = set(repairs.vetoed), dict(repairs.closed), dict(repairs.settings)
    uneven: dict[str, str] = {}
    for finding in findings:
        if finding.rule is Rule.NOTE:
            before = settings.get(finding.key, Setting())
            again = msgspec.structs.replace(before, whole=True, moved=before.whole)
            settings[finding.key] = again
            continue
        if finding.rule is Rule.GRID:
            before = settings.get(finding.key, Setting())
            below = before.below + finding.amount
            settings[finding.key] = msgspec.structs.replace(before, below=below)
            continue
        if finding.rule is Rule.PAGE_END:
            closed[finding.key] = closed.get(finding.key, frozenset()) | {finding.nth}
        if finding.rule is Rule.NAME:
            vetoed.add(finding.word.casefold())
        new = finding.key not in settings or finding.rule in (Rule.PAGE_END, Rule.NAME)
        if finding.rule in _UNEVEN and new:
            uneven[finding.key] = finding.word  # otherwise the best is chosen already
    wanted = Repairs(frozenset(vetoed), closed, settings)
    keys = list(uneven)[:MOST_MENDED]
    found = {key: choose(key, wanted) for key in keys}
    for key, word in uneven.items():
        setting = found.get(key)
        if setting is not None:
            before = settings.get(key, setting)
            settings[key] = msgspec.structs.replace(
                setting, below=before.below, whole=before.whole, moved=before.moved
            )
        elif word:
            vetoed.add(word.casefold())
    return Repairs(frozenset(vetoed), closed, settings)


def chosen(ways: Ways, letters: Iterable[float]) -> Setting | None:
    """Return how a paragraph is set: its best way, or ragged where that is too bad.

    Args:
        ways: gives the best way for each number of lines, when so much is added between letters
            (in em).
        letters: what may be added to mend what spaces alone do not.
    """
    plain = ways(0.0)
    if not plain:
        return None
    best, added = _cheapest(plain), 0.0
    for letter in letters:
        if best.cost < BAD:
            break
        way = _cheapest(ways(letter))
        if way.cost < best.cost:
            best, added = way, letter
    if best.cost >= HOPELESS:
        return Setting(ragged=True)
    return Setting(takes=best.takes, letter=added)


def _cheapest(ways: Mapping[int, Way]) -> Way:
    return min(ways.values(), key=lambda way: way.cost)


# --- reporting -----------------------------------------------------------------------------------

_SAID = {
    Rule.WIDOW: "a single line of a paragraph stands alone",
    Rule.LADDER: "three lines in a row end in a hyphen",
    Rule.PAGE_END: "the page or column ends in a hyphen",
    Rule.RUNT: "the last line of the paragraph is too short",
    Rule.NAME: "a name is broken",
    Rule.LOOSE: "the word spaces gape",
    Rule.SPLIT: "a question or heading is parted from what follows it",
    Rule.TOP: "the column begins lower than its neighbour",
    Rule.NOTE: "a note is not on the page that refers to it",
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
                f"{page.upper()}: these rules of the layout are still broken: {counted}; first on "
                f"page {findings[0].page}, line {findings[0].line}: “{findings[0].text[:60]}”.",
                f"Nothing must be done: of more than {LONGEST} pages the first {MOST_MENDED} "
                "paragraphs that break a rule are set again, once.",
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
