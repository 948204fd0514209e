"""Which figures stand with the title of a printed edition; they are taken out of the text."""

from __future__ import annotations

from collections.abc import Mapping

from faircopy.core import ast
from faircopy.core.ast import Attr, Blocks, Div
from faircopy.core.model import Asset, Kind, Publication
from faircopy.passes import figures
from faircopy.passes.opener import PLATES
from faircopy.theme import Page
from faircopy.writers.pdf import plates
from faircopy.writers.pdf.plates import Plates


def parted(opener: Div) -> tuple[Div, int | None]:
    """Return an opener without its pictures, and where they stood among its parts, if it had any.

    They are set as the text's figures are, and come back by ``moved``.
    """
    for at, block in enumerate(opener.blocks):
        if isinstance(block, Div) and PLATES in block.attr.classes:
            return Div((opener.attr, (*opener.blocks[:at], *opener.blocks[at + 1 :]))), at
    return opener, None


def count(publication: Publication, at: int | None = None) -> int:
    """Return how many figures at the head of a text stand with its title.

    Where they have a place ``at`` among the parts of the opener, they are the front matter's, as
    a book's are: what else is there belongs to its first chapter.
    """
    if at is not None:
        return figures.front(publication.blocks)
    if publication.metadata.kind is Kind.BOOK:
        return sum(figures.is_opening(block) for block in publication.blocks[: figures.MOST])
    return figures.opening(publication.blocks)


def moved(opener: Div, text: Blocks, number: int, at: int | None = None) -> tuple[Div, Blocks]:
    """Return opener and text with the first ``number`` figures in the opener: last, or ``at``."""
    if not number:
        return opener, text
    shown = Div((Attr("", (PLATES,)), text[:number]))
    parts = list(opener.blocks)
    parts.insert(len(parts) if at is None else at, shown)
    return Div((opener.attr, tuple(parts))), text[number:]


def planned(opener: Div, assets: Mapping[str, Asset], page: Page) -> Plates:
    """Return how the pictures of an opener share the page."""
    images = [
        image
        for block in opener.blocks
        if isinstance(block, Div) and PLATES in block.attr.classes
        for image in ast.find(block, ast.Image)
    ]
    found = [assets[image.url] for image in images if image.url in assets]
    bleed = any(figures.BLEED in figure.attr.classes for figure in ast.find(opener, ast.Figure))
    return plates.plan(found, page, bleed=bleed)
