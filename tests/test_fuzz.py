"""Random manuscripts: no crash, no hang, no word lost on the way into an edition.

``./inv test --only fuzz --fuzz 20000`` tries more of them, and others.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline import ast, manuscript, proof
from pipeline.diagnostics import EditionError, ManuscriptError
from pipeline.manuscript.lint import lint
from pipeline.model import Publication
from pipeline.theme import load
from pipeline.writers import FORMATS, Options, write
from tests import random_manuscripts
from tests.random_manuscripts import Case

CASES = int(os.environ.get("FAIRCOPY_FUZZ", "2000"))
SEED = os.environ.get("FAIRCOPY_FUZZ_SEED", "")
PARTS = 8
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


def judged(folder: Path, case: Case, check: Callable[[Publication], object]) -> bool:
    """Read a case and check it; return whether it could be read."""
    began = sum(os.times()[:4])
    publication = read(folder, case)
    if publication:
        check(publication)
    assert sum(os.times()[:4]) - began < PATIENCE
    return publication is not None


def all_pass(folder: Path, cases: Iterator[Case], check: Callable[[Publication], object]) -> None:
    """Assert that no case fails; the first that does is told by the least of it that does."""
    tried = readable = 0
    for case in cases:
        tried += 1
        try:
            readable += judged(folder, case, check)
        except Exception as error:
            alike = type(error)

            def fails(other: Case, alike: type[Exception] = alike) -> bool:
                try:
                    judged(folder, other, check)
                except Exception as again:  # noqa: BLE001 - whatever it is, we look for the same
                    return type(again) is alike
                return False

            small = random_manuscripts.smallest(case, fails)
            raise AssertionError(f"{alike.__name__}: {error}\n{small!r}\nof {case!r}") from error
    assert readable > READ * tried


def cases(name: str, count: int) -> Iterator[Case]:
    yield from FOUND.get(name, ())
    yield from (random_manuscripts.case(f"{SEED}{name}/{number}") for number in range(count))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_random_manuscripts(tmp_path: Path, part: int) -> None:
    def check(publication: Publication) -> None:
        ids = [
            node.attr.id
            for node in ast.walk(publication.blocks)
            if isinstance(node, ast.Span | ast.Header) and node.attr.id
        ]
        assert len(ids) == len(set(ids))
        assert lint(publication, ask=lambda words, dictionary: frozenset()) is not None
        for name in ("epub", "bundle"):
            whole(publication, name, Options())

    all_pass(tmp_path, cases(str(part), CASES // PARTS), check)


@pytest.mark.slow
def test_random_manuscripts_as_word_documents(tmp_path: Path) -> None:
    def check(publication: Publication) -> None:
        whole(publication, "docx", Options())

    all_pass(tmp_path, cases("docx", max(40, CASES // 20)), check)


@pytest.mark.slow
@pytest.mark.parametrize("page", ["a4", "a5"])
def test_random_manuscripts_on_paper(tmp_path: Path, page: str) -> None:
    def check(publication: Publication) -> None:
        whole(publication, "pdf", Options(page=page))

    all_pass(tmp_path, cases("pdf", max(20, CASES // 100)), check)


def test_a_seed_gives_the_same_manuscript_everywhere() -> None:
    assert random_manuscripts.case("0/0") == random_manuscripts.case("0/0")
    assert len({random_manuscripts.case(f"x/{number}") for number in range(200)}) == 200


def test_a_case_that_fails_is_cut_down_to_what_makes_it_fail() -> None:
    case = Case("ur", "book", "one **two** three\n\n- four\n- five ~~six~~\n\nseven\n" * 9)
    found = random_manuscripts.smallest(case, lambda other: other.text.count("~~") > 1)
    assert found == Case("en-GB", "article", "~~~~")
    found = random_manuscripts.smallest(case, lambda other: other.lang == "ur", tries=50)
    assert found.lang == "ur"
    assert len(found.text) < len(case.text)


def test_a_fault_is_told_by_the_smallest_case_that_has_it(tmp_path: Path) -> None:
    def check(publication: Publication) -> None:
        assert not any(isinstance(node, ast.Strikeout) for node in ast.walk(publication.blocks))

    with pytest.raises(AssertionError) as caught:
        all_pass(tmp_path, cases("0", 500), check)

    said = str(caught.value).splitlines()[-2]
    assert "~~" in said
    assert len(said) < 80
