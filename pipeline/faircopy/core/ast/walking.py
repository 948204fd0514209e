"""Walks over the tree: every node, or those of some constructors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar, cast

import msgspec

from faircopy.core.ast.block import CodeBlock, RawBlock
from faircopy.core.ast.inline import Code, LineBreak, Math, RawInline, SoftBreak, Space, Str
from faircopy.core.ast.node import Attr, Node

N = TypeVar("N", bound=Node)

BARE = frozenset({Attr, str, int, float, bool, type(None)})
"""What is no node and holds none."""
LEAVES: frozenset[type] = frozenset(
    {Str, Space, SoftBreak, LineBreak, Code, Math, RawInline, CodeBlock, RawBlock}
)
"""Nodes that have no nodes inside: most of a text, so that it pays to know them."""


def walk(value: object) -> Iterator[Node]:
    """Yield every node in ``value``, parents before children, in reading order.

    A note's blocks come at the place that refers to it, a caption before what it describes
    (the order of pandoc's fields).
    """
    stack = [value]
    while stack:
        item = stack.pop()
        kind = type(item)
        if kind in LEAVES:
            yield cast(Node, item)
        elif kind is tuple or kind is list:
            stack.extend(reversed(cast("tuple[object, ...]", item)))
        elif isinstance(item, msgspec.Struct):
            if isinstance(item, Node):
                yield item
            stack.extend(getattr(item, name) for name in reversed(item.__struct_fields__))
        elif kind is dict:
            stack.extend(reversed(cast("dict[str, object]", item).values()))


def find(value: object, *kinds: type[N]) -> Iterator[N]:
    """Yield the nodes in ``value`` of these constructors, in the order of `walk`, and sooner."""
    passed = LEAVES.difference(kinds) | BARE
    stack = [value]
    while stack:
        item = stack.pop()
        if type(item) is tuple:
            rest = cast("tuple[object, ...]", item)
            stack += [inner for inner in reversed(rest) if type(inner) not in passed]
        elif isinstance(item, msgspec.Struct):
            if isinstance(item, kinds):
                yield item
            stack += [getattr(item, name) for name in reversed(item.__struct_fields__)]
        elif type(item) is dict:
            stack.extend(reversed(cast("dict[str, object]", item).values()))
