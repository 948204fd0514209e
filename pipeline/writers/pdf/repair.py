"""Mending what the layout check finds: set again, as a typesetter would, word by word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

import msgspec

from pipeline.diagnostics import Diagnostic, Severity
from pipeline.writers.html import Element
from pipeline.writers.pdf.check import Finding, Rule
from pipeline.writers.pdf.layout import KEY, PX

ROUNDS = 3
"""How often a document is laid out at most; the second time leaves nothing, as a rule."""


class Repairs(msgspec.Struct, frozen=True):
    """What the next layout does otherwise: words left whole, and style by block."""

    vetoed: frozenset[str] = frozenset()
    styles: Mapping[str, str] = {}


LayOut: TypeAlias = Callable[[Repairs], tuple[Any, tuple[Finding, ...]]]
"""Gives the document under some repairs, and what the check finds in it."""
Choose: TypeAlias = Callable[[tuple[str, ...], frozenset[str]], Mapping[str, str]]
"""Gives the best style of each block named, while some words are left whole."""


def best(lay_out: LayOut, choose: Choose) -> tuple[Any, tuple[Finding, ...]]:
    """Lay out, mend and lay out again until nothing is found or nothing helps.

    Returns the document with the fewest findings, the earlier one of equals, and those
    findings.
    """
    repairs = Repairs()
    document, findings = lay_out(repairs)
    for _ in range(ROUNDS - 1):
        further = mended(findings, repairs, choose)
        if not findings or further == repairs:
            break
        repairs = further
        again, left = lay_out(repairs)
        if len(left) < len(findings):
            document, findings = again, left
        else:
            break
    return document, findings


def mended(findings: Iterable[Finding], repairs: Repairs, choose: Choose) -> Repairs:
    """Return the repairs with those for new findings added."""
    vetoed = set(repairs.vetoed)
    styles = dict(repairs.styles)
    loose: dict[str, None] = {}
    for finding in findings:
        if finding.rule is Rule.LOOSE:
            if finding.key not in styles:  # otherwise the best is chosen already
                loose[finding.key] = None
        elif finding.rule is Rule.TOP:
            styles[finding.key] = "margin-top: 0"
        elif finding.rule is Rule.GRID:
            styles[finding.key] = f"padding-bottom: {finding.amount / PX:.2f}pt"
        elif finding.word:
            vetoed.add(finding.word.casefold())
            loose[finding.key] = None
    if loose:
        styles |= choose(tuple(loose), frozenset(vetoed))
    return Repairs(frozenset(vetoed), styles)


def apply(root: Element, repairs: Repairs) -> None:
    """Give the blocks of an ``html`` tree the style of their repairs, in place of earlier ones."""
    for element in root.iter():
        key = element.get(KEY) if isinstance(element.tag, str) else None
        if key is None:
            continue
        own = element.get("data-style", element.get("style", ""))
        element.set("data-style", own)
        style = "; ".join(part for part in (own, repairs.styles.get(key, "")) if part)
        element.set("style", style)


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
    """Return what could not be mended, by page and line, as notes to the editor."""
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
