"""Documents in pandoc's JSON: nothing is lost on the way in or out."""

from __future__ import annotations

import json

import msgspec
import pytest
from faircopy.core import ast

from tests.core.ast.trees import every_construct


def test_a_document_comes_out_as_it_went_in() -> None:
    document = every_construct()
    assert ast.decode(ast.encode(document)) == document


def test_fields_are_named() -> None:
    text = """{"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": [
        {"t": "OrderedList", "c": [[3, {"t": "LowerRoman"}, {"t": "OneParen"}], [[
            {"t": "Para", "c": [{"t": "Quoted", "c": [{"t": "SingleQuote"},
                [{"t": "Math", "c": [{"t": "DisplayMath"}, "x"]}]]}]}]]]},
        {"t": "Header", "c": [2, ["id", ["a"], [["k", "v"]]], [{"t": "Str", "c": "Why?"}]]},
        {"t": "Table", "c": [["", [], []], [null, []],
            [[{"t": "AlignLeft"}, {"t": "ColWidth", "c": 0.5}],
             [{"t": "AlignDefault"}, {"t": "ColWidthDefault"}]],
            [["", [], []], []], [], [["", [], []], []]]}]}"""
    document = ast.decode(text)
    numbered, heading, table = document.blocks
    assert isinstance(numbered, ast.OrderedList)
    assert numbered.delimiter.t == "OneParen"
    (quoted,) = ast.find(numbered, ast.Quoted)
    (math,) = ast.find(numbered, ast.Math)
    assert (quoted.double, math.display, math.text) == (False, True, "x")
    assert isinstance(heading, ast.Header)
    assert (heading.level, heading.attr.id, heading.attr.get("k")) == (2, "id", "v")
    assert isinstance(table, ast.Table)
    assert table.columns == 2
    assert json.loads(ast.encode(document)) == json.loads(text)


@pytest.mark.parametrize(
    "block",
    [
        '{"t": "Paragraph", "c": []}',
        '{"t": "Para", "c": [{"t": "Str"}]}',
        '{"t": "Para", "c": [{"t": "Quoted", "c": [{"t": "TripleQuote"}, []]}]}',
    ],
)
def test_what_pandoc_does_not_write_is_refused(block: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        ast.decode(f'{{"pandoc-api-version": [1, 23, 1], "meta": {{}}, "blocks": [{block}]}}')
