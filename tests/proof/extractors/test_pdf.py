"""The PDF reader's own rules: content streams, fonts, directions."""

from __future__ import annotations

from typing import Any

import pytest
from faircopy.proof.extractors.labels import label, reference
from faircopy.proof.extractors.pdf.bidi import logical
from faircopy.proof.extractors.pdf.fonts import Font
from faircopy.proof.extractors.pdf.syntax import operations
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (b"BT /F1 12 Tf ET", [("BT", []), ("Tf", ["F1", 12.0]), ("ET", [])]),
        (b"[<0041>-20<0042>0] TJ", [("TJ", [[b"\x00A\x00B", -20.0]])]),
        (b"[(a\\)b) 3 <41>] TJ", [("TJ", [[b"a)b", 3.0, b"A"]])]),
        (b"(a(b)c\\101\\n) Tj", [("Tj", [b"a(b)cA\n"])]),
        (b"/Span <</MCID 7/X [1 2]>> BDC", [("BDC", ["Span", {"MCID": 7.0, "X": [1.0, 2.0]}])]),
        (b"% a comment\nq % another\nQ", [("q", []), ("Q", [])]),
        (b"BI /W 1 ID \x00(]] EI Q", [("Q", [])]),
        (b"<414> Tj", [("Tj", [b"A\x40"])]),
        (b"-.5 +3. 1 re", [("re", [-0.5, 3.0, 1.0])]),
    ],
)
def test_content_streams_are_read_as_the_standard_says(
    stream: bytes, expected: list[tuple[str, list[Any]]]
) -> None:
    assert list(operations(stream)) == expected


@given(st.binary(max_size=200))
def test_no_stream_breaks_the_reader(stream: bytes) -> None:
    try:
        assert all(isinstance(operator, str) for operator, _ in operations(stream))
    except ValueError as error:
        pytest.fail(str(error))


@pytest.mark.parametrize(
    ("drawn", "right", "read"),
    [
        ("plain text", False, "plain text"),
        ("םולש", False, "שלום"),
        (".15,000 םימי", True, "ימים 15,000."),
        ("OCSENU לאו OMW לא", True, "אל WMO ואל UNESCO"),
        (".1", True, "1."),
        ("the רהנ flows", False, "the נהר flows"),
        ("םינשה 2004 1984", True, "1984 2004 השנים"),
    ],
)
def test_the_order_of_reading_is_found(drawn: str, right: bool, read: str) -> None:
    # Latin words are drawn from left to right also within a right-to-left line.
    drawn = drawn.replace("OCSENU", "UNESCO").replace("OMW", "WMO")
    assert logical(tuple(drawn), right=right) == read


def test_a_ligature_and_a_mark_stay_with_their_letters() -> None:
    assert logical(("\u064b", "ا", "فيص")) == "فيصا\u064b"


def test_a_font_gives_text_and_widths() -> None:
    import pikepdf

    pdf = pikepdf.new()
    cmap = pdf.make_stream(
        b"2 beginbfchar <0001> <0041> <0002> <00660066> endbfchar\n"
        b"1 beginbfrange <0010> <0012> <0061> endbfrange"
    )
    font = Font.of(
        pikepdf.Dictionary(
            Subtype=pikepdf.Name.Type0,
            ToUnicode=cmap,
            DescendantFonts=[pikepdf.Dictionary(W=[1, [500, 600], 16, 18, 250], DW=1000)],
        )
    )
    codes = font.codes(b"\x00\x01\x00\x02\x00\x11\x00\x63")
    assert font.texts(codes) == ["A", "ff", "b", "\ufffd"]
    assert [font.advance([code]) for code in codes] == [500, 600, 250, 1000]


@pytest.mark.parametrize(
    ("drawn", "sign"),
    [("•", "⟦bullet⟧"), ("3. ", "⟦3⟧"), ("(a)", "⟦a⟧"), ("٣.", "⟦3⟧"), (".1", "⟦1⟧")],
)
def test_labels_are_signs(drawn: str, sign: str) -> None:
    assert label(drawn) == sign


def test_a_wrong_number_of_a_note_is_text() -> None:
    assert reference("۲", 2) == "⟦note⟧"
    assert reference("3", 2) == "⟦note⟧3"
