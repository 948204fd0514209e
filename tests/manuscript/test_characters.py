"""Characters that come with what is pasted: refused by name and place, or read as a space."""

from collections.abc import Callable

import pytest
from faircopy.core import ast
from faircopy.core.diagnostics import ManuscriptError
from faircopy.core.model import Publication

Read = Callable[..., Publication]

REFUSED = {
    "\x07": ("U+0007 (BELL)", "Delete it"),
    "\x0c": ("U+000C (FORM FEED)", "empty line"),
    "\x85": ("U+0085 (NEXT LINE)", "Type …"),
    "\x93": ("U+0093", "Type “"),
    "\u2029": ("U+2029 (PARAGRAPH SEPARATOR)", "empty line"),
    "\u202e": ("U+202E (RIGHT-TO-LEFT OVERRIDE)", "{lang=he}"),
    "\ufeff": ("U+FEFF (ZERO WIDTH NO-BREAK SPACE)", "Delete it"),
    "\ufffc": ("U+FFFC (OBJECT REPLACEMENT CHARACTER)", "Delete it"),
    "\ufdd0": ("U+FDD0", "Delete it"),
    "\U0001fffe": ("U+1FFFE", "Delete it"),
    "\uf0b7": ("U+F0B7 (of private use)", "Type the sign"),
    "\U000e0041": ("U+E0041 (TAG LATIN CAPITAL LETTER A)", "nobody sees it"),
}


@pytest.mark.parametrize("sign", REFUSED)
def test_a_character_that_no_text_has(read: Read, sign: str) -> None:
    name, remedy = REFUSED[sign]

    with pytest.raises(ManuscriptError) as caught:
        read(f"A text.\n\nA wo{sign}rd{sign}.\n")

    (found,) = caught.value.diagnostics
    assert f"the character {name} is not allowed" in found.message
    assert found.message.endswith("it stands in 2 places")
    assert remedy in found.remedy
    assert found.place
    assert (found.place.line, found.place.column) == (8, 5)


def test_each_character_is_told(read: Read) -> None:
    with pytest.raises(ManuscriptError) as caught:
        read("A\x07 b\uf0b7 c\x07\n")

    assert len(caught.value.diagnostics) == 2


@pytest.mark.parametrize("sign", ["\u2028", "\x0b"])
def test_a_line_break_of_another_program_is_a_space(read: Read, sign: str) -> None:
    publication = read(f"One{sign}two and{sign}three.\n")

    assert ast.text(publication.blocks) == "One two and three."
    (found,) = publication.diagnostics
    assert found.message.endswith("is read as a space, in 2 places")
    assert found.place
    assert (found.place.line, found.place.column) == (6, 4)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("A \u202bb\u202c and \u2067c \u2066d\u2069\u2069.\n", []),
        ("A \u202bb.\n\nC\u202c.\n", [(6, 3), (8, 2)]),
        ("A \u2067b \u2066c\u2069.\n", [(6, 3)]),
        ("A \u2067b\u202c.\n", [(6, 3), (6, 5)]),
    ],
)
def test_a_turned_direction_ends_in_its_paragraph(
    read: Read, text: str, columns: list[tuple[int, int]]
) -> None:
    places = [item.place for item in read(text).diagnostics if item.code == "direction-open"]

    assert [(place.line, place.column) for place in places if place] == columns


@pytest.mark.parametrize(
    "text",
    [
        "A so\u00adft one, zero\u200bwidth, w\u2060j, z\u200dw\u200cj, l\u200er\u200fm, e\u0301.",
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f is Scotland.",
    ],
)
def test_signs_that_a_text_may_have(read: Read, text: str) -> None:
    assert read(f"{text}\n").diagnostics == ()
