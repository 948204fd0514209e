"""Lines that run both ways: their words must be there, whatever their order as drawn."""

from __future__ import annotations

import pytest
from faircopy.proof.order import PIECE, ordered
from faircopy.proof.tokens import tokens

KNOWN = tokens("Before. She wrote شهر (in 1984), then שלום again, and [no more]. After it all.")


@pytest.mark.parametrize(
    "lines",
    [
        ["Before. She wrote شهر (in 1984), then שלום again, and [no more].", "After it all."],
        ["Before. ,(She wrote شهر )in 1984", "then שלום again, and [no more]. After it all."],
        [
            "Before.",
            "She wrote",
            "then ,)1984 in( شهر",
            "[no more]. again, and שלום",
            "After it all.",
        ],
    ],
)
def test_the_order_within_a_line_is_free(lines: list[str]) -> None:
    assert ordered(lines, KNOWN) == KNOWN


@pytest.mark.parametrize(
    "lines",
    [
        # a word lost, changed, doubled, or moved to another line; a letter moved within a word
        ["Before. She wrote شهر in 1984), then שלום again, and [no more].", "After it all."],
        ["Before. She wrote", "then ,)1984 in( نهر", "שלום again, and [no more]. After it all."],
        ["Before. She wrote", "then ,)1984 in( in شهر", "שלום again, and [no more]. After it all."],
        ["Before. She wrote", "שלום again, and [no more].", "then ,)1984 in( شهر", "After it all."],
        ["Before. She wrote", "then ,)1948 in( شهر", "שלום again, and [no more]. After it all."],
        [
            "Before. Wrote she شهر",
            "(in 1984), then שלום again, and [no more].",
            "After all it lal.",
        ],
    ],
)
def test_a_lost_or_changed_word_is_found(lines: list[str]) -> None:
    assert ordered(lines, KNOWN) != KNOWN


@pytest.mark.parametrize(
    ("drawn", "right"),
    [
        ("to rule out לְִׁשלֹול always", True),  # a glyph of a letter with its point, and without
        ("to rule out לְִׁשלֹל always", False),  # a letter lost
        ("to rule out לְִׁשלול always", False),  # a point lost
        ("to rule out לְִׁלשֹול always", False),  # letters in another order
    ],
)
def test_points_may_stand_beside_their_letter(drawn: str, right: bool) -> None:
    known = tokens("to rule out לִשְׁלוֹל always")
    assert (ordered([drawn], known) == known) is right


def test_a_text_in_one_direction_has_no_such_freedom() -> None:
    known = tokens("one two three")
    assert ordered(["two one three"], known) == ["two", "one", "three"]


def test_foreign_words_in_a_text_from_right_to_left_may_have_their_stops_elsewhere() -> None:
    known = tokens("All of it is acceptable, but foreign.")
    block = PIECE.join(["All of it is acceptable", " ,", "but foreign", "."])
    assert ordered([block], known, right=True) == known
    assert ordered([block], known) != known
    assert ordered([block.replace("but", "and")], known, right=True) != known


@pytest.mark.parametrize(
    ("block", "read"),
    [
        (["Before. She wr\u00ad", "ote شهر (in 1984), then "], KNOWN[:7]),
        (["Before. ", "She"], KNOWN[:2]),
    ],
)
def test_a_word_goes_on_in_the_next_piece_by_its_place(block: list[str], read: list[str]) -> None:
    assert ordered([PIECE.join(block)], KNOWN)[: len(read)] == read


def test_pieces_of_a_text_in_one_direction_are_joined_as_they_stand() -> None:
    assert ordered([PIECE.join(["no fall\u00ad", "back, ", "fall ", "back"])], ["x"]) == [
        *("no", "fallback,", "fall", "back")
    ]


def test_signs_alone_stand_where_they_come_next_and_not_as_they_were_drawn_far_behind() -> None:
    """A stop and a quotation mark are drawn the other way round, as they stand further on."""
    known = tokens("صفحة «Traffic». يمكنك News، «قال لا.»")
    block = PIECE.join(["صفحة «", "Traffic", ".»", "يمكنك ", "News", "، ", "«قال لا.»"])
    assert ordered([block], known) == known


def test_an_apostrophe_at_the_end_of_a_piece_is_read_by_its_whole_word() -> None:
    known = tokens("they [=the kadi’s court] said ויניציאה שס'ה, קסב")
    block = PIECE.join(["they [=the ", "kadi’", "s court] said ", "ויניציאה שס'", "ה, קסב"])
    assert ordered([block], known) == known
    assert ordered([block.replace("s court", "t court")], known) != known


def test_what_joins_letters_may_be_drawn_with_the_next_glyph() -> None:
    known = tokens("نسخه $USER\u200d در ویندوز")
    block = PIECE.join(["نسخه ", "$USER", " د\u200dر ویندوز"])
    assert ordered([block], known, right=True) == known
    assert ordered([block.replace("\u200d", "")], known, right=True) != known


def test_a_quotation_mark_within_a_word_is_read_by_what_stands_before_it() -> None:
    known = tokens('של not"keyZ" כן')
    assert ordered([PIECE.join(["של ", "not", '"keyZ" ', "כן"])], known) == known
    assert ordered([PIECE.join(["של ", "not", '"keyX" ', "כן"])], known) != known
