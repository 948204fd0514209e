"""Figures: which open a text, how wide they stand, and images that are figures by themselves."""

from __future__ import annotations

from faircopy.core import ast
from faircopy.core.ast import Attr, Block, Blocks, Inlines

OPENING = ("lead-image", "portrait")
"""Keys of the front matter, and the classes of their figures, in the order of the page."""
CREDIT = "credit"
"""Class of the span around who made a picture."""
WIDE = "wide"
"""Class of a figure that spans the columns of a page."""
BLEED = "bleed"
"""Class of a picture that runs to the edges of the paper."""
SPANS = (WIDE, BLEED)
DECORATIVE = "decorative"
"""Class of an image that says nothing and so needs no alternative text."""
_ALT = "alt"
MOST = 2
"""Figures that stand with the title at most; further ones stand in the text."""


def settled(blocks: Blocks) -> Blocks:
    """Return a tree whose images with ``alt`` have it as words, and are figures where alone.

    ``![](x.jpg){alt="A lake"}`` has no caption, which pandoc takes for no figure; what an image in
    a line says of itself stands in its brackets; ``.wide`` is the figure's, not its picture's.
    """
    alone = ast.rewrite(blocks, _alone, ast.Para)
    return ast.rewrite(ast.rewrite(alone, _described, ast.Image), _spanning, ast.Figure)


def is_opening(block: Block) -> bool:
    """Whether a block is a picture of the front matter."""
    return isinstance(block, ast.Figure) and bool(set(OPENING) & set(block.attr.classes))


def opening(blocks: Blocks) -> int:
    """Return how many figures stand before all other text, ``MOST`` at most.

    Each has one picture, and a caption without notes.
    """
    count = 0
    for block in blocks[:MOST]:
        if not isinstance(block, ast.Figure):
            break
        images = list(ast.find(block, ast.Image))
        if len(images) != 1 or next(ast.find(block, ast.Note), None) is not None:
            break
        count += 1
    return count


def front(blocks: Blocks) -> int:
    """Return how many of those figures are the front matter's."""
    first = blocks[: opening(blocks)]
    return next((at for at, one in enumerate(first) if not is_opening(one)), len(first))


def _alone(node: ast.Node) -> ast.Node:
    match node:
        case ast.Para((ast.Image() as image,)) if _says_more(image):
            return ast.Figure((Attr(), ast.Caption(None, ()), (ast.Plain((image,)),)))
    return node


def _described(node: ast.Node) -> ast.Node:
    if not isinstance(node, ast.Image) or not _says_more(node):
        return node
    rest = tuple(pair for pair in node.attr.attributes if pair[0] != _ALT)
    attr = Attr(node.attr.id, node.attr.classes, rest)
    return ast.Image((attr, words(node.attr.get(_ALT)), (node.url, node.title)))


def _spanning(node: ast.Node) -> ast.Node:
    """Let a figure span the columns whose picture is marked so: pandoc leaves the class there."""

    def plain(image: ast.Node) -> ast.Node:
        if isinstance(image, ast.Image) and WIDE in image.attr.classes:
            rest = tuple(name for name in image.attr.classes if name != WIDE)
            attr = Attr(image.attr.id, rest, image.attr.attributes)
            return ast.Image((attr, image.inlines, (image.url, image.title)))
        return image

    match node:
        case ast.Figure((attr, caption, blocks)):
            bare = ast.rewrite(blocks, plain, ast.Image)
            if bare != blocks:
                attr = Attr(attr.id, (*attr.classes, WIDE), attr.attributes)
                return ast.Figure((attr, caption, bare))
    return node


def _says_more(image: ast.Image) -> bool:
    return not image.inlines and bool(image.attr.get(_ALT).strip())


def words(text: str) -> Inlines:
    """Return plain text as inlines."""
    out: list[ast.Inline] = []
    for word in text.split():
        out += [*([ast.Space()] if out else []), ast.Str(word)]
    return tuple(out)
