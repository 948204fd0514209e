"""What a manuscript may hold in Markdown and no edition could show rightly."""

from __future__ import annotations

from collections.abc import Iterator

from faircopy.core import ast
from faircopy.core.ast import Blocks
from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.core.model import Metadata
from faircopy.manuscript.finder import Finder
from faircopy.manuscript.source import Source

_CHANGES = frozenset(
    {
        *("insertion", "deletion", "paragraph-insertion", "paragraph-deletion"),
        *("comment-start", "comment-end"),
    }
)
"""Classes by which pandoc keeps Word's tracked changes and comments (``--track-changes=all``)."""


def unfit(blocks: Blocks, metadata: Metadata, source: Source) -> Iterator[Diagnostic]:
    """Find tracked changes of Word's, and notes to what stands in the front matter."""
    yield from _changes(blocks, source)
    for name in ("title", "subtitle", "author", "outlet", "standfirst", "byline", "dateline"):
        if next(ast.find(getattr(metadata, name), ast.Note), None) is not None:
            yield Diagnostic(
                "front-matter-note",
                Severity.ERROR,
                f"a footnote stands in “{name}”, which is shown where no note can be",
                "Write the note in the text, at the first place that it is about.",
                source.keys.get(name, Place(source.name, 1, 1)),
            )
    if metadata.embargoed:
        yield Diagnostic(
            "embargoed",
            Severity.NOTE,
            f"the manuscript is embargoed: {metadata.embargoed}",
            "The editions are made all the same: hand none out before.",
            source.keys.get("embargoed", Place(source.name, 1, 1)),
        )


def _changes(blocks: Blocks, source: Source) -> Iterator[Diagnostic]:
    finder = Finder(source)
    for node in ast.find(blocks, ast.Span):
        kinds = _CHANGES.intersection(node.attr.classes)
        if kinds:
            kind = min(kinds)
            what = "a comment" if kind.startswith("comment") else "a tracked change"
            yield Diagnostic(
                "tracked-changes",
                Severity.ERROR,
                f"{what} of Word's stands in the text, with the words of both states",
                "Settle the changes in Word, or convert it again: pandoc --track-changes=accept",
                _where(finder, kind),
            )
            return


def _where(finder: Finder, kind: str) -> Place:
    """Return where a class is written: after a full stop, or within quotation marks."""
    places = [finder.next(f"{mark}{kind}") for mark in (".", '"', "'")]
    return min((place for place in places if place.line), default=places[0])
