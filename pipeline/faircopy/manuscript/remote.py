"""Images on the web: nothing is fetched, so that a link with their words stands in their place."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Blocks, Inlines, Node
from faircopy.core.diagnostics import Diagnostic, Place, Severity, together
from faircopy.manuscript.finder import Finder, short
from faircopy.manuscript.images import DECORATIVE
from faircopy.manuscript.source import Source
from faircopy.passes.addresses import scheme

_WEB = frozenset({"http", "https"})


class Linked(msgspec.Struct, frozen=True):
    """A text without images on the web, and what is to be said of that: one finding, or none."""

    blocks: Blocks
    diagnostics: tuple[Diagnostic, ...] = ()


def link(blocks: Blocks, source: Source) -> Linked:
    """Put a link in the place of each image on the web; decoration goes.

    Its words are the image's; where there are none, its address. A figure of nothing else becomes
    a paragraph, with its caption if that says more.
    """
    urls = [node.url for node in ast.find(blocks, ast.Image) if _is_on_the_web(node)]
    if not urls:
        return Linked(blocks)
    finder = Finder(source)
    places = [finder.next(url) for url in urls]
    changed = ast.rewrite(blocks, _change, ast.Image, ast.Link, ast.Figure)
    return Linked(changed, (_told(urls[0], places),))


def _is_on_the_web(image: ast.Image) -> bool:
    return scheme(image.url) in _WEB


def _change(node: Node) -> Node | tuple[Node, ...]:
    if isinstance(node, ast.Image) and _is_on_the_web(node):
        return _linked(node)
    if isinstance(node, ast.Link) and next(ast.find(node.inlines, ast.Link), None):
        return ast.holding(node, ast.rewrite(node.inlines, _unlinked, ast.Link))
    if isinstance(node, ast.Figure) and not any(ast.find(node.blocks, ast.Image)):
        return _paragraphs(node)
    return node


def _linked(image: ast.Image) -> Node | tuple[Node, ...]:
    attr, words, (url, title) = image.c
    anchor = (ast.Span((ast.Attr(attr.id), ())),) if attr.id else ()
    if DECORATIVE in attr.classes:
        return anchor
    shown: Inlines = words if ast.text(words).strip() else (ast.Str(url),)
    return (*anchor, ast.Link((ast.Attr(), shown, (url, title))))


def _unlinked(node: Node) -> Node | tuple[Node, ...]:
    return node.inlines if isinstance(node, ast.Link) else node


def _paragraphs(figure: ast.Figure) -> tuple[Node, ...]:
    """Return what is left of a figure without its image."""
    shown = tuple(_paragraph(block) for block in figure.blocks)
    caption = figure.caption.blocks
    if ast.text(caption) != ast.text(figure.blocks):
        shown = (*shown, *(_paragraph(block) for block in caption))
    if figure.attr.id and shown and isinstance(shown[0], ast.Para):
        anchor = ast.Span((ast.Attr(figure.attr.id), ()))
        shown = (ast.Para((anchor, *shown[0].inlines)), *shown[1:])
    return shown


def _paragraph(block: ast.Block) -> ast.Block:
    return ast.Para(block.inlines) if isinstance(block, ast.Plain) else block


def _told(url: str, places: Iterable[Place]) -> Diagnostic:
    return together(
        [
            Diagnostic(
                "image-remote",
                Severity.WARNING,
                f"the image “{short(url, 100)}” is on the web, and nothing is fetched: a link with "
                "its words stands in its place",
                "Save the image beside the manuscript and name it by its relative path.",
                place,
            )
            for place in places
        ]
    )
