"""The walks over pandoc's tree: the quick one finds what the long one comes by."""

from __future__ import annotations

import pytest
from faircopy.core import ast

from tests.core.ast.trees import every_construct

KINDS = (
    (ast.Str,),
    (ast.Image,),
    (ast.Code, ast.CodeBlock, ast.Table),
    (ast.Header, ast.Span, ast.Div),
    (ast.Note,),
    (ast.Space, ast.Math),
)


@pytest.mark.parametrize("kinds", KINDS)
def test_what_is_found_is_what_a_walk_comes_by(kinds: tuple[type[ast.Node], ...]) -> None:
    document = every_construct()
    found = list(ast.find(document, *kinds))
    assert found == [node for node in ast.walk(document) if isinstance(node, kinds)]
    assert found


def test_parents_come_before_children_and_a_note_where_it_is_referred_to() -> None:
    note = ast.Note((ast.Para((ast.Str("note"),)),))
    heading = ast.Header((1, ast.NO_ATTR, (ast.Str("a"), note, ast.Str("b"))))
    names = [type(node).__name__ for node in ast.walk((heading, ast.HorizontalRule()))]
    assert names == ["Header", "Str", "Note", "Para", "Str", "Str", "HorizontalRule"]
