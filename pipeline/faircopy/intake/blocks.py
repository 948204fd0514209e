"""What the rules about a text's shape ask of its blocks."""

from __future__ import annotations

from faircopy.core import ast
from faircopy.core.ast import Attr, Block, Blocks, Inlines
from faircopy.manuscript.images import DECORATIVE


def asks(text: str) -> bool:
    """Whether a text ends with a mark of question."""
    return text.rstrip("”’\"'»)").endswith(("?", "？", "؟"))


def words_of(block: Block) -> Inlines | None:
    """Return the words of a paragraph or heading, None of all else."""
    return block.inlines if isinstance(block, ast.Para | ast.Plain | ast.Header) else None


def bare(words: Inlines) -> Inlines:
    """Return words without the bold that is around all of them."""
    while len(words) == 1 and isinstance(words[0], ast.Strong):
        words = words[0].inlines
    return words


def is_bold(block: Block) -> bool:
    """Whether all of a paragraph is bold."""
    words = words_of(block) or ()
    return len(words) == 1 and isinstance(words[0], ast.Strong)


def pictures_of(block: Block) -> list[ast.Image]:
    """Return the pictures of a paragraph in which nothing else stands."""
    words = words_of(block) if isinstance(block, ast.Para | ast.Plain) else None
    items = [item for item in words or () if not isinstance(item, ast.Space | ast.LineBreak)]
    pictures = [item for item in items if isinstance(item, ast.Image)]
    return pictures if len(pictures) == len(items) else []


def figure(picture: ast.Image, caption: Inlines) -> ast.Figure:
    """Return a picture by itself with its caption, which are its words where it has none."""
    said: Blocks = (ast.Plain(caption),) if caption else ()
    attr, words, target = picture.c
    if caption and not words and DECORATIVE not in attr.classes:
        words = ast.rewrite(caption, lambda one: () if isinstance(one, ast.Note) else one, ast.Note)
        picture = ast.Image((attr, words, target))
    return ast.Figure((Attr(), ast.Caption(None, said), (ast.Plain((picture,)),)))
