"""Codes: nothing is lost on the way out and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import ast
from pipeline.ast import Inline, Inlines
from pipeline.translation import codes
from pipeline.translation.codes import Content, Kind, Tag
from tests.translation.strategies import INLINES, normal


@given(INLINES)
def test_decode_undoes_encode(inlines: Inlines) -> None:
    content, table = codes.encode(inlines)
    assert codes.decode(content, table) == normal(inlines)


@given(INLINES)
def test_the_notation_is_lossless(inlines: Inlines) -> None:
    content, _ = codes.encode(inlines)
    written = codes.notation(content)
    assert codes.parse_notation(written) == content
    assert "\n" not in written
    assert "\t" not in written


_parts = st.one_of(
    st.sampled_from(["\\", "<1>", "<", ">", "a", "\\<2/>", "</3/>", "/"]),
    st.builds(Tag, st.sampled_from("12"), st.sampled_from(Kind)),
)


@given(st.lists(_parts, max_size=12).map(codes.join))
def test_the_notation_tells_words_from_tags(content: Content) -> None:
    assert codes.parse_notation(codes.notation(content)) == content


def test_notation_reads_like_text() -> None:
    note = ast.Note((ast.Para((ast.Str("n"),)),))
    inlines = (ast.Strong((ast.Str("Bold"),)), ast.Space(), ast.Str("word."), note)
    content, table = codes.encode(inlines)
    assert codes.notation(content) == "<1>Bold</1> word.<2/>"
    assert [codes.describe(node) for node in table.values()] == ["bold", "footnote"]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("<1>a", codes.Unbalanced),
        ("a</1>", codes.Unbalanced),
        ("<1><3>a</1></3>", codes.Unbalanced),
        ("<1/>", codes.Unknown),
        ("<2>a</2>", codes.Unknown),
        ("<9/>", codes.Unknown),
    ],
)
def test_damage_is_refused(text: str, error: type[ValueError]) -> None:
    table: dict[str, Inline] = {"1": ast.Emph(()), "2": ast.LineBreak(), "3": ast.Strong(())}
    with pytest.raises(error):
        codes.decode(codes.parse_notation(text), table)
