"""An EPUB's list of pages is held against the PDF whose pages it lists."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from faircopy.core.model import Artifact, PageStart
from faircopy.proof import page_list
from faircopy.proof.claims import Standing, claims
from faircopy.proof.verdict import Status, Verdict
from faircopy.theme import load
from faircopy.writers import Options, epub

from tests.editions import edition, read

Starts = tuple[PageStart, ...]


def judged(name: str, starts: Starts) -> tuple[Artifact, Verdict]:
    publication = read(name)
    metadata = msgspec.structs.replace(publication.metadata, print="a5")
    printed = msgspec.structs.replace(publication, metadata=metadata)
    made = epub.write(printed, load(), Options(page_starts=starts))
    return made, page_list.judge(made.data, edition(name, "pdf.a5").data, "a.epub")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["every-construct", "he", "zh", "ur", "kk"])
def test_pages_of_a_build_begin_where_those_of_its_pdf_do(name: str) -> None:
    _, verdict = judged(name, edition(name, "pdf.a5").page_starts)
    assert verdict.status is Status.PASSED, verdict.findings


def _later(starts: Starts) -> Starts:
    *before, last = starts
    return (*before, msgspec.structs.replace(last, letters=last.letters + 30))


def _earlier(starts: Starts) -> Starts:
    first, *_, last = starts
    return (*starts[:-1], msgspec.structs.replace(first, label=last.label))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (_later, "page-list-elsewhere"),
        (_earlier, "page-list-elsewhere"),
        (lambda starts: starts[:-1], "page-list-short"),
    ],
)
def test_a_page_that_begins_elsewhere_is_found(
    damage: Callable[[Starts], Starts], code: str
) -> None:
    made, verdict = judged("zh", damage(edition("zh", "pdf.a5").page_starts))
    assert {item.code for item in verdict.findings} == {code}
    told = claims(made.data, "a.epub", (verdict,), made.facts["claims"])  # type: ignore[arg-type]
    refuted = {claim.name for claim in told if claim.standing is Standing.REFUTED}
    assert refuted == {
        "schema:accessibilityFeature pageBreakMarkers",
        "schema:accessibilityFeature pageNavigation",
    }


def test_files_that_cannot_be_read_are_refused() -> None:
    assert page_list.judge(b"no zip", b"no pdf", "a.epub").status is Status.FAILED
