"""Roles, units, stable ids and places."""

from collections.abc import Callable
from pathlib import Path

import pytest
from faircopy import manuscript
from faircopy.core import ast
from faircopy.core.ast import Omit
from faircopy.core.model import Publication
from faircopy.passes.units import units
from hypothesis import given, settings
from hypothesis import strategies as st

Read = Callable[..., Publication]

SAMPLES = Path(__file__).parents[1] / "manuscripts"
INTERVIEW = "---\ntitle: T\nlang: en\nkind: interview\n{}---\n\n"


def table(publication: Publication) -> list[tuple[str, str]]:
    return [(u.role.value, ast.text(u.inlines, Omit.NOTES)) for u in units(publication.blocks)]


def test_questions_as_headings(read: Read) -> None:
    publication = read(
        INTERVIEW.format("") + "Lead.\n\n## Why? {#why}\n\nSo.\n\nThus.\n\n> Said.\n"
    )

    assert table(publication) == [
        ("paragraph", "Lead."),
        ("question", "Why?"),
        ("answer", "So."),
        ("answer", "Thus."),
        ("quotation", "Said."),
    ]


def test_a_heading_among_questions(read: Read) -> None:
    publication = read(
        INTERVIEW.format("") + "## Background {.heading}\n\nText.\n\n## Why?\n\nSo.\n"
    )

    assert [role for role, _ in table(publication)] == [
        "heading",
        "paragraph",
        "question",
        "answer",
    ]


@pytest.mark.parametrize(
    ("front", "first"),
    [("", "question"), ("interviewee: Ann Smith\n", "answer"), ("interviewer: Bob\n", "answer")],
)
def test_speaker_turns(read: Read, front: str, first: str) -> None:
    text = "**Ann:** One.\n\nTwo.\n\n**Bob**: Three.\n\n**Ann:** Four.\n"
    publication = read(INTERVIEW.format(front) + text)

    found = [(u.role.value, u.speaker) for u in units(publication.blocks)]
    other = {"question": "answer", "answer": "question"}[first]
    assert found == [(first, "Ann"), (first, "Ann"), (other, "Bob"), (first, "Ann")]
    assert ast.text(publication.blocks) == "Ann: One.\nTwo.\nBob: Three.\nAnn: Four."


def test_one_bold_label_is_emphasis(read: Read) -> None:
    publication = read(INTERVIEW.format("") + "## Why?\n\n**Note:** so.\n")

    assert [role for role, _ in table(publication)] == ["question", "answer"]


def test_an_id_stays_when_something_else_changes(read: Read) -> None:
    before = {u.id for u in units(read("# A {#a}\n\nOne.\n\nTwo.\n\n# B {#b}\n\nOne.\n").blocks)}
    after = {
        u.id for u in units(read("# A {#a}\n\nNew.\n\nTwo!\n\nOne.\n\n# B {#b}\n\nOne.\n").blocks)
    }

    assert len(before) == 5
    assert len(before - after) == 1, "only the paragraph that changed has another id"


def test_the_same_words_twice(read: Read) -> None:
    ids = [u.id for u in units(read("# A {#a}\n\nYes.\n\nYes.\n").blocks)]

    assert len(set(ids)) == 3
    assert ids[2] == ids[1] + "-2"


def test_ids_fit_a_bookmark(read: Read) -> None:
    heading = "An exceedingly long heading with a great many words in it"
    publication = read(f"# {heading}\n\nText.\n\n# 标题\n\nText.\n")

    derived = [u.id for u in units(publication.blocks) if u.role.value == "paragraph"]
    assert all(len(id) <= 35 and id.isascii() for id in derived)
    assert [item.code for item in publication.diagnostics] == ["id-long"]


@pytest.mark.parametrize("sample", sorted(path.name for path in SAMPLES.iterdir()))
def test_every_unit_has_an_id_of_its_own_and_nearly_every_one_a_place(sample: str) -> None:
    publication = manuscript.read(SAMPLES / sample)
    found = list(units(publication.blocks))

    assert len({unit.id for unit in found}) == len(found)
    worded = [unit for unit in found if ast.text(unit.inlines, Omit.NOTES).strip("☐☒ ")]
    lost = [unit.id for unit in worded if unit.id not in publication.places]
    assert not lost


def test_places_are_those_of_the_words(read: Read) -> None:
    publication = read(
        "# A {#a}\n\nOne [two](#a) three.^[Four.]\n\n"
        "- five\n- [ ] six\n\n| sev | en |\n|-|-|\n| 8 | 9 |\n"
    )
    places = [
        (
            ast.text(u.inlines, Omit.NOTES),
            publication.places[u.id].line,
            publication.places[u.id].column,
        )
        for u in units(publication.blocks)
    ]

    assert places == [
        ("A", 6, 3),
        ("One two three.", 8, 1),
        ("Four.", 8, 23),
        ("five", 10, 3),
        ("☐ six", 11, 7),
        ("sev", 13, 3),
        ("en", 13, 9),
        ("8", 15, 3),
        ("9", 15, 7),
    ]


word = st.text(st.characters(whitelist_categories=("Ll", "Lu", "Lo")), min_size=1, max_size=8)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(word, min_size=1, max_size=12), min_size=1, max_size=6))
def test_every_word_is_found_where_it_stands(paragraphs: list[list[str]]) -> None:
    from faircopy.core.model import Role
    from faircopy.manuscript.places import align
    from faircopy.manuscript.source import Source
    from faircopy.passes.units import Unit

    text = "---\nx: y\n---\n\n" + "\n\n".join(" ".join(words) for words in paragraphs)
    source = Source("m.md", text.encode())
    found = [
        Unit(f"u{n}", Role.PARAGRAPH, tuple(ast.Str(word) for word in words[:1]))
        for n, words in enumerate(paragraphs)
    ]
    for unit, words in zip(found, paragraphs, strict=True):
        at = align(source, found).offset(unit.id)
        assert at < 0 or source.text[at:].startswith(tuple(words[0]))


def test_a_formula_that_nobody_can_read_is_shown_as_written(read: Read) -> None:
    publication = read("So $E = mc^2$ and $\\frac{$ too.\n")

    shown = [type(node).__name__ for node in ast.walk(publication.blocks)]
    assert (shown.count("Math"), shown.count("Code")) == (1, 1)
    assert [(d.code, d.place and d.place.column) for d in publication.diagnostics] == [
        ("formula-unreadable", 20)
    ]


def test_an_authors_class_makes_no_unit(read: Read) -> None:
    """``unit`` is the mark that structure puts; in a manuscript it is a name like any other."""
    publication = read("## Why {.unit}\n\nA [word]{.unit .x} and [two]{.unit .answer #q}.\n")
    found = list(units(publication.blocks))
    assert [ast.text(unit.inlines) for unit in found] == ["Why", "A word and two."]
    assert len({unit.id for unit in found}) == 2


@pytest.mark.parametrize("gap", ["", "\n"])
def test_paragraphs_of_a_definition_stay_apart(read: Read, gap: str) -> None:
    text = f"Term\n{gap}:   One.\n\n    Two.\n"
    publication = read("---\ntitle: T\nlang: en\nkind: article\n---\n\n" + text)

    (_, ((one, two),)) = next(ast.find(publication.blocks, ast.DefinitionList)).items[0]
    assert isinstance(one, ast.Para)
    assert isinstance(two, ast.Para)
