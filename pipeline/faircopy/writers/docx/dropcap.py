"""A drop cap: a letter in a frame of its own, beside which the first lines stand.

Word knows no other drop cap than a paragraph with one letter, before the paragraph that it
begins (ECMA-376, 17.3.1.11). Word, LibreOffice and pandoc read the two as one; a program that
takes paragraphs one by one finds a word in two pieces. So it is there only when a theme asks.
"""

from __future__ import annotations

from faircopy.core import ast
from faircopy.core.ast import Attr, Block, Blocks, Inlines
from faircopy.writers.docx.looks import style_id
from faircopy.writers.docx.ooxml import Element, make, put, q, value

STYLE, LETTER = "Drop Cap", "Drop Cap Letter"
_FIRST = ("Answer First", "First Paragraph")
_GAP = 40
"""Twips between the letter and the text."""


def drop(blocks: Blocks) -> Blocks:
    """Return dressed blocks whose first paragraph of text begins with a drop cap.

    Nothing changes when that paragraph begins with anything but a letter.
    """
    for at, block in enumerate(blocks):
        if isinstance(block, ast.Div) and block.attr.get("custom-style") in _FIRST:
            return (*blocks[:at], *_divided(block), *blocks[at + 1 :])
    return blocks


def _divided(block: ast.Div) -> tuple[Block, ...]:
    paragraph = block.blocks[0]
    if not isinstance(paragraph, ast.Para):
        return (block,)
    letter, rest = _cut(paragraph.inlines)
    if not letter:
        return (block,)
    styled = ast.Span((_named(LETTER), (ast.Str(letter),)))
    cap = ast.Div((_named(STYLE), (ast.Para((styled,)),)))
    return (cap, ast.Div((block.attr, (ast.Para(rest), *block.blocks[1:]))))


def _named(style: str) -> Attr:
    return Attr("", (), (("custom-style", style),))


def _cut(inlines: Inlines) -> tuple[str, Inlines]:
    """Take the first letter off; empty when the text begins otherwise."""
    match inlines:
        case (ast.Str(c), *rest) if c[:1].isalpha():
            return c[0], (ast.Str(c[1:]), *rest)
        case (ast.Span((attr, inner)), *rest):
            letter, remainder = _cut(inner)
            return letter, (ast.Span((attr, remainder)), *rest)
    return "", inlines


def frame(root: Element, lines: int) -> None:
    """Put the letter into its frame; LibreOffice knows none in a style."""
    for formats in root.iter(q("pPr")):
        style = formats.find(q("pStyle"))
        if style is not None and value(style) == style_id(STYLE):
            put(
                formats,
                make(
                    "framePr",
                    dropCap="drop",
                    lines=lines,
                    hSpace=_GAP,
                    wrap="around",
                    vAnchor="text",
                    hAnchor="text",
                ),
            )
