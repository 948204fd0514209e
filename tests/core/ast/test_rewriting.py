"""Trees made from trees: what a change touches and what it leaves."""

from __future__ import annotations

import pytest
from faircopy.core import ast

from tests.core.ast.test_walking import KINDS
from tests.core.ast.trees import every_construct


@pytest.mark.parametrize("kinds", KINDS)
def test_a_change_of_some_kinds_is_asked_about_all_of_them(
    kinds: tuple[type[ast.Node], ...],
) -> None:
    blocks = every_construct().blocks
    asked: list[ast.Node] = []

    def change(node: ast.Node) -> ast.Node:
        if isinstance(node, kinds):
            asked.append(node)
        return node

    assert ast.rewrite(blocks, change) == blocks
    all_of_them, asked = asked, []
    assert ast.rewrite(blocks, change, *kinds) == blocks
    assert asked == all_of_them


def test_what_does_not_change_is_the_same_tree_lists_and_tables_too() -> None:
    blocks = every_construct().blocks
    assert {ast.OrderedList, ast.Table} <= {type(node) for node in ast.walk(blocks)}
    assert ast.rewrite(blocks, lambda node: node) is blocks


def test_what_is_changed_takes_its_place() -> None:
    blocks = every_construct().blocks

    def change(node: ast.Node) -> ast.Node | tuple[ast.Node, ...]:
        return (ast.Str("a"), ast.Str("b")) if isinstance(node, ast.Space) else node

    changed = ast.rewrite(blocks, change, ast.Space)
    assert changed == ast.rewrite(blocks, change)
    assert not list(ast.find(changed, ast.Space))


def test_an_empty_sequence_takes_a_node_out() -> None:
    words: ast.Inlines = (ast.Str("a"), ast.Space(), ast.Str("b"))
    left = ast.rewrite(words, lambda node: () if node == ast.Space() else node)
    assert left == (ast.Str("a"), ast.Str("b"))


@pytest.mark.parametrize("kind", ast.HOLDERS)
def test_the_same_markup_is_put_around_other_inlines(kind: type[ast.Holder]) -> None:
    document = every_construct()
    holder = next(iter(ast.find(document, kind)))
    other = (ast.Str("other"),)
    held = ast.holding(holder, other)
    assert type(held) is kind
    assert held.inlines == other
    assert ast.holding(held, holder.inlines) == holder


def test_the_pieces_of_a_word_are_joined() -> None:
    pieces = (ast.Str("a"), ast.Str("b"), ast.Space(), ast.Str("c"))
    assert ast.joined(pieces) == (ast.Str("ab"), ast.Space(), ast.Str("c"))
