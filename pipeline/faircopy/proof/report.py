"""What a check found, for an edition at a glance; ``sheet`` and ``sarif`` write it down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from faircopy.core import ast
from faircopy.core.diagnostics import Diagnostic, Place, Severity, errors
from faircopy.core.model import Publication, Query
from faircopy.proof.claims import Claim, Standing
from faircopy.proof.fidelity import Proof
from faircopy.proof.reading import reading
from faircopy.proof.typography import Figures, told
from faircopy.proof.verdict import Status, Verdict
from faircopy.proof.words import Rules, Where, count, words

WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction (Brysbaert 2019, doi:10.1016/j.jml.2019.104047)."""


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """One file of an edition: what it is, and what was said of it.

    ``facts`` are those of the build's manifest (``pages``, ``fonts`` …); ``claims`` is what it
    says that it is, with the evidence; ``figures`` are those of a PDF's lines and pages.
    """

    name: str
    size: int
    sha256: str
    facts: Mapping[str, Any]
    proofs: tuple[Proof, ...]
    verdicts: tuple[Verdict, ...]
    claims: tuple[Claim, ...] = ()
    figures: Figures | None = None

    def said(self) -> Iterator[Verdict]:
        """Yield the word of each extractor and each judge."""
        yield from (proof.verdict for proof in self.proofs)
        yield from self.verdicts

    def findings(self) -> Iterator[Diagnostic]:
        """Yield what they found; the place of what has no line is the file.

        Who did not run has found no error, whatever keeps it from running.
        """
        replace = msgspec.structs.replace
        for verdict in self.said():
            for item in verdict.findings:
                if verdict.status is Status.NOT_RUN:
                    yield replace(item, severity=Severity.WARNING)
                else:
                    yield replace(item, place=item.place or Place(self.name))


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """All files of one manuscript.

    ``findings`` are those about the manuscript and about files that are not there; ``minutes``
    is how long an adult reads.
    """

    slug: str
    title: str
    lang: str
    dir: str
    words: int
    minutes: int
    files: tuple[Checked, ...]
    queries: tuple[Query, ...]
    findings: tuple[Diagnostic, ...]

    @classmethod
    def of(
        cls,
        publication: Publication,
        files: tuple[Checked, ...],
        findings: tuple[Diagnostic, ...] = (),
    ) -> Edition:
        """Return the report of a publication's files."""
        metadata = publication.metadata
        total = count(
            word.text for word in words(reading(publication), Rules(pictures=Where.NOWHERE))
        )
        return cls(
            slug=publication.slug,
            title=ast.text(metadata.title, ast.Omit.NOTES),
            lang=metadata.lang,
            dir=metadata.dir,
            words=total,
            minutes=max(1, round(total / WORDS_A_MINUTE)),
            files=files,
            queries=publication.queries,
            findings=(*publication.diagnostics, *findings),
        )

    def refuted(self) -> Iterator[Diagnostic]:
        """Yield an error for each claim that somebody refutes."""
        yield from (item for file in self.files for claim in file.claims for item in claim.findings)

    def said(self) -> Iterator[Verdict]:
        """Yield every word on every file."""
        for file in self.files:
            yield from file.said()


class Report(msgspec.Struct, frozen=True):
    """What a check found in all editions, and in the pages that list them."""

    editions: tuple[Edition, ...]
    pages: tuple[Checked, ...] = ()

    def sound(self, *, strict: bool = False) -> bool:
        """Say whether nothing was found that stops an edition.

        A judge that did not run leaves the edition unproven; with ``strict``, as in CI, that
        stops it as well.
        """
        statuses = {verdict.status for item in self.editions for verdict in item.said()}
        statuses |= {verdict.status for page in self.pages for verdict in page.said()}
        refused = {Status.FAILED, *([Status.NOT_RUN] if strict else [])}
        missing = any(errors((*item.findings, *item.refuted())) for item in self.editions)
        return bool(self.editions) and not missing and not statuses & refused

    def findings(self) -> tuple[Diagnostic, ...]:
        """Return all findings: of what has no line, by file, and of who did not run, once."""
        found = (
            finding
            for edition in self.editions
            for finding in (
                *edition.findings,
                *edition.refuted(),
                *(item for file in edition.files for item in file.findings()),
            )
        )
        of_pages = (item for page in self.pages for item in page.findings())
        return tuple(dict.fromkeys((*found, *of_pages)))

    def summary(self) -> str:
        """Return one line for each file and each voice that was not content, and a verdict."""
        files = (*(file for edition in self.editions for file in edition.files), *self.pages)
        return "\n".join(_lines(files))


def _lines(files: Iterable[Checked]) -> Iterator[str]:
    for file in files:
        voices = list(file.said())
        passed = sum(verdict.status is Status.PASSED for verdict in voices)
        before = [verdict.when for verdict in voices if verdict.when]
        said = f", {len(before)} said so before, since {min(before)}" if before else ""
        yield f"{file.name}: {passed} of {len(voices)} content{said}"
        for verdict in voices:
            if verdict.status is not Status.PASSED:
                yield f"  {verdict.name}: {verdict.status.value}"
        yield from _claimed(file)
        yield from (f"  {line}" for line in (told(file.figures) if file.figures else ()))


def _claimed(file: Checked) -> Iterator[str]:
    """Yield a line for each claim that is not confirmed, and one for those that are."""
    confirmed = [claim.name for claim in file.claims if claim.standing is Standing.CONFIRMED]
    if confirmed:
        yield f"  claims, confirmed: {', '.join(_brief(name) for name in confirmed)}"
    for claim in file.claims:
        if claim.standing is not Standing.CONFIRMED:
            yield f"  claims {_brief(claim.name)}: {'; '.join(claim.evidence)}"


def _brief(claim: str) -> str:
    return claim.rpartition(":")[2]


def as_json(edition: Edition) -> bytes:
    """Return an edition's report as JSON, keys sorted, the same bytes for the same report."""
    encoder = msgspec.json.Encoder(order="sorted")
    return msgspec.json.format(encoder.encode(edition), indent=2) + b"\n"
