"""The walks over pandoc's tree: the quick ones find and change what the long ones do."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import ast
from pipeline.ast import Blocks, Node
from pipeline.manuscript import read

KINDS = (
    (ast.Str,),
    (ast.Image,),
    (ast.Code, ast.CodeBlock, ast.Table),
    (ast.Header, ast.Span, ast.Div),
    (ast.Note,),
    (ast.Space, ast.Math),
)


@pytest.fixture(scope="module")
def blocks() -> Blocks:
    folder = Path(__file__).parent / "manuscripts/every-construct"
    return read(folder, name="every-construct").blocks


@pytest.mark.parametrize("kinds", KINDS)
def test_what_is_found_is_what_a_walk_comes_by(
    blocks: Blocks, kinds: tuple[type[Node], ...]
) -> None:
    found = list(ast.find(blocks, *kinds))
    assert found == [node for node in ast.walk(blocks) if isinstance(node, kinds)]
    assert found


@pytest.mark.parametrize("kinds", KINDS)
def test_a_change_of_some_kinds_is_asked_about_all_of_them(
    blocks: Blocks, kinds: tuple[type[Node], ...]
) -> None:
    asked: list[Node] = []

    def change(node: Node) -> Node:
        if isinstance(node, kinds):
            asked.append(node)
        return node

    assert ast.rewrite(blocks, change) == blocks
    all_of_them, asked = asked, []
    assert ast.rewrite(blocks, change, *kinds) == blocks
    assert asked == all_of_them


def test_what_is_changed_takes_its_place(blocks: Blocks) -> None:
    def change(node: Node) -> Node | tuple[Node, ...]:
        return (ast.Str("a"), ast.Str("b")) if isinstance(node, ast.Space) else node

    changed = ast.rewrite(blocks, change, ast.Space)
    assert changed == ast.rewrite(blocks, change)
    assert not list(ast.find(changed, ast.Space))
