"""Acronyms marked for small capitals: ``SCO``, ``GDP``, ``U.S.`` (house rule M4)."""

from __future__ import annotations

import re

from faircopy.core import ast
from faircopy.core.ast import Attr, Inline, Node
from faircopy.passes.shown_addresses import ADDRESS

ACRONYM = "acronym"
_ACRONYM = re.compile(r"(?<![\w-])(?:[^\W\d_]\.){2,}|(?<![\w.-])[A-ZА-ЯӘҒҚҢӨҰҮҺІ]{2,6}(?![\w-])")


def mark(value: ast.T) -> ast.T:
    """Return a tree in which each acronym is a ``Span`` of class ``acronym``.

    Those in headings and addresses stay as they are. Roman numerals are not told apart: they
    look well in small capitals too.
    """

    def change(node: Node) -> Node | tuple[Node, ...]:
        if isinstance(node, ast.Str):
            return _split(node)
        if isinstance(node, ast.Header) or _is_address(node):
            return ast.rewrite(node, _unmark, ast.Span)
        return _unmark(node)  # marked before; what is inside has a mark of its own by now

    return ast.rewrite(value, change, ast.Str, ast.Header, ast.Span, ast.Link)


def _is_address(node: Node) -> bool:
    return isinstance(node, ast.Link | ast.Span) and ADDRESS in node.attr.classes


def _split(node: ast.Str) -> Node | tuple[Inline, ...]:
    word = node.c
    out: list[Inline] = []
    end = 0
    for match in _ACRONYM.finditer(word):
        if not match[0].replace(".", "").isupper():
            continue
        if match.start() > end:
            out.append(ast.Str(word[end : match.start()]))
        out.append(ast.Span((Attr("", (ACRONYM,)), (ast.Str(match[0]),))))
        end = match.end()
    if not out:
        return node
    if end < len(word):
        out.append(ast.Str(word[end:]))
    return tuple(out)


def _unmark(node: Node) -> Node | tuple[Node, ...]:
    if isinstance(node, ast.Span) and node.attr.classes == (ACRONYM,):
        return node.inlines
    return node
