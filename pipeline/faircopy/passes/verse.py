"""Lines of verse: how far in each begins, so that what turns over hangs deeper."""

from __future__ import annotations

import math

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Inlines, Node
from faircopy.passes.units import UNIT

DEEPEST = 8
"""Levels that a style sheet tells apart."""
_SPACES = 4
"""Spaces of a level: about an em."""


def mark(value: ast.T) -> ast.T:
    """Return a tree in which each line of verse that is indented says so by a class: ``in-2``.

    Pandoc reads the spaces that a line begins with as no-break spaces; they stay.
    """
    return ast.rewrite(value, _marked, ast.LineBlock)


def _marked(node: Node) -> Node:
    if not isinstance(node, ast.LineBlock):
        return node
    return ast.LineBlock(tuple(tuple(map(_indented, line)) for line in node.lines))


def _indented(inline: ast.Inline) -> ast.Inline:
    if not isinstance(inline, ast.Span) or UNIT not in inline.attr.classes:
        return inline
    level = _level(inline.inlines)
    if not level:
        return inline
    attr = msgspec.structs.replace(inline.attr, classes=(*inline.attr.classes, f"in-{level}"))
    return ast.Span((attr, inline.inlines))


def _level(inlines: Inlines) -> int:
    first = next(ast.find(inlines, ast.Str), None)
    spaces = len(first.c) - len(first.c.lstrip("\u00a0")) if first else 0
    return min(DEEPEST, math.ceil(spaces / _SPACES))
