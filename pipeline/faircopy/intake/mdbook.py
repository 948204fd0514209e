"""An mdBook as one text: its chapters in the order of its contents.

Source: mdBook's guide, “SUMMARY.md”.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from urllib.parse import unquote

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Attr, Block, Blocks

CONTENTS = "SUMMARY.MD"
_ENDS = (".md", ".markdown")
_DEEPEST = 6


class Chapter(msgspec.Struct, frozen=True):
    """A chapter of the contents: its title, its file beside them, how deep it stands, from 0."""

    title: str
    path: str
    depth: int


def is_contents(name: str) -> bool:
    """Whether a file is the contents of an mdBook."""
    return PurePath(name).name.upper() == CONTENTS


def chapters(blocks: Blocks, depth: int = 0) -> Iterator[Chapter]:
    """Yield the chapters of the contents; one without an address is not written yet."""
    for block in blocks:
        match block:
            case ast.Para() | ast.Plain():
                for link in ast.find(block, ast.Link):
                    path = unquote(link.url.partition("#")[0])
                    if "://" not in path and (not path or path.lower().endswith(_ENDS)):
                        yield Chapter(
                            ast.text(link.inlines), posixpath.normpath(path or "."), depth
                        )
            case ast.BulletList(items) | ast.OrderedList((_, items)):
                for item in items:
                    for one in item:
                        inner = isinstance(one, ast.BulletList | ast.OrderedList)
                        yield from chapters((one,), depth + inner)


def joined(texts: Sequence[tuple[Chapter, Blocks]]) -> Blocks:
    """Return the chapters as one text: headings as deep as they stand, links from one to another.

    Each begins with a heading, with its title in the contents where it has none.
    """
    whole = [(chapter, _headed(chapter, blocks)) for chapter, blocks in texts]
    places = {
        chapter.path: _id(number, blocks[0]) for number, (chapter, blocks) in enumerate(whole)
    }
    return tuple(
        block
        for number, (chapter, blocks) in enumerate(whole)
        for block in _placed(blocks, number, chapter, places, [one.path for one, _ in whole])
    )


def _headed(chapter: Chapter, blocks: Blocks) -> Blocks:
    first = blocks[0] if blocks else None
    if isinstance(first, ast.Header) and first.level == 1:
        return blocks
    id = re.sub(r"\W+", "-", chapter.title.lower()).strip("-")
    words = tuple(ast.joined(_spaced(chapter.title)))
    return (ast.Header((1, Attr(id), words)), *blocks)


def _spaced(title: str) -> Iterator[ast.Inline]:
    for at, word in enumerate(title.split()):
        yield from (ast.Space(), ast.Str(word)) if at else (ast.Str(word),)


def _id(number: int, block: Block) -> str:
    """Return the name of a place in the whole text: each chapter's are its own."""
    return f"c{number}-{block.attr.id}" if isinstance(block, ast.Header) else ""


def _placed(
    blocks: Blocks, number: int, chapter: Chapter, places: Mapping[str, str], paths: Sequence[str]
) -> Blocks:
    def change(node: ast.Node) -> ast.Node:
        match node:
            case ast.Header((level, attr, inlines)):
                named = msgspec.structs.replace(attr, id=_id(number, node))
                return ast.Header((min(level + chapter.depth, _DEEPEST), named, inlines))
            case ast.Link((attr, inlines, (url, title))):
                return ast.Link((attr, inlines, (_address(url), title)))
        return node

    def _address(url: str) -> str:
        file, _, place = url.partition("#")
        if not file:
            return f"#c{number}-{place}"
        if "://" in file:
            return url
        path = posixpath.normpath(posixpath.join(posixpath.dirname(chapter.path), unquote(file)))
        path = re.sub(r"\.html$", ".md", path)
        if path not in places:
            return url
        return f"#c{paths.index(path)}-{place}" if place else f"#{places[path]}"

    return ast.rewrite(blocks, change, ast.Header, ast.Link)
