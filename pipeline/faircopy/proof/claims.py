"""What a file claims to be, and what speaks for it: the build's facts, and the judges' words.

A claim is read from the file itself, not from what the build says. A claim that a judge refutes
is an error of its own, and so is one that the build has not established.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

import msgspec

from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.proof import epubclaims, pdfclaims
from faircopy.proof.verdict import Status, Verdict


class Standing(StrEnum):
    """What became of a claim: the worst that is true of it."""

    CONFIRMED = "confirmed"
    ESTABLISHED = "established"
    NOT_JUDGED = "not-judged"
    REFUTED = "refuted"


class Claim(msgspec.Struct, frozen=True):
    """One claim of a file, how it stands, and the evidence in words."""

    name: str
    standing: Standing
    evidence: tuple[str, ...]
    findings: tuple[Diagnostic, ...] = ()


class _Row(msgspec.Struct, frozen=True):
    """Which judge speaks of a claim, and which of its findings refute it (a pattern of codes)."""

    claim: str
    judge: str
    codes: str


_WORDS = r"ace-(image-alt|input-image-alt|svg-img-alt|role-img-alt|object-alt|area-alt)"
_CLAIMS = "EPUB claims"
_ROWS = (
    _Row(r"PDF/UA-1", "veraPDF", r"verapdf-(ua1-.*|unreadable)"),
    _Row(r"PDF/A-3.", "veraPDF", r"verapdf-(3[abu]-.*|unreadable)"),
    _Row(r"PDF/X-4", "PDF/X-4", r".*"),
    _Row(r"schema:accessibilityFeature alternativeText", "Ace by DAISY", _WORDS),
    _Row(r"schema:accessModeSufficient textual", "Ace by DAISY", _WORDS),
    _Row(
        r"schema:accessibilityFeature structuralNavigation",
        "Ace by DAISY",
        r"ace-(heading-order|empty-heading)",
    ),
    _Row(r"schema:accessibilityFeature (tableOfContents|readingOrder)", "EPUBCheck", r"epub.*"),
    _Row(r"schema:accessibilityFeature page(BreakMarkers|Navigation)", "page list", r"page-list.*"),
    _Row(r"dcterms:conformsTo .*", "Ace by DAISY", r"ace-.*"),
)
_RECORDED = re.compile(r"PDF/UA-|PDF/A-|schema:|dcterms:")
"""Claims that a build writes down when it has established them."""


_SIGNED = "dcterms:conformsTo "
"""What a person signs: a machine may contradict it, and cannot confirm it."""


def claims(
    data: bytes, name: str, verdicts: Sequence[Verdict], established: Iterable[str] | None
) -> tuple[Claim, ...]:
    """Return the claims of a file, each with its evidence.

    Args:
        data: the file.
        name: its name; what it ends in tells how claims are read.
        verdicts: what its judges said.
        established: the claims that the build recorded; None where no build's record is there.
    """
    if name.endswith(".pdf"):
        found = pdfclaims.claimed(data)
    elif name.endswith(".epub"):
        found = epubclaims.claimed(data)
    else:
        found = ()
    known = None if established is None else frozenset(established)
    return tuple(_claim(item, name, verdicts, known) for item in found)


def _claim(
    claim: str, name: str, verdicts: Sequence[Verdict], known: frozenset[str] | None
) -> Claim:
    evidence: list[str] = []
    standings: list[Standing] = []
    findings: list[Diagnostic] = []
    if known is not None and claim in known:
        sworn = claim.startswith(_SIGNED)
        evidence.append("signed by the publisher" if sworn else "established by the build")
        standings.append(Standing.ESTABLISHED)
    elif known is not None and _RECORDED.match(claim):
        evidence.append("not established by the build")
        standings.append(Standing.REFUTED)
        findings.append(_unfounded(claim, name))
    for judge, codes in _judges(claim):
        verdict = next((item for item in verdicts if item.name == judge), None)
        standing, said = _said(judge, codes, verdict)
        if claim.startswith(_SIGNED) and standing is Standing.CONFIRMED:
            standing, said = Standing.ESTABLISHED, said.replace("confirmed", "not contradicted", 1)
        standings.append(standing)
        evidence.append(said)
        if standing is Standing.REFUTED and verdict is not None:
            findings.append(_refuted(claim, name, verdict))
    return Claim(claim, _worst(standings), tuple(evidence), tuple(findings))


def _judges(claim: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    for row in _ROWS:
        if re.fullmatch(row.claim, claim):
            yield row.judge, re.compile(row.codes)
    if claim.startswith(("schema:", "dcterms:")):
        prefix, _, value = claim.partition(" ")
        yield _CLAIMS, re.compile(re.escape(f"epub-claim-{value or prefix}".lower()))


def _said(judge: str, codes: re.Pattern[str], verdict: Verdict | None) -> tuple[Standing, str]:
    if verdict is None or verdict.status is Status.NOT_RUN:
        return Standing.NOT_JUDGED, f"not judged: {judge} did not run"
    spoken = f"{judge} ({verdict.version})"
    against = [
        item
        for item in verdict.findings
        if item.severity is Severity.ERROR and codes.fullmatch(item.code)
    ]
    if against:
        rules = ", ".join(dict.fromkeys(item.code for item in against))
        return Standing.REFUTED, f"refuted by {spoken}: {rules}"
    return Standing.CONFIRMED, f"confirmed by {spoken}"


def _worst(standings: Iterable[Standing]) -> Standing:
    """Return how a claim stands: what nobody has judged is not confirmed by anybody else."""
    found = set(standings)
    order = (Standing.REFUTED, Standing.CONFIRMED, Standing.ESTABLISHED)
    return next((item for item in order if item in found), Standing.NOT_JUDGED)


def _refuted(claim: str, name: str, verdict: Verdict) -> Diagnostic:
    return Diagnostic(
        "claim-refuted",
        Severity.ERROR,
        f"{name} claims “{claim}”, which {verdict.name} refutes.",
        "It must not be published so: mend what the judge found, or drop the claim.",
        Place(name),
    )


def _unfounded(claim: str, name: str) -> Diagnostic:
    return Diagnostic(
        "claim-unfounded",
        Severity.ERROR,
        f"{name} claims “{claim}”, which its build has not established.",
        "Build it again; the file may have been changed.",
        Place(name),
    )
