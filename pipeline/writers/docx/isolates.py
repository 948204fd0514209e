"""Stretches of the other direction, carried through pandoc to Word.

Pandoc's writer forgets a span's ``dir`` where the text around has none. So characters that stand
for no text (Unicode's noncharacters) mark where it begins and ends, and become what Word knows:
a run is right to left or not (ECMA-376, 17.3.2.30), its spaces and stops included.
"""

from __future__ import annotations

import copy
import re
from itertools import pairwise

from pipeline import ast
from pipeline.ast import Blocks, Inlines, Node
from pipeline.writers.docx.ooxml import Element, make, properties, put, q

_BEGIN = {"ltr": "\ufdd0", "rtl": "\ufdd1"}
_END = "\ufdd2"
_MARKS = re.compile("([\ufdd0-\ufdd2])")


def marked(blocks: Blocks) -> Blocks:
    """Return the tree with marks at both ends of all that has a direction of its own."""

    def change(node: Node) -> Node:
        if isinstance(node, ast.Span) and (way := node.attr.get("dir")) in _BEGIN:
            return ast.Span((node.attr, _between(way, node.inlines)))
        if isinstance(node, ast.Header) and (way := node.attr.get("dir")) in _BEGIN:
            return ast.Header((node.level, node.attr, _between(way, node.inlines)))
        return node

    return ast.rewrite(blocks, change, ast.Span, ast.Header)


def _between(way: str, inlines: Inlines) -> Inlines:
    return (ast.Str(_BEGIN[way]), *inlines, ast.Str(_END))


def settle(root: Element) -> None:
    """Take the marks out of a part, and give the runs between them their direction."""
    ways: list[str] = []
    for run in list(root.iter(q("r"))):
        for piece in _pieces(run):
            text = piece.find(q("t"))
            mark = text.text if text is not None else ""
            parent = piece.getparent()
            if mark and _MARKS.fullmatch(mark) and parent is not None:
                parent.remove(piece)
                if mark == _END:
                    ways.pop()
                else:
                    ways.append(mark)
            elif ways:
                right = ways[-1] == _BEGIN["rtl"]
                put(properties(piece, "rPr"), make("rtl") if right else make("rtl", val="0"))


def _pieces(run: Element) -> list[Element]:
    """Divide a run at the marks in its text; a run without any is its own piece."""
    texts = run.findall(q("t"))
    parts = [part for part in _MARKS.split(texts[0].text or "") if part] if texts else []
    if len(parts) < 2 or len(texts) != 1:
        return [run]
    pieces = [run, *(copy.deepcopy(run) for _ in parts[1:])]
    for before, after in pairwise(pieces):
        before.addnext(after)
    for piece, part in zip(pieces, parts, strict=True):
        text = piece.find(q("t"))
        assert text is not None
        text.text = part
    return pieces
