"""The words of a publication in the order in which a reader meets them.

This is what every edition is held against. It is made from the tree alone, by rules that no
writer shares.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Literal, TypeAlias

import msgspec

from pipeline import ast
from pipeline.ast import Block, Blocks, Inlines
from pipeline.model import Publication, Role
from pipeline.passes.opener import opener
from pipeline.passes.units import UNIT, role_of
from pipeline.proof.tokens import Sign, is_word, numbered, tokens


class Marker(msgspec.Struct, frozen=True):
    """What stands before a list's item, as a sign: ``⟦bullet⟧``, ``⟦3⟧``, ``⟦b⟧``."""

    sign: str


class Footnote(msgspec.Struct, frozen=True):
    """A footnote, at the place that refers to it."""

    passages: tuple[Passage, ...]


class Picture(msgspec.Struct, frozen=True):
    """An image, by its alternative text."""

    alt: str


class Formula(msgspec.Struct, frozen=True):
    """A formula in TeX notation."""

    tex: str


Part: TypeAlias = str | Marker | Footnote | Picture | Formula


class Passage(msgspec.Struct, frozen=True):
    """One unit of text: its id, its role, and what a reader meets in it."""

    unit: str
    role: Role | None
    parts: tuple[Part, ...]


class Reading(msgspec.Struct, frozen=True):
    """A whole publication as it is read: the title block, then the text."""

    opener: tuple[Passage, ...]
    body: tuple[Passage, ...]


class Word(msgspec.Struct, frozen=True):
    """A token, the unit that it stands in, and how many words of that unit stand before it."""

    text: str
    unit: str
    ordinal: int


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """How a format shows what is not plain text. Each field is one written rule.

    Attributes:
        opener: the title block is among the words.
        notes: footnotes are read where they are referred to (``inline``), or after the text, in
            order and each behind its number (``after``).
        note_signs: a sign stands where a footnote is referred to.
        markers: bullets and numbers of lists are text.
        pictures: an image is read by its alternative text.
        formulas: a sign stands for each formula.
        pull_quotes: pull quotes are in the reading order, though their words repeat the text's.
    """

    opener: bool = True
    notes: Literal["inline", "after"] = "inline"
    note_signs: bool = True
    markers: bool = False
    pictures: bool = True
    formulas: bool = True
    pull_quotes: bool = True


def reading(publication: Publication) -> Reading:
    """Return what a reader of ``publication`` meets, in order."""
    return Reading(
        tuple(_blocks((opener(publication),))),
        tuple(_blocks(publication.blocks)),
    )


def words(text: Reading, rules: Rules) -> tuple[Word, ...]:
    """Return the words that an edition in a format with these rules has to have."""
    out: list[Word] = []
    passages = [*(text.opener if rules.opener else ()), *text.body]
    later: list[Footnote] = []
    for passage in passages:
        if rules.pull_quotes or passage.role is not Role.PULL_QUOTE:
            _words(passage, rules, out, later)
    for number, note in enumerate(later, start=1):
        first = note.passages[0].unit if note.passages else ""
        out.append(Word(numbered(str(number)), first, 0))
        for passage in note.passages:
            _words(passage, rules, out, [])
    return tuple(out)


def count(found: Iterable[str]) -> int:
    """Return how many of the tokens are words."""
    return sum(map(is_word, found))


# --- rules applied -----------------------------------------------------------------------------


def _words(passage: Passage, rules: Rules, out: list[Word], later: list[Footnote]) -> None:
    ordinal = 0
    buffer: list[str] = []

    def flush() -> None:
        nonlocal ordinal
        for token in tokens("".join(buffer)):
            out.append(Word(token, passage.unit, ordinal))
            ordinal += len(_RUN.findall(token)) if not token.startswith("⟦") else 0
        buffer.clear()

    for part in passage.parts:
        match part:
            case str():
                buffer.append(part)
            case Marker(sign):
                buffer.append(sign if rules.markers else "")
            case Formula():
                buffer.append(Sign.FORMULA if rules.formulas else "")
            case Picture(alt):
                buffer.append(f"{Sign.IMAGE} {alt} " if rules.pictures else "")
            case Footnote():
                buffer.append(Sign.NOTE if rules.note_signs else "")
                if rules.notes == "inline":
                    flush()
                    for inner in part.passages:
                        _words(inner, rules, out, later)
                    buffer.append(Sign.NOTE_END)
                else:
                    later.append(part)
    flush()


_RUN = re.compile(r"[^\W_]+")


# --- the tree read -----------------------------------------------------------------------------


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
                yield from _item(item, Marker(Sign.BULLET))
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


def _item(blocks: Blocks, marker: Marker) -> Iterator[Passage]:
    passages = list(_blocks(blocks)) or [Passage("", Role.LIST_ITEM, ())]
    first, *rest = passages
    box = first.parts[0] if first.parts else None
    if not (isinstance(box, str) and box.startswith(("☐", "☒"))):
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
                yield node.text
            case ast.Math():
                yield Formula(node.text)
            case ast.Quoted():
                yield "“"
                yield from _inlines(node.inlines)
                yield "”"
            case ast.Note():
                yield Footnote(tuple(_blocks(node.blocks)))
            case ast.Image():
                yield Picture(ast.text(node.inlines))
            case ast.RawInline():
                pass
            case _:
                yield from _inlines(node.inlines)


def _number(number: int, style: Any) -> str:
    """Return an ordered item's number in its style, a constructor of pandoc-types."""
    match style:
        case {"t": "LowerAlpha"}:
            return _alphabetic(number).lower()
        case {"t": "UpperAlpha"}:
            return _alphabetic(number)
        case {"t": "LowerRoman"}:
            return _roman(number).lower()
        case {"t": "UpperRoman"}:
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
