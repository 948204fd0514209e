"""What pandoc's writer would lose without a word: titles of links, and formulas it can't set."""

from __future__ import annotations

from collections.abc import Iterator

from faircopy.core import ast
from faircopy.core.ast import Blocks
from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.core.model import Publication
from faircopy.passes.units import is_unit
from faircopy.writers.docx.ooxml import Element, q
from faircopy.writers.docx.package import links


def keep_titles(root: Element, parts: dict[str, bytes], name: str, titles: dict[str, str]) -> None:
    """Give links the titles that they have in the manuscript, as tips in Word.

    ``titles`` are by address.
    """
    targets = {link.get("Id"): link.get("Target") or "" for link in links(parts, name)}
    for link in root.iter(q("hyperlink")):
        title = titles.get(targets.get(link.get(q("r:id")), ""))
        if title:
            link.set(q("tooltip"), title)


def titles(blocks: Blocks) -> dict[str, str]:
    """Return the titles of links by address."""
    links = (node for node in ast.walk(blocks) if isinstance(node, ast.Link))
    return {link.url: link.title for link in links if link.title}


def unset_formulas(root: Element, publication: Publication) -> tuple[Diagnostic, ...]:
    """Warn of formulas that pandoc could not set and gave as their TeX source instead."""
    texts = "\n".join(text.text or "" for text in root.iter(q("t")))
    return tuple(
        Diagnostic(
            "formula-as-source",
            Severity.WARNING,
            f"Word cannot set the formula {math.text}; its source stands there instead",
            "Write it with commands that pandoc knows; see the manual of texmath.",
            place,
        )
        for math, place in _formulas(publication)
        if _source(math) in texts
    )


def _source(math: ast.Math) -> str:
    """Return a formula as pandoc writes it where it cannot set it: with its dollar signs."""
    mark = "$$" if math.display else "$"
    return f"{mark}{math.text}{mark}"


def _formulas(publication: Publication) -> Iterator[tuple[ast.Math, Place]]:
    place = Place(publication.source_path)
    for node in ast.walk(publication.blocks):
        if is_unit(node) and isinstance(node, ast.Span | ast.Header):
            place = publication.places.get(node.attr.id, place)
        elif isinstance(node, ast.Math):
            yield node, place
