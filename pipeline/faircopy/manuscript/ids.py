"""Ids of a text: those that it gives, kept apart from those that are ours.

Ours are ``opener-title``, ``meta-author-1``, ``group-…`` and ``ref-doe``, and a unit's id with
``.s2`` or ``.c1.alt`` after it. A text's that would be read as one of them is renamed, with the
links to it, by a rule that gives two ids never the same name and needs no list of the others.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Attr, Blocks

_OURS = re.compile(
    r"(?:text-)*(?:(?:opener|meta|group|ref)(?:-.*)?|.*\.s\d+|.*\.c\d+\..*)", re.I | re.S
)
_APART = "text-"


def ids(blocks: Blocks) -> tuple[str, ...]:
    """Return the ids of a tree in reading order, as often as they are given."""
    found: list[str] = []

    def note(_: type, attr: Attr) -> Attr:
        if attr.id:
            found.append(attr.id)
        return attr

    ast.attributed(blocks, note)
    return tuple(found)


def renamed(id: str) -> str:
    """Return the name that a text's id has in editions: itself, unless it is like one of ours."""
    return f"{_APART}{id}" if _OURS.fullmatch(id) else id


def apart(document: ast.Document) -> ast.Document:
    """Return a document whose ids are none of ours, and whose links lead to them as before.

    A link's percent-encoded id is decoded (RFC 3986, section 2.1) where the document has that id.
    """
    given = frozenset(ids(document.blocks))

    def attr(_: type, attr: Attr) -> Attr:
        name = renamed(attr.id)
        return attr if name == attr.id else msgspec.structs.replace(attr, id=name)

    def link(node: ast.Node) -> ast.Node:
        if not isinstance(node, ast.Link) or not node.url.startswith("#"):
            return node
        id = node.url[1:]
        id = id if id in given else unquote(id)
        url = f"#{renamed(id) if id in given else id}"
        return node if url == node.url else ast.Link((node.attr, node.inlines, (url, node.title)))

    if not given:
        return document
    return ast.Document(
        document.pandoc_api,
        ast.rewrite(document.meta, link, ast.Link),
        ast.rewrite(ast.attributed(document.blocks, attr), link, ast.Link),
    )
