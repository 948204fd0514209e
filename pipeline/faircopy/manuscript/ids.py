"""Ids of a text: those that it gives, kept apart from those that are ours.

Ours are ``opener-title``, ``meta-author-1``, ``group-…`` and ``ref-doe``, and a unit's id with
``.s2`` or ``.c1.alt`` after it. A text's that would be read as one of them is renamed, with the
links to it, by a rule that gives two ids never the same name and needs no list of the others.
A link by the name that code hosts give a heading leads to that heading.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Mapping
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


def giving_way(blocks: Blocks, text: str) -> Blocks:
    """Return a tree in which ids that pandoc made of headings' words give way to written ones.

    Pandoc keeps them apart from each other and from those of headings, but not from others, such
    as ``<a name="git">``. Links lead to what was written. ``text`` is the manuscript.
    """
    given = Counter(ids(blocks))
    made = {id for id, times in given.items() if times > 1 and 0 < _written(id, text) < times}

    def attr(kind: type, attr: Attr) -> Attr:
        if kind is not ast.Header or attr.id not in made:
            return attr
        names = (f"{attr.id}-{number}" for number in itertools.count(1))
        free = next(name for name in names if name not in given)
        given[free] += 1
        return msgspec.structs.replace(attr, id=free)

    return ast.attributed(blocks, attr) if made else blocks


def _written(id: str, text: str) -> int:
    """Return how often a text gives an id: in braces, or as an attribute of HTML."""
    given = rf"(?:\{{[^{{}}\n]*#|\b(?:id|name)\s*=\s*[\"']?){re.escape(id)}(?![\w.:-])"
    return len(re.findall(given, text))


def renamed(id: str) -> str:
    """Return the name that a text's id has in editions: itself, unless it is like one of ours."""
    return f"{_APART}{id}" if _OURS.fullmatch(id) else id


def hosted(blocks: Blocks) -> Mapping[str, str]:
    """Return the names that code hosts give headings, each with the heading's id here.

    Theirs are small letters, with a hyphen for each space and without punctuation; the second of
    the same words ends in ``-1`` (GitHub's html-pipeline, TableOfContentsFilter). Pandoc's own
    leave out what stands before the first letter and join hyphens.
    """
    names: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for heading in ast.find(blocks, ast.Header):
        words = re.sub(r"[^\w\- ]", "", ast.text(heading.inlines, ast.Omit.NOTES).lower())
        name = words.strip().replace(" ", "-")
        names.setdefault(f"{name}-{seen[name]}" if seen[name] else name, heading.attr.id)
        seen[name] += 1
    return {name: id for name, id in names.items() if id}


def apart(document: ast.Document) -> ast.Document:
    """Return a document whose ids are none of ours, and whose links lead to them as before.

    A link's percent-encoded id is decoded (RFC 3986, section 2.1) where the document has that id;
    one that it has not may be a code host's name of a heading.
    """
    given = frozenset(ids(document.blocks))
    names = functools.cache(lambda: hosted(document.blocks))  # most links lead somewhere

    def attr(_: type, attr: Attr) -> Attr:
        name = renamed(attr.id)
        return attr if name == attr.id else msgspec.structs.replace(attr, id=name)

    def link(node: ast.Node) -> ast.Node:
        if not isinstance(node, ast.Link) or not node.url.startswith("#"):
            return node
        id = node.url[1:]
        if id and id not in given:
            plain = unquote(id)
            id = plain if plain in given else names().get(plain.lower(), id)
        url = f"#{renamed(id) if id in given else id}"
        return node if url == node.url else ast.Link((node.attr, node.inlines, (url, node.title)))

    if not given:
        return document
    return ast.Document(
        document.pandoc_api,
        ast.rewrite(document.meta, link, ast.Link),
        ast.rewrite(ast.attributed(document.blocks, attr), link, ast.Link),
    )
