"""Which figures stand with the title of a printed edition; they are taken out of the text."""

from __future__ import annotations

from collections.abc import Mapping

from faircopy.core import ast
from faircopy.core.ast import Attr, Blocks, Div
from faircopy.core.model import Asset, Kind, Publication
from faircopy.passes import figures
from faircopy.theme import Page
from faircopy.writers.pdf import plates
from faircopy.writers.pdf.plates import Plates

PLATES = "plates"


def count(publication: Publication) -> int:
    """Return how many figures at the head of a text stand with its title.

    A book's are those of the front matter alone: what else is there belongs to its first chapter.
    """
    if publication.metadata.kind is Kind.BOOK:
        return sum(figures.is_opening(block) for block in publication.blocks[: figures.MOST])
    return figures.opening(publication.blocks)


def moved(opener: Div, text: Blocks, number: int) -> tuple[Div, Blocks]:
    """Return opener and text with the first ``number`` figures in the opener."""
    if not number:
        return opener, text
    shown = Div((Attr("", (PLATES,)), text[:number]))
    return Div((opener.attr, (*opener.blocks, shown))), text[number:]


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
