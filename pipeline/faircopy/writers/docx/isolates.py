"""Stretches of the other direction, carried through pandoc to Word.

Pandoc's writer forgets a span's ``dir`` where the text around has none. So characters that stand
for no text (Unicode's noncharacters) mark where it begins and ends, and become what Word knows:
a run is right to left or not (ECMA-376, 17.3.2.30), its spaces and stops included.

LibreOffice looks at the letters instead (UAX #9). Marks of direction, which nobody sees, tell it
that a stop at an end belongs to the stretch, and that what comes after it does not.
"""

from __future__ import annotations

import copy
import re
from itertools import pairwise
from unicodedata import bidirectional

from faircopy.core import ast
from faircopy.core.ast import Blocks, Inlines, Node
from faircopy.writers.docx.ooxml import Element, make, properties, put, q

_BEGIN = {"ltr": "\ufdd0", "rtl": "\ufdd1"}
_END = "\ufdd2"
_SIGN = {"ltr": "\u200e", "rtl": "\u200f"}
_MARKS = re.compile("([\ufdd0-\ufdd2])")


def marked(blocks: Blocks, around: str) -> Blocks:
    """Return the tree with marks at both ends of all that has a direction of its own.

    ``around`` is the document's direction: what runs as it does needs no sign at its ends.
    """

    def change(node: Node) -> Node:
        if isinstance(node, ast.Span) and (way := node.attr.get("dir")) in _BEGIN:
            return ast.Span((node.attr, _between(way, node.inlines, around)))
        if isinstance(node, ast.Header) and (way := node.attr.get("dir")) in _BEGIN:
            return ast.Header((node.level, node.attr, _between(way, node.inlines, around)))
        return node

    return ast.rewrite(blocks, change, ast.Span, ast.Header)


def _between(way: str, inlines: Inlines, around: str) -> Inlines:
    words = ast.text(inlines, ast.Omit.NOTES).strip()
    sign = _SIGN[way] if way != around else ""
    before = "" if words[:1].isalnum() else sign
    after = "" if words[-1:].isalnum() else sign
    return (ast.Str(_BEGIN[way] + before), *inlines, ast.Str(after + _END))


def settle(root: Element) -> None:
    """Take the marks out of a part, and give the runs between them their direction."""
    ways: list[str] = []
    for run in list(root.iter(q("r"))):
        for piece in _pieces(run):
            text = piece.find(q("t"))
            mark = (text.text or "") if text is not None else ""
            parent = piece.getparent()
            if _MARKS.fullmatch(mark) and parent is not None:
                way = ways.pop() if mark == _END else ""
                if text is not None and way and _goes_on(piece, way):
                    text.text = _SIGN["rtl" if way == _BEGIN["ltr"] else "ltr"]
                    continue
                parent.remove(piece)
                if mark != _END:
                    ways.append(mark)
            elif ways:
                right = ways[-1] == _BEGIN["rtl"]
                put(properties(piece, "rPr"), make("rtl") if right else make("rtl", val="0"))


def _goes_on(end: Element, way: str) -> bool:
    """Say whether only signs stand between a stretch and the next of its direction."""
    paragraph = next(end.iterancestors(q("p")), None)
    runs = [] if paragraph is None else list(paragraph.iter(q("r")))
    after = runs[runs.index(end) + 1 :] if end in runs else []
    text = _MARKS.sub("", "".join(str(text) for run in after for text in run.itertext(q("t"))))
    strong = next((kind for kind in map(bidirectional, text) if kind in ("L", "R", "AL")), "")
    signs = text[:1] != "" and bidirectional(text[0]) not in ("L", "R", "AL")
    return signs and (strong == "L") == (way == _BEGIN["ltr"]) and bool(strong)


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
