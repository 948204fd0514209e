"""Addresses in the text: they are broken without a sign of our own, if at all.

A hyphen that is set at a line's end reads as part of an address.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Attr, Node

ADDRESS = "address"
_NEVER = r"\s<>\"“”«»()\[\]،؛。，、"
_LAST = rf"[^{_NEVER}.,:;!?'’]"
"""How an address ends: a stop at its end is the sentence's."""
_REST = rf"[^{_NEVER}]*{_LAST}"
_BRACKETED = r"\([^\s()]{0,40}\)"
"""Within the name of a work (ANSI/NISO Z39.84), as in 10.1002/(SICI)1097-4571(199806)49:8."""
_ADDRESS = re.compile(
    rf"""(?:[a-z][a-z0-9+.-]*://|www\.){_REST}
      | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
      | \b[\w-]+(?:\.[\w-]+)*\.[a-z]{{2,}}/{_REST}
      | (?:\bdoi:|(?<![\w.]))10\.\d{{4,9}}/(?:{_BRACKETED}|[^{_NEVER}])*{_LAST}""",
    re.VERBOSE | re.IGNORECASE,
)
_MAY_BE = re.compile(rb"://|www\.|@|\.[A-Za-z]{2,}/|10\.\d{4,9}/")


def mark(value: ast.T) -> ast.T:
    """Return a tree with each address in the text, and each link that shows one, of its class."""
    if not _MAY_BE.search(msgspec.json.encode(value)):
        return value

    def change(node: Node) -> Node | tuple[Node, ...]:
        if isinstance(node, ast.Str):
            return _parted(node.c)
        if isinstance(node, ast.Link) and _is_address(node):
            inlines = ast.rewrite(node.inlines, _unmarked, ast.Span)
            return ast.Link((_of_class(node.attr), inlines, node.c[2]))
        return node

    return ast.rewrite(ast.rewrite(value, _unmarked, ast.Span), change, ast.Str, ast.Link)


_MARK = Attr("", (ADDRESS,))


def _unmarked(node: Node) -> Node | tuple[Node, ...]:
    return node.inlines if isinstance(node, ast.Span) and node.attr == _MARK else node


def _parted(word: str) -> Node | tuple[Node, ...]:
    out: list[Node] = []
    at = 0
    for found in _ADDRESS.finditer(word):
        if found.start() > at:
            out.append(ast.Str(word[at : found.start()]))
        out.append(ast.Span((_MARK, (ast.Str(found[0]),))))
        at = found.end()
    if not out:
        return ast.Str(word)
    if at < len(word):
        out.append(ast.Str(word[at:]))
    return tuple(out)


def _is_address(link: ast.Link) -> bool:
    shown = ast.text(link.inlines)
    leads = shown in link.url or shown in unquote(link.url)
    return bool(shown) and (leads or bool(_ADDRESS.fullmatch(shown)))


def _of_class(attr: Attr) -> Attr:
    known = ADDRESS in attr.classes
    return attr if known else Attr(attr.id, (*attr.classes, ADDRESS), attr.attributes)
