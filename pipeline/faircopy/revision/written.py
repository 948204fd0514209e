"""A manuscript's tree as lines, in the order in which its Word edition has them."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Attr, Blocks, Inlines
from faircopy.core.model import Publication, Role
from faircopy.languages import locale
from faircopy.passes.opener import behind, opener
from faircopy.passes.typography import typeset
from faircopy.passes.units import UNIT
from faircopy.revision.lines import NOTE, THING, Line, Look, Looks, Piece, seen

_LOOKS = (
    (ast.Emph, Look.EMPH),
    (ast.Strong, Look.STRONG),
    (ast.Strikeout, Look.STRIKE),
    (ast.Superscript, Look.SUPER),
    (ast.Subscript, Look.SUB),
    (ast.SmallCaps, Look.SMALL),
    (ast.Underline, Look.UNDER),
)

_HOLDS = ("cell", "note")
"""What a list within is no list of the text for."""


def lines(publication: Publication) -> list[Line]:
    """Return all lines of a publication, its title block first, with its units' ids."""
    conventions = locale(publication.metadata.lang)
    blocks = typeset((opener(publication), *behind(publication)), conventions)
    return [line for line in _blocks(blocks, "text") if line.text.strip()]


def _blocks(blocks: Blocks, kind: str) -> Iterator[Line]:
    for block in blocks:
        match block:
            case ast.Header((level, attr, inlines)):
                yield from _line(f"heading {level}", inlines, attr)
            case ast.Para(inlines) | ast.Plain(inlines):
                yield from _line(kind, inlines)
            case ast.LineBlock():
                for line in block.lines:
                    yield from _line("verse", line)
            case ast.BlockQuote(inner):
                yield from _blocks(inner, "quote")
            case ast.Div((attr, inner)):
                pull = Role.PULL_QUOTE.value in attr.classes
                yield from _blocks(inner, "pull quote" if pull else kind)
            case ast.BulletList(items) | ast.OrderedList((_, items)):
                for item in items:
                    yield from _blocks(item, kind if kind in _HOLDS else "item")
            case ast.DefinitionList(items):
                for term, definitions in items:
                    yield from _line("term", term)
                    for one in definitions:
                        yield from _blocks(one, "definition")
            case ast.Figure((_, caption, inner)):
                yield from _blocks(inner, "figure")
                yield from _blocks(caption.blocks, "caption")
            case ast.Table():
                yield from _table(block)
            case ast.CodeBlock((attr, text)):
                yield Line("code", (Piece(text.replace("\n", " ")),), attr.id)


def _table(table: ast.Table) -> Iterator[Line]:
    _, caption, _, head, bodies, foot = table.c
    yield from _blocks(caption.blocks, "caption")
    within = (row for body in bodies for row in (*body.head, *body.rows))
    for row in (*head.rows, *within):
        for cell in row.cells:
            yield from _blocks(cell.blocks, "cell")
    for row in foot.rows:
        for cell in row.cells:
            for line in _blocks(cell.blocks, "cell"):
                yield msgspec.structs.replace(line, styled=True)


def _line(kind: str, inlines: Inlines, attr: Attr | None = None) -> Iterator[Line]:
    """Yield a line with its notes."""
    if attr is None:
        spans = (one for one in ast.find(inlines, ast.Span) if UNIT in one.attr.classes)
        attr = next((one.attr for one in spans), Attr())
    notes: list[ast.Note] = []
    pieces = tuple(_joined(_pieces(inlines, frozenset(), "", notes)))
    if attr.id.startswith("opener-"):
        kind = attr.id.removeprefix("opener-")
    within = tuple(tuple(_blocks(note.blocks, "note")) for note in notes)
    head = Role.HEADER_CELL.value in attr.classes
    yield Line(kind, pieces, attr.id, notes=within, styled=head)


def _pieces(inlines: Inlines, looks: Looks, link: str, notes: list[ast.Note]) -> Iterator[Piece]:
    for one in inlines:
        match one:
            case ast.Str(c):
                yield Piece(seen(c), looks, link)
            case ast.Space() | ast.SoftBreak() | ast.LineBreak():
                yield Piece(" ", looks, link)
            case ast.Code():
                yield Piece(one.text, looks | {Look.CODE}, link)
            case ast.Math() | ast.Image():
                yield Piece(THING, looks, link)
            case ast.Note():
                notes.append(one)
                yield Piece(NOTE, looks, link)
            case ast.Link():
                yield from _pieces(one.inlines, looks, one.url, notes)
            case _ if isinstance(one, ast.HOLDERS):
                own = frozenset(look for kind, look in _LOOKS if isinstance(one, kind))
                yield from _pieces(one.inlines, looks | own, link, notes)


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Yield pieces, those that are alike and stand together as one."""
    held: Piece | None = None
    for piece in pieces:
        if held is not None and (held.looks, held.link) == (piece.looks, piece.link):
            held = msgspec.structs.replace(held, text=held.text + piece.text)
            continue
        if held is not None and held.text:
            yield held
        held = piece
    if held is not None and held.text:
        yield held
