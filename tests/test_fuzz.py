"""Random manuscripts: no crash, no hang, no word lost on the way into an edition.

``./inv test --only fuzz --fuzz 20000`` tries more of them, and others.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from faircopy import manuscript, proof
from faircopy.core import ast
from faircopy.core.diagnostics import EditionError, ManuscriptError
from faircopy.core.model import Publication
from faircopy.manuscript.lint import lint
from faircopy.theme import load
from faircopy.writers import FORMATS, Options, write
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tests import random_manuscripts
from tests.random_manuscripts import Case

CASES = int(os.environ.get("FAIRCOPY_FUZZ", "1000"))
SEED = os.environ.get("FAIRCOPY_FUZZ_SEED", "")
PARTS = 4
"""Into how many tests they are divided, which run beside one another."""

READ = 0.15
"""Share of the cases that is read at least, not refused: the others never meet a writer."""

PATIENCE = 30.0
"""Seconds of processor time, ours and pandoc's, after which a case hangs; most take a tenth."""

FOUND = {
    "0": (
        Case("en-GB", "article", "$$ $$"),
        Case("ar", "article", "$\u2064$ $\\,$ ${}$"),
        Case("en-GB", "article", "$é$~\u2063~ `a`\u200b"),
        Case("en-GB", "article", 'a ↔ b ↩ c `↔` ↔\ufe0e "d ↔"'),
        Case("en-GB", "article", '"\u2006"'),
        Case("en-GB", "article", "a\u2028b\u2029c"),
        Case("en-GB", "article", "[^n]:```\n```\n[^n]"),
        Case("en-GB", "article", "[^n]:        |\n[^n]"),
        Case("en-GB", "article", "[^n]:```\n)\n```\n\n[[^n]"),
        Case("en-GB", "article", "[^n]:![[]](a.svg)\n[^n]![N](a.svg)"),
        Case("en-GB", "article", "![\u3000゠](a.svg)"),
        Case("en-GB", "interview", "- > > #"),
    ),
    "pdf": (
        Case("en-GB", "interview", "A\n\n- ::: pull-quote\n  A\n  :::"),
        Case("en-GB", "article", "\U000e0000]"),
        Case("en-GB", "article", 'a ↔ b ↩ c `↔` ↔\ufe0e "d ↔"'),
    ),
}
"""Cases that failed once, by the test that found them."""


def read(folder: Path, case: Case) -> Publication | None:
    """Read a case; a refusal must say where and what to do."""
    (folder / "manuscript.md").write_bytes(case.data)
    (folder / "a.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>")
    try:
        return manuscript.read(folder)
    except ManuscriptError as error:
        found = error.diagnostics
    assert all(item.place and item.place.line and item.message and item.remedy for item in found)
    return None


def whole(publication: Publication, name: str, options: Options) -> None:
    """Assert that a format holds every word of a publication, or says which letter no font has."""
    row = next(row for row in FORMATS if row.name == name)
    try:
        artifact = write(row, publication, load("theme"), options)
    except EditionError as error:
        assert {item.code for item in error.diagnostics} == {"glyph-missing"}  # noqa: PT017
        return
    found = proof.verify(publication, artifact)
    assert not found, "; ".join(f"{item.code}: {item.message}" for item in found)


def judged(folder: Path, case: Case, check: Callable[[Publication], object]) -> None:
    """Read a case and, if that can be done, check it."""
    began = sum(os.times()[:4])
    publication = read(folder, case)
    if publication:
        check(publication)
    assert sum(os.times()[:4]) - began < PATIENCE


manuscripts = st.randoms(use_true_random=False).map(random_manuscripts.case)
relaxed = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.parametrize(("name", "case"), [(name, c) for name in FOUND for c in FOUND[name]])
def test_what_failed_once(tmp_path: Path, name: str, case: Case) -> None:
    judged(tmp_path, case, on_paper("a4") if name == "pdf" else in_books)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_random_manuscripts(tmp_path: Path, part: int) -> None:
    @seed(f"{SEED}{part}")
    @settings(relaxed, max_examples=CASES // PARTS, derandomize=False, database=None)
    @given(manuscripts)
    def tried(case: Case) -> None:
        judged(tmp_path, case, in_books)

    tried()


def in_books(publication: Publication) -> None:
    """Assert that ids are different, and that all words are in the book and in the bundle."""
    ids = [
        node.attr.id
        for node in ast.walk(publication.blocks)
        if isinstance(node, ast.Span | ast.Header) and node.attr.id
    ]
    assert len(ids) == len(set(ids))
    assert lint(publication, ask=lambda words, dictionary: frozenset()) is not None
    for name in ("epub", "bundle"):
        whole(publication, name, Options())


@pytest.mark.slow
@settings(relaxed, max_examples=max(40, CASES // 20))
@given(manuscripts)
def test_random_manuscripts_as_word_documents(tmp_path: Path, case: Case) -> None:
    judged(tmp_path, case, lambda publication: whole(publication, "docx", Options()))


@pytest.mark.slow
@pytest.mark.parametrize("page", ["a4", "a5"])
@settings(relaxed, max_examples=max(20, CASES // 100))
@given(case=manuscripts)
def test_random_manuscripts_on_paper(tmp_path: Path, page: str, case: Case) -> None:
    judged(tmp_path, case, on_paper(page))


def on_paper(page: str) -> Callable[[Publication], None]:
    """Return the assertion that all words are on the pages of this size."""
    return lambda publication: whole(publication, "pdf", Options(page=page))


def test_enough_of_the_random_manuscripts_can_be_read(tmp_path: Path) -> None:
    cases = [random_manuscripts.case(random.Random(number)) for number in range(100)]
    assert len(set(cases)) == len(cases)
    assert sum(read(tmp_path, case) is not None for case in cases) > READ * len(cases)


def test_a_fault_is_told_by_a_small_case_that_has_it() -> None:
    @settings(relaxed, max_examples=500, database=None, report_multiple_bugs=False)
    @given(manuscripts)
    def tried(case: Case) -> None:
        found.append(case)
        assert "~~" not in case.text

    found: list[Case] = []
    with pytest.raises(AssertionError):
        tried()
    assert "~~" in found[-1].text
    assert len(found[-1].text) < 40
