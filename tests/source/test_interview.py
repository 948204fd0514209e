"""A head of state's words are not ours to change: original + corrections = manuscript."""

from pathlib import Path

import pytest
from faircopy import manuscript
from faircopy.core import ast
from faircopy.core.ast import Omit
from faircopy.core.diagnostics import ManuscriptError
from faircopy.core.model import Publication, Role
from faircopy.manuscript import beside
from faircopy.manuscript.lint import lint
from faircopy.manuscript.source import Source, normal
from faircopy.passes.units import units

FOLDER = Path(__file__).parents[2] / "source" / "president-of-kazakhstan-interview"


@pytest.fixture(scope="module")
def interview() -> Publication:
    return manuscript.read(FOLDER)


def test_original_and_corrections_make_the_manuscript(interview: Publication) -> None:
    original = (FOLDER / beside.ORIGINAL).read_text("utf-8")
    corrections = beside.corrections(FOLDER, beside.CORRECTIONS)
    metadata = interview.metadata
    opener = (metadata.title, metadata.outlet, metadata.standfirst)
    # A pull quote repeats words of the text; lint holds it to them, letter for letter.
    text = (unit for unit in units(interview.blocks) if unit.role is not Role.PULL_QUOTE)
    body = (unit.inlines for unit in text)

    paragraphs = [normal(ast.text(inlines, Omit.NOTES)) for inlines in (*opener, *body)]

    assert paragraphs == beside.corrected(original, corrections, beside.CORRECTIONS)


def test_a_correction_only_joins_what_a_line_break_cut() -> None:
    for correction in beside.corrections(FOLDER, beside.CORRECTIONS):
        assert normal(correction.before) == normal(correction.after)
        assert correction.why


def test_nine_questions_with_stable_ids(interview: Publication) -> None:
    questions = [u.id for u in units(interview.blocks) if u.role is Role.QUESTION]
    answers = [u for u in units(interview.blocks) if u.role is Role.ANSWER]

    assert questions == [
        "cooperation",
        "united-states",
        "abraham-accords",
        "board-of-peace",
        "gaza",
        "mediation",
        "greenland",
        "constitution",
        "development-path",
    ]
    assert len(answers) == 48
    assert {u.section for u in answers} == set(questions)


def test_doubtful_places_stand_and_are_asked_about(interview: Publication) -> None:
    text = ast.text(interview.blocks)
    doubtful = (
        "Kenesі",
        "negation process",
        "6,5 percent",
        "it’s sovereign right",
        "120 years term",
    )

    assert all(words in text for words in doubtful)
    assert all(any(words in query.text for query in interview.queries) for words in doubtful)
    assert all(
        query.place.line > 1 and query.unit in interview.places for query in interview.queries
    )


def test_a_query_about_words_that_are_not_there() -> None:
    source = Source("m.md", b"---\nx: y\n---\n\ntext\n")
    with pytest.raises(ManuscriptError, match="query-not-found"):
        beside.queries(FOLDER, "queries.toml", source, [])


def test_pull_quotes_repeat_the_text(interview: Publication) -> None:
    quotes = [u for u in units(interview.blocks) if u.role is Role.PULL_QUOTE]

    assert len(quotes) == 2
    assert not [item for item in lint(interview) if item.code == "pull-quote-words"]
