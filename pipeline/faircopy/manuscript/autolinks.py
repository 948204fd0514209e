"""Addresses between ``<`` and ``>`` that have these signs within: they end at the last one.

Names of works have them (``<https://doi.org/10.1002/…49:8<693::AID-ASI4>3.0.CO;2-O>``). Pandoc ends
the address at the first ``>`` and drops it, and what follows is text: a link to nowhere, and a name
without one of its signs.
"""

from __future__ import annotations

from faircopy.core import ast
from faircopy.core.ast import Inline, Inlines
from faircopy.passes.addresses import encoded

_KINDS = (ast.Para, ast.Plain, ast.Header, *ast.HOLDERS)
_CLASS = "uri"
"""Pandoc's for an address that is its own text."""


def whole(value: ast.T) -> ast.T:
    """Return a tree in which such an address is one again."""

    def change(node: ast.Node) -> ast.Node:
        if isinstance(node, ast.Para | ast.Plain):
            kept = _mended(node.inlines)
            return node if kept is node.inlines else type(node)(kept)
        if isinstance(node, ast.Header):
            return ast.Header((node.level, node.attr, _mended(node.inlines)))
        if isinstance(node, ast.HOLDERS):
            return ast.holding(node, _mended(node.inlines))
        return node

    return ast.rewrite(value, change, *_KINDS)


def _mended(inlines: Inlines) -> Inlines:
    if not any(map(_is_cut, inlines, inlines[1:])):
        return inlines
    out: list[Inline] = []
    for item in inlines:
        if out and _is_cut(out[-1], item):
            link = out.pop()
            assert isinstance(link, ast.Link)
            assert isinstance(item, ast.Str)
            inner, _, after = item.c.rpartition(">")
            shown = f"{ast.text(link.inlines)}>{inner}"
            out.append(ast.Link((link.attr, (ast.Str(shown),), (encoded(shown), link.c[2][1]))))
            out += [ast.Str(after)] if after else []
        else:
            out.append(item)
    return tuple(out)


def _is_cut(item: Inline, following: Inline) -> bool:
    return (
        isinstance(item, ast.Link)
        and _CLASS in item.attr.classes
        and "<" in ast.text(item.inlines)
        and isinstance(following, ast.Str)
        and ">" in following.c
    )
