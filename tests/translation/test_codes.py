"""Codes: nothing is lost on the way out and back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from faircopy.core import ast
from faircopy.core.ast import Inline, Inlines
from faircopy.translation import codes, marks
from faircopy.translation.codes import Content, Kind, Tag
from hypothesis import assume, given, settings
from hypothesis import strategies as st

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


UNDERSTOOD = [
    ("< 1 >a</ 1 > b<2/>", "spaces"),
    ("<1 >a< /1> b< 2 / >", "spaces"),
    ("<1>a</1> b<2></2>", "both ends of what has none"),
    ("<1>a</1> b<2> </2>", "both ends of what has none"),
    ("<1>a</1> b<2>", "one end"),
    ("〈1〉a〈/1〉 b〈2/〉", "other brackets"),
    ("‹1›a‹/1› b⟨2/⟩", "other brackets"),
    ("＜１＞a＜／１＞ b＜２／＞", "full width"),
    ("<١>a</١> b<٢/>", "Arabic digits"),
    ("<۱>a</۱> b<۲/>", "Persian digits"),
    ("&lt;1&gt;a&lt;/1&gt; b&lt;2/&gt;", "as HTML has it"),
    (r"\<1>a\</1> b\<2/>", "as words"),
]


@pytest.mark.parametrize(("text", "why"), UNDERSTOOD, ids=[why for _, why in UNDERSTOOD])
def test_a_code_is_read_as_people_write_it(text: str, why: str) -> None:
    source = codes.parse_notation("<1>x</1> y<2/>")
    read = marks.understood(codes.parse_notation(text), source)
    assert codes.notation(read) == "<1>a</1> b<2/>"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<1>x</1> y", "< 1 >a< 1 > b"),  # which of them ends it
        ("<1>x</1> y", "< 2 >a</ 2 > b"),
        ("<1>x</1> y", "a < 1 > b"),
        ("<1>x</1> y<2/>", "</ 1 >a< 1 > b<2/>"),  # which does not nest
        ("x < 1 > <1>y</1>", "< 1 >a</ 1 >"),  # where the source has such words
        ("x < 1 > y", "a < 1 > b"),
        ("<1>x</1> y", "<1>a</1> b < 1 > c"),
    ],
)
def test_what_is_in_doubt_stays_as_it_is(source: str, text: str) -> None:
    content = codes.parse_notation(text)
    assert marks.understood(content, codes.parse_notation(source)) == content


def test_a_strangers_marks_cost_no_time() -> None:
    source = codes.parse_notation("<1>x</1>")
    for text in ("<" + " " * 200_000, "<1></1>" * 50_000, "< 1 >" * 50_000):
        content = codes.parse_notation(text)
        assert marks.understood(content, source) == content
        assert len(list(marks.doubtful(content))) in (0, 50_000)


STYLES: dict[str, Callable[[str], str]] = {
    "spaces": lambda mark: mark.replace("<", "< ").replace("/", " / ").replace(">", " >"),
    "full width": lambda mark: mark.translate(
        str.maketrans("<>/0123456789", "＜＞／０１２３４５６７８９")
    ),
    "brackets": lambda mark: mark.translate(str.maketrans("<>", "〈〉")),
    "Persian": lambda mark: mark.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")),
    "HTML": lambda mark: mark.replace("<", "&lt;").replace(">", "&gt;"),
}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@settings(max_examples=30)
@given(INLINES)
def test_a_style_of_writing_codes_loses_none(style: Callable[[str], str], inlines: Inlines) -> None:
    content, _ = codes.encode(inlines)
    assume(not {"<", "\\"} & set(codes.plain(content)))  # what looks like a code is escaped
    written = codes.parse_notation(
        re.sub("<[^<>]*>", lambda m: style(m[0]), codes.notation(content))
    )
    assert marks.understood(written, content) == content


@given(INLINES)
def test_what_is_right_is_left_alone(inlines: Inlines) -> None:
    content, _ = codes.encode(inlines)
    assert marks.understood(content, content) is content
