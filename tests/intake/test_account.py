"""The account of words: what is lost, doubled, changed or moved is found, with its paragraph."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from faircopy.intake import account, take
from faircopy.intake.account import Difference, differences, words
from faircopy.intake.walked import Passage

from tests.intake.test_intake import proven
from tests.intake.word import docx, p

FILE = (
    Passage(1, "The reed bends."),
    Passage(2, "It outlives — so they say — many storms."),
    Passage(4, "And the oak?"),
)
WHOLE = " ".join(one.text for one in FILE)


def found(text: str) -> list[tuple[int, str, str]]:
    """Return where a manuscript of these words differs from the file."""
    return [(one.paragraph, " ".join(one.lacking), " ".join(one.more)) for one in _of(text)]


def _of(text: str) -> list[Difference]:
    return differences(FILE, text)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("The reed", "reed", [(1, "The", "")]),
        ("outlives ", "", [(2, "outlives", "")]),
        ("oak?", "", [(4, "oak?", "")]),
        (" the oak?", "", [(4, "the oak?", "")]),
        ("And the oak?", "", [(4, "And the oak?", "")]),
        ("The reed", "The The reed", [(1, "", "The")]),
        ("many", "many many", [(2, "", "many")]),
        ("the oak?", "the oak? oak?", [(4, "", "oak?")]),
        ("The", "Oh! The", [(1, "", "Oh!")]),
        ("reed", "weed", [(1, "reed", "weed")]),
        ("And", "and", [(4, "And", "and")]),
        ("oak?", "oak", [(4, "oak?", "oak")]),
        ("storms.", "storms,", [(2, "storms.", "storms,")]),
        ("they say", "say they", [(2, "", "say"), (2, "say", "")]),
        ("reed bends. It", "It bends. reed", [(1, "", "It bends."), (1, "bends. It", "")]),
        ("many storms", "manystorms", [(2, "many storms.", "manystorms.")]),
        ("outlives", "out lives", [(2, "outlives", "out lives")]),
        ("bends. It", "bends.It", [(1, "bends. It", "bends.It")]),
        ("reed bends", "reed not bends", [(1, "", "not")]),
        (WHOLE, "", [(1, " ".join(words(WHOLE)), "")]),
        (WHOLE, f"{WHOLE} {WHOLE}", [(4, "", " ".join(words(WHOLE)))]),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)
def test_each_difference_is_found_with_its_paragraph(
    one: str, other: str, expected: list[tuple[int, str, str]]
) -> None:
    assert one in WHOLE
    assert found(WHOLE.replace(one, other, 1)) == expected


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        WHOLE.replace("—", "–").replace(" ", "\n"),
        WHOLE.replace("reed", "“reed”").replace("oak", "o’ak"),
        f"☒ {WHOLE}",
        f"\n {WHOLE}\t",
    ],
)
def test_quotation_marks_dashes_spaces_and_boxes_are_no_difference(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "other"),
    [("the parents ', he said", "the parents’, he said"), ("so ' he", "so ‘he"), ("a…", "a...")],
)
def test_quotation_marks_and_points_are_no_words(text: str, other: str) -> None:
    assert words(text) == words(other)


def test_a_paragraph_that_begins_with_points_is_not_glued_to_the_one_before() -> None:
    file = (Passage(1, "General"), Passage(2, "“….major"))

    assert differences(file, "General\n\n“….major") == []


@pytest.mark.parametrize("at", [0, 3_000, 5_999])
def test_one_word_of_a_long_text(at: int) -> None:
    file = [Passage(number + 1, f"w{number}") for number in range(6_000)]
    text = [one.text for one in file]
    text[at] = "x"

    assert differences(file, " ".join(text)) == [Difference(at + 1, (f"w{at}",), ("x",))]


def test_a_long_text_that_differs_from_beginning_to_end_is_one_difference() -> None:
    count = account._DIFFERENT + 1
    file = [Passage(number + 1, f"w{number}") for number in range(count)]
    (one,) = differences(file, " ".join(f"v{number}" for number in range(count)))

    assert (one.paragraph, len(one.lacking), len(one.more)) == (1, count, count)


def test_words_where_the_file_has_none() -> None:
    assert differences([], "More.") == [Difference(0, (), ("More.",))]
    assert differences(FILE, "") == [Difference(1, tuple(words(WHOLE)), ())]


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("second", "", "paragraph 3 of the file: the manuscript lacks “second”"),
        ("second", "2nd", "lacks “second” and the manuscript has “2nd”, which is not in the file"),
        ("Title", "Titel", "paragraph 1 of the file: the manuscript lacks “Title”"),
    ],
)
def test_a_manuscript_with_other_words_is_refused(
    one: str, other: str, said: str, tmp_path: Path
) -> None:
    body = p("Title", style="Title") + p("The first.") + p("The second one.")
    taken = take(docx(body), "file.docx")
    assert one in taken.text
    wrong = msgspec.structs.replace(taken, text=taken.text.replace(one, other))
    (item,) = proven(wrong, tmp_path)

    assert (item.code, item.severity.value) == ("import-words", "error")
    assert said in item.message


def test_words_where_no_text_may_be_are_refused(tmp_path: Path) -> None:
    taken = take(docx(f"{p('One.')}<w:tblGrid><w:t>lost words</w:t></w:tblGrid>"), "file.docx")
    (item,) = proven(taken, tmp_path)

    assert (item.code, item.severity.value) == ("import-unseen", "error")
    assert "lost words" in item.message
