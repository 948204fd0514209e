"""A publication as it is read: its units of text in the order in which a reader meets them.

This is what every edition is held against. It is made from the tree alone, by rules that no
writer shares.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Block, Blocks, Inlines
from faircopy.core.model import Publication, Role
from faircopy.passes.opener import behind, opener
from faircopy.passes.tasks import is_task
from faircopy.passes.units import UNIT, role_of
from faircopy.proof.tokens import Sign, numbered

OPENING, CLOSING = "\ue000", "\ue001"
"""Quotation marks that the locale draws; private characters until a rule says what they are."""


class Marker(msgspec.Struct, frozen=True):
    """What stands before a list's item, as a sign: ``⟦bullet⟧``, ``⟦3⟧``, ``⟦b⟧``."""

    sign: str


class Footnote(msgspec.Struct, frozen=True):
    """A footnote, at the place that refers to it."""

    passages: tuple[Passage, ...]


class Picture(msgspec.Struct, frozen=True):
    """An image, by its alternative text, in which ``OPENING`` and ``CLOSING`` stand too."""

    alt: str


class Formula(msgspec.Struct, frozen=True):
    """A formula in TeX notation."""

    tex: str


class Code(msgspec.Struct, frozen=True):
    """Code within a line."""

    text: str


Part: TypeAlias = str | Marker | Footnote | Picture | Formula | Code


class Passage(msgspec.Struct, frozen=True):
    """One unit of text: its id, its role, and what a reader meets in it.

    ``label`` says that the house adds it: it is not among the manuscript's words.
    """

    unit: str
    role: Role | None
    parts: tuple[Part, ...]
    label: bool = False


class Reading(msgspec.Struct, frozen=True):
    """A whole publication as it is read: the title block, then the text."""

    opener: tuple[Passage, ...]
    body: tuple[Passage, ...]


def reading(publication: Publication) -> Reading:
    """Return what a reader of ``publication`` meets, in order."""
    added = {Role.GENRE, Role.IMPRINT}
    if not publication.metadata.byline:
        added.add(Role.BYLINE)  # it is made of the authors' names
    if not publication.metadata.dateline:
        added.add(Role.DATELINE)  # it is made of the date
    return Reading(
        tuple(
            msgspec.structs.replace(passage, label=passage.role in added)
            for passage in _blocks((opener(publication),))
        ),
        tuple(_blocks(behind(publication))),
    )


def _blocks(blocks: Blocks) -> Iterator[Passage]:
    for block in blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[Passage]:
    match block:
        case ast.Para() | ast.Plain():
            yield from _passages(block.inlines)
        case ast.Header():
            yield _heading(block)
        case ast.LineBlock():
            for line in block.lines:
                yield from _passages(line)
        case ast.CodeBlock():
            yield Passage(block.attr.id, Role.CODE, (block.text,))
        case ast.BlockQuote() | ast.Div():
            yield from _blocks(block.blocks)
        case ast.BulletList():
            for item in block.items:
                yield from _item(item, None if is_task(item) else Marker(Sign.BULLET))
        case ast.OrderedList(((start, style, _), items)):
            for number, item in enumerate(items, start=start):
                yield from _item(item, Marker(numbered(_number(number, style))))
        case ast.DefinitionList():
            for term, definitions in block.items:
                yield from _passages(term)
                for definition in definitions:
                    yield from _blocks(definition)
        case ast.Figure():
            yield from _blocks(block.blocks)
            yield from _blocks(block.caption.blocks)
        case ast.Table():
            yield from _table(block)
        case ast.RawBlock() | ast.HorizontalRule():
            pass


def _table(table: ast.Table) -> Iterator[Passage]:
    yield from _blocks(table.caption.blocks)
    bodies = [row for body in table.bodies for row in (*body.head, *body.rows)]
    for row in (*table.head.rows, *bodies, *table.foot.rows):
        for cell in row.cells:
            yield from _blocks(cell.blocks)


def _item(blocks: Blocks, marker: Marker | None) -> Iterator[Passage]:
    passages = list(_blocks(blocks)) or [Passage("", Role.LIST_ITEM, ())]
    first, *rest = passages
    if marker is not None:
        first = Passage(first.unit, first.role, (marker, *first.parts))
    yield first
    yield from rest


def _heading(header: ast.Header) -> Passage:
    role = role_of(header.attr) if UNIT in header.attr.classes else None
    return Passage(header.attr.id, role, _parts(header.inlines))


def _passages(inlines: Inlines) -> Iterator[Passage]:
    """Yield a passage for each unit of a paragraph; all but the kicker have one."""
    units = [node for node in inlines if isinstance(node, ast.Span) and UNIT in node.attr.classes]
    if not units:
        yield Passage("", None, _parts(inlines))
    for node in units:
        yield Passage(node.attr.id, role_of(node.attr), _parts(node.inlines))


def _parts(inlines: Inlines) -> tuple[Part, ...]:
    out: list[Part] = []
    for part in _inlines(inlines):
        if isinstance(part, str) and out and isinstance(out[-1], str):
            out[-1] += part
        else:
            out.append(part)
    return tuple(out)


def _inlines(inlines: Inlines) -> Iterator[Part]:
    for node in inlines:
        match node:
            case ast.Str(c):
                yield c
            case ast.Space() | ast.SoftBreak():
                yield " "
            case ast.LineBreak():
                yield "\n"
            case ast.Code():
                yield Code(node.text)
            case ast.Math():
                yield Formula(node.text)
            case ast.Quoted():
                yield OPENING
                yield from _inlines(node.inlines)
                yield CLOSING
            case ast.Note():
                yield Footnote(tuple(_blocks(node.blocks)))
            case ast.Image():
                yield Picture(ast.text(ast.rewrite(node.inlines, _marked, ast.Quoted)))
            case ast.RawInline():
                pass
            case _:
                yield from _inlines(node.inlines)


def _marked(node: ast.Node) -> ast.Node | tuple[ast.Node, ...]:
    """Return what is quoted with the marks of this module around it."""
    if isinstance(node, ast.Quoted):
        return (ast.Str(OPENING), *node.inlines, ast.Str(CLOSING))
    return node


def _number(number: int, style: ast.ListNumberStyle) -> str:
    """Return an ordered item's number in its style."""
    match style.t:
        case "LowerAlpha":
            return _alphabetic(number).lower()
        case "UpperAlpha":
            return _alphabetic(number)
        case "LowerRoman":
            return _roman(number).lower()
        case "UpperRoman":
            return _roman(number)
    return str(number)


def _alphabetic(number: int) -> str:
    out = ""
    while number > 0:
        number, digit = divmod(number - 1, 26)
        out = chr(ord("A") + digit) + out
    return out


_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    )
)


def _roman(number: int) -> str:
    out = ""
    for value, sign in _ROMAN:
        while number >= value:
            out += sign
            number -= value
    return out
