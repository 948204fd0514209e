"""What is counted in finished PDFs, with nothing but their glyphs to go by."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from faircopy.core.model import Artifact
from faircopy.proof import typography
from faircopy.proof.typography.lines import read
from faircopy.proof.verdict import Status

from tests.editions import INTERVIEW

Make = Callable[[str, str], Artifact]


@pytest.mark.parametrize("kind", ["pdf.a5", "pdf.a4"])
def test_the_interview_breaks_no_rule_and_its_pages_are_full(edition: Make, kind: str) -> None:
    """Two columns may end early: below them the next question, with its answer, has no room."""
    figures, verdict = typography.judged("en.pdf", edition(INTERVIEW, kind).data)
    assert figures is not None
    assert verdict.status is Status.PASSED
    counts = {item.rule: len(item.found) for item in figures.tallies}
    assert counts.pop("P6 short") <= 2
    assert set(counts.values()) == {0}
    assert figures.mean is not None
    assert 0.2 < figures.mean < 0.45


def test_lines_are_read_with_their_words_and_spaces(edition: Make) -> None:
    pages = read(edition(INTERVIEW, "pdf.a5").data)
    (first,) = (line for line in pages.lines if "regards Pakistan" in line.text)
    assert first.text == "Kazakhstan regards Pakistan as a friendly country"  # with the initial
    assert len(first.spaces) == 6
    assert first.left > first.size * 5
    assert {line.kind for line in pages.lines} == {"P", "H1", "H2"}


@pytest.mark.parametrize(
    ("name", "uncounted"),
    [("he", {"B5"}), ("ur", {"B5"}), ("zh", {"B4", "B5", "B6"}), ("el", set())],
)
def test_what_says_nothing_of_a_script_is_not_counted(
    edition: Make, name: str, uncounted: set[str]
) -> None:
    figures, _ = typography.judged("x.pdf", edition(name, "pdf.a5").data)
    assert figures is not None
    assert {item.rule for item in figures.tallies if item.uncounted} == uncounted
    assert ("B6" in uncounted) == (figures.mean is None)
    said = " ".join(typography.told(figures))
    assert ("B5 not counted" in said) == ("B5" in uncounted)


def test_text_that_stands_off_the_page_is_an_error(edition: Make) -> None:
    with pikepdf.open(io.BytesIO(edition(INTERVIEW, "pdf.a5").data)) as pdf:
        page, moved = pdf.pages[1], []
        for number, one in enumerate(pikepdf.parse_content_stream(page)):
            operands: list[Any] = list(one.operands)
            if str(one.operator) == "Tm" and number > 100:
                operands[4] = 2000
            moved.append(pikepdf.ContentStreamInstruction(operands, one.operator))
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(moved))
        out = io.BytesIO()
        pdf.save(out)
    _, verdict = typography.judged("en.pdf", out.getvalue())
    assert verdict.status is Status.FAILED
    assert [item.code for item in verdict.findings] == ["text-off-page"]
    assert "en.pdf, page 2" in verdict.findings[0].message


def test_what_is_no_pdf_is_an_error() -> None:
    figures, verdict = typography.judged("en.pdf", b"no PDF")
    assert figures is None
    assert [item.code for item in verdict.findings] == ["broke-down"]
