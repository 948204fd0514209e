"""Straight quotation marks that have no partner, which reading would pair with the wrong one.

``"One.” He said "two."`` would be read as a quotation that ends before ``two``, and the space there
be lost with it (pandoc's extension ``smart``).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from faircopy.core import ast
from faircopy.core.ast import Inline, Inlines

_MARK = '"'
_NOTHING = " "
_OPENS_BEHIND = frozenset(" ([{/-–—“„«‘‚'\"\u00a0")
"""Signs behind which a mark opens a quotation, unless a space follows it."""


def alone(inlines: Inlines) -> frozenset[int]:
    """Return which straight double marks of a text, counted from 0, open or close nothing.

    A mark that opens is paired with the next one if that closes; notes are texts of their own.
    """
    text = "".join(_signs(inlines))
    if _MARK not in text:
        return frozenset()
    opens = [_opens(text, at) for at, sign in enumerate(text) if sign == _MARK]
    paired: set[int] = set()
    waiting = -1
    for number, begins in enumerate(opens):
        if begins:
            waiting = number
        elif waiting >= 0:
            paired |= {waiting, number}
            waiting = -1
    return frozenset(range(len(opens))) - paired


def _opens(text: str, at: int) -> bool:
    before = text[at - 1] if at else _NOTHING
    after = text[at + 1] if at + 1 < len(text) else _NOTHING
    return before in _OPENS_BEHIND and not after.isspace()


def _signs(inlines: Inlines) -> Iterator[str]:
    """Yield the signs of a text; what is no word of it is a letter."""
    for item in inlines:
        match item:
            case ast.Str(c):
                yield c
            case ast.Space() | ast.SoftBreak() | ast.LineBreak():
                yield " "
            case ast.Note():
                pass
            case _ if isinstance(item, ast.HOLDERS):
                yield from _signs(item.inlines)
            case _:
                yield "x"


def escaped(inlines: Inlines) -> Inlines:
    """Return a text whose straight double marks without a partner stand as they are."""
    lonely = alone(inlines)
    return tuple(_escaped(inlines, lonely, itertools.count())) if lonely else inlines


def _escaped(inlines: Inlines, lonely: frozenset[int], numbers: Iterator[int]) -> Iterator[Inline]:
    for item in inlines:
        if isinstance(item, ast.Str) and _MARK in item.c:
            yield from _pieces(item.c, lonely, numbers)
        elif isinstance(item, ast.HOLDERS):
            yield ast.holding(item, tuple(_escaped(item.inlines, lonely, numbers)))
        else:
            yield item


def _pieces(text: str, lonely: frozenset[int], numbers: Iterator[int]) -> Iterator[Inline]:
    kept = ""
    for sign in text:
        if sign == _MARK and next(numbers) in lonely:
            if kept:
                yield ast.Str(kept)
            yield ast.RawInline(("markdown", f"\\{_MARK}"))
            kept = ""
        else:
            kept += sign
    if kept:
        yield ast.Str(kept)
