"""Notes where none can be: in the words of an image, and in another note."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Blocks, Node
from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.manuscript.finder import Finder, short


class AlternativeText:
    """Takes notes and ids out of the words of images: they are read aloud, and lead nowhere.

    A figure's words are its caption as well, where its notes and ids stay.
    """

    def __init__(self, blocks: Blocks, finder: Finder) -> None:
        figures = tuple(node.caption for node in ast.find(blocks, ast.Figure))
        self._shown = list(ast.find(figures, ast.Note))
        self._finder = finder
        self.found: list[Diagnostic] = []

    def change(self, node: Node) -> Node:
        """Return an image with words that can be read aloud, any other node as it is."""
        if not isinstance(node, ast.Image):
            return node
        attr, inlines, target = node.c
        if any(ast.find(inlines, ast.Image)):
            self.found.append(
                Diagnostic(
                    "image-in-image",
                    Severity.ERROR,
                    f"another image stands in the words of the image “{short(node.url)}”",
                    "Put the two beside one another, each with words of its own.",
                    self._finder.next(node.url),
                )
            )
        # A note with a table has no hash.
        if any(note not in self._shown for note in ast.find(inlines, ast.Note)):
            self.found.append(
                Diagnostic(
                    "image-note",
                    Severity.WARNING,
                    f"the note in the words of the image “{short(node.url)}” is left out",
                    "Put the note after the image.",
                    self._finder.next(node.url),
                )
            )
        return ast.Image((attr, ast.rewrite(inlines, _spoken), target))


def _spoken(node: Node) -> Node | tuple[Node, ...]:
    """Leave what can be read aloud: no notes, and no ids (twice they would be an error)."""
    match node:
        case ast.Code() | ast.Math():
            return ast.Str(node.text)
        case ast.Note():
            return ()
        case ast.Span((attr, inlines)) if attr.id:
            return ast.Span((msgspec.structs.replace(attr, id=""), inlines))
    return node


def within_notes(blocks: Blocks, finder: Finder) -> Iterator[Diagnostic]:
    """Refuse a note within a note: Word has no place for it, a page would number it wrongly."""
    for note in ast.find(blocks, ast.Note):
        for inner in ast.find(note.blocks, ast.Note):
            words = ast.text(inner.blocks).strip()
            yield Diagnostic(
                "note-in-note",
                Severity.ERROR,
                f"the note “{short(words)}” stands within another note",
                "Put its words into the other note, or a note of their own into the text.",
                finder.next(words.split(" ")[0]),
            )
