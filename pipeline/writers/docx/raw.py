"""Raw markup has no place in a document: it goes, and is said to have gone."""

from __future__ import annotations

import re

from pipeline import ast
from pipeline.ast import Blocks, Node
from pipeline.diagnostics import Diagnostic, Place, Severity
from pipeline.model import Publication
from pipeline.passes.units import is_unit

_SILENT = re.compile(r"\s*(<!--.*-->|</[^>]*>)\s*", re.DOTALL)
"""Comments, which no reader sees, and the ends of tags that were told of at their beginning."""
_SHORTENED = 40


def without_raw(
    blocks: Blocks, publication: Publication
) -> tuple[Blocks, tuple[Diagnostic, ...]]:
    """Return the blocks without raw markup, and a warning for each piece that had a meaning."""
    found: list[Diagnostic] = []
    place = Place(publication.source_path)
    for node in ast.walk(blocks):
        if is_unit(node) and isinstance(node, ast.Span | ast.Header):
            place = publication.places.get(node.attr.id, place)
        elif isinstance(node, ast.RawInline | ast.RawBlock) and not _SILENT.fullmatch(node.text):
            found.append(_not_shown(node, place))
    return ast.rewrite(blocks, _drop), tuple(found)


def _drop(node: Node) -> Node | tuple[Node, ...]:
    return () if isinstance(node, ast.RawInline | ast.RawBlock) else node


def _not_shown(node: ast.RawInline | ast.RawBlock, place: Place) -> Diagnostic:
    markup = " ".join(node.text.split())
    if len(markup) > _SHORTENED:
        markup = markup[: _SHORTENED - 1] + "…"
    return Diagnostic(
        "not-shown",
        Severity.WARNING,
        f"DOCX does not show the {node.format} markup {markup}; text between tags stays",
        "Write it in pandoc's Markdown, for instance as [words]{.class}.",
        place,
    )
