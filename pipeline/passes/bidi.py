"""Isolation of left-to-right runs in right-to-left text (UAX #9, section 2.4).

Without it a list such as "SCO، OIC، CICA" is laid out in the wrong order, since the commas
between two Latin words take the words' direction.
"""

from __future__ import annotations

import re

from pipeline import ast
from pipeline.ast import Attr, Inline, Node
from pipeline.passes.locales import Locale

ISOLATE = "ltr"
_LATIN = re.compile(r"[A-Za-zÀ-ɏЀ-ӿ](?:[\w.&/’'-]*\w)?")


def isolate(value: ast.T, locale: Locale) -> ast.T:
    """Return a tree with each Latin, Greek or Cyrillic word in a ``Span`` with ``dir=ltr``.

    Left-to-right locales are returned as they are; running it twice changes nothing. What stands
    in a span from left to right already stays whole: its spaces and stops belong to it.
    """
    if locale.dir == "ltr":
        return value

    def change(node: Node) -> Node | tuple[Node, ...]:
        match node:
            case ast.Str(word):
                return _split(word)
            case ast.Span((attr, _)) if _is_whole(attr):
                return ast.rewrite(node, _unwrap, ast.Span)
        return node

    return ast.rewrite(ast.rewrite(value, _unwrap, ast.Span), change, ast.Str, ast.Span)


def _is_whole(attr: Attr) -> bool:
    return attr.classes != (ISOLATE,) and ("dir", "ltr") in attr.attributes


def _unwrap(node: Node) -> Node | tuple[Node, ...]:
    if isinstance(node, ast.Span) and node.attr.classes == (ISOLATE,):
        return node.inlines
    return node


def _split(word: str) -> tuple[Inline, ...]:
    out: list[Inline] = []
    end = 0
    for match in _LATIN.finditer(word):
        if match.start() > end:
            out.append(ast.Str(word[end : match.start()]))
        attr = Attr("", (ISOLATE,), (("dir", "ltr"),))
        out.append(ast.Span((attr, (ast.Str(match[0]),))))
        end = match.end()
    if not out:
        return (ast.Str(word),)
    if end < len(word):
        out.append(ast.Str(word[end:]))
    return tuple(out)
