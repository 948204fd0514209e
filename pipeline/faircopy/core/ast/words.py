"""The words of a tree as plain text."""

from __future__ import annotations

from enum import StrEnum
from typing import cast

import msgspec

from faircopy.core.ast.block import (
    BlockQuote,
    CodeBlock,
    DefinitionList,
    Div,
    Figure,
    Header,
    LineBlock,
    OrderedList,
    Para,
    Plain,
    RawBlock,
)
from faircopy.core.ast.inline import (
    Cite,
    Code,
    Image,
    LineBreak,
    Link,
    Math,
    Note,
    Quoted,
    RawInline,
    SoftBreak,
    Space,
    Span,
    Str,
)


class Omit(StrEnum):
    """What ``text`` can leave out."""

    NOTES = "notes"
    ALT = "alt"


def text(value: object, *omit: Omit) -> str:
    """Return the words of inlines or blocks as plain text, one line for each block.

    Quotation marks are given as the curly marks of English; math as its TeX source; raw
    markup is left out. Notes are put where they are referred to, unless omitted.
    """
    out: list[str] = []
    _text(value, out, frozenset(omit))
    return "".join(out).strip()


_BLOCKS = (Plain, Para, Header, Div, Figure, BlockQuote, LineBlock)


def _run(items: tuple[object, ...], out: list[str], omit: frozenset[Omit]) -> None:
    for item in items:
        if type(item) is Str:  # most of a text, as are spaces
            out.append(item.c)
        elif type(item) is Space:
            out.append(" ")
        else:
            _text(item, out, omit)


def _text(value: object, out: list[str], omit: frozenset[Omit]) -> None:
    if type(value) is tuple:
        _run(cast("tuple[object, ...]", value), out, omit)
        return
    match value:
        case Str(c):
            out.append(c)
        case Space() | SoftBreak():
            out.append(" ")
        case LineBreak():
            out.append("\n")
        case Code() | Math():
            out.append(value.text)
        case CodeBlock():
            out.append(value.text + "\n")
        case Quoted():
            marks = "“”" if value.double else "‘’"
            out.append(marks[0])
            _text(value.inlines, out, omit)
            out.append(marks[1])
        case RawInline() | RawBlock():
            pass
        case Note():
            if Omit.NOTES not in omit:
                _text(value.blocks, out, omit)
        case Image():
            if Omit.ALT not in omit:
                _text(value.inlines, out, omit)
        case Cite() | Link() | Span() | Header():
            _text(value.inlines, out, omit)
        case LineBlock():
            for line in value.lines:
                _text(line, out, omit)
                out.append("\n")
        case OrderedList():
            _text(value.items, out, omit)
        case DefinitionList():
            for term, definitions in value.items:
                _text(term, out, omit)
                out.append("\n")
                _text(definitions, out, omit)
        case msgspec.Struct():
            for name in value.__struct_fields__:
                _text(getattr(value, name), out, omit)
        case list():
            for item in value:
                _text(item, out, omit)
    if isinstance(value, _BLOCKS) and out and not out[-1].endswith("\n"):
        out.append("\n")
