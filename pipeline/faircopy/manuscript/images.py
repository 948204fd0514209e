"""Which images a manuscript shows, and whether each has words for those who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from faircopy.core import ast
from faircopy.core.ast import Blocks
from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.manuscript.finder import Finder
from faircopy.manuscript.source import Source

DECORATIVE = "decorative"
"""Class of an image that says nothing and so needs no alternative text."""


def used(blocks: Blocks, source: Source) -> tuple[tuple[str, Place], ...]:
    """Return the URL of each image in reading order, with its place in the manuscript."""
    finder = Finder(source)
    images = ast.find(blocks, ast.Image)
    return tuple((image.url, finder.next(_written(image.url, source))) for image in images)


def without_alt(blocks: Blocks, source: Source) -> Iterator[Diagnostic]:
    """Find the images without alternative text (WCAG 2.2, success criterion 1.1.1).

    Those that are marked to say nothing may have none.
    """
    finder = Finder(source)
    for node in ast.find(blocks, ast.Image):
        place = finder.next(_written(node.url, source))
        words, decorative = ast.text(node.inlines).strip(), DECORATIVE in node.attr.classes
        if words and decorative:
            yield Diagnostic(
                "image-decorative",
                Severity.ERROR,
                f"the image “{node.url}” is marked as decoration and has words",
                "Leave the words out, ![](…){.decorative}, or the mark.",
                place,
            )
        if not words and not decorative:
            yield Diagnostic(
                "image-alt",
                Severity.ERROR,
                f"the image “{node.url}” has no alternative text",
                "Say what it shows in the brackets, ![A map of …](…), or mark it {.decorative}.",
                place,
            )


def _written(url: str, source: Source) -> str:
    """Return an address as it stands in the manuscript: pandoc writes a space in it as %20."""
    return url if url in source.text else unquote(url)
