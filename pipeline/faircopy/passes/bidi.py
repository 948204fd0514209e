"""Isolation of runs of the other direction (UAX #9, section 2.4).

Words that follow one another are one run, whatever marks them up: isolates side by side would be
laid out in the order of the text around, "News BBC". What parts phrases ends a run: without
that the words of a list such as "SCO، OIC، CICA" are in the wrong order, since the commas between
two Latin words take the words' direction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, cast, get_args

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Attr, Inline, Inlines, Node
from faircopy.languages import Locale
from faircopy.languages.ends import ALL
from faircopy.languages.tags import Direction
from faircopy.passes import foreign
from faircopy.passes.foreign import Kind
from faircopy.passes.units import UNIT

ISOLATES: dict[Direction, str] = {"ltr": "ltr", "rtl": "rtl"}
"""Class of the span around a run, by the run's direction."""
_OTHER: dict[Direction, Direction] = {"ltr": "rtl", "rtl": "ltr"}
_QUOTES = {"“": "”", "„": "“”", "«": "»", "”": "”", "״": "״", '"': '"'}
_OUTSIDE = frozenset('.,:;…!?“”„«»"‘’‚\u2060')
"""What stands outside of an isolate at its ends."""
_OUTSIDE_UNIT = frozenset(",:;\u2060")
_OUTSIDE_MARKUP = _OUTSIDE_UNIT | {"."}
"""A title in italics keeps its question mark."""
_TELEPHONE = range(8, 16)
"""Digits of a telephone's number, its country's included (ITU-T E.164)."""
_GOES_ON = frozenset({Kind.WORD, Kind.NUMBER, Kind.SIGNED, Kind.GLUE})
_INLINE: tuple[type, ...] = get_args(ast.Inline)


class _Part(NamedTuple):
    kind: Kind
    inlines: Inlines
    text: str = ""


def isolate(value: ast.T, locale: Locale) -> ast.T:
    """Return a tree with each run of words of the other direction in a ``Span`` with its ``dir``.

    Running it twice changes nothing. What stands in a span with a direction already stays whole:
    its spaces and stops belong to it, as those of quotations, of what is marked up and of
    paragraphs that are wholly in the other direction do.
    """
    if locale.dir == "ltr" and not foreign.may_be_right(msgspec.json.encode(value)):
        return value
    return cast(ast.T, _Isolation(locale.dir).each(ast.rewrite(value, _unwrap, ast.Span)))


def _unwrap(node: Node) -> Node | tuple[Node, ...]:
    if isinstance(node, ast.Span) and node.attr in _ATTRS.values():
        return node.inlines
    return node


_ATTRS = {way: Attr("", (name,), (("dir", way),)) for way, name in ISOLATES.items()}


class _Isolation:
    """The pass for a text of one direction."""

    def __init__(self, native: Direction) -> None:
        self._native = native
        self._attr = _ATTRS[_OTHER[native]]
        self._back = _ATTRS[native]

    def each(self, value: object) -> object:
        """Return ``value`` with its sequences of inlines isolated."""
        if type(value) is tuple:
            if any(isinstance(item, _INLINE) for item in value):
                return self._isolated(cast(Inlines, value))
            return tuple(self.each(item) for item in value)
        if isinstance(value, ast.Header):
            return ast.Header((value.level, value.attr, self._unit(value.inlines)))
        if isinstance(value, Attr) or not isinstance(value, msgspec.Struct):
            return value
        old = [getattr(value, name) for name in value.__struct_fields__]
        new = [self.each(item) for item in old]
        same = all(a is b for a, b in zip(old, new, strict=True))
        return value if same else type(value)(*new)

    def _unit(self, inlines: Inlines) -> Inlines:
        """Isolate a unit: what is wholly foreign is so to its full stop."""
        parts = self._parts(inlines)
        if not _wholly(parts):
            return self._joined(parts)
        if any(_is_end(a) and b.text.isspace() for a, b in pairwise(parts)):
            return self._span(parts)  # all of it, so that sentences are found within
        return self._whole(parts, _OUTSIDE_UNIT)

    def _isolated(self, inlines: Inlines) -> Inlines:
        parts = self._parts(inlines)
        return self._whole(parts, _OUTSIDE) if _wholly(parts) else self._joined(parts)

    # --- from inlines to parts ----------------------------------------------------------------

    def _parts(self, inlines: Inlines) -> list[_Part]:
        return [part for inline in inlines for part in self._part(inline)]

    def _part(self, inline: Inline) -> Iterator[_Part]:
        if isinstance(inline, ast.Str):
            for kind, text in foreign.parts(inline.c, self._native):
                yield _Part(kind, (ast.Str(text),), text)
        elif isinstance(inline, ast.Space | ast.SoftBreak):
            yield _Part(Kind.GLUE, (inline,), " ")
        elif isinstance(inline, ast.Note):
            yield _Part(Kind.GLUE, (ast.Note(cast(ast.Blocks, self.each(inline.blocks))),))
        elif isinstance(inline, ast.Math | ast.RawInline):
            yield _Part(Kind.GLUE, (inline,))
        elif isinstance(inline, ast.Code):
            left = self._native == "rtl" and not foreign.may_be_right(inline.text.encode())
            yield _Part(Kind.WORD if left else Kind.NATIVE, (inline,))
        elif isinstance(inline, ast.Image | ast.LineBreak):
            yield _Part(Kind.NATIVE, (inline,))
        else:
            yield self._marked_up(inline)

    def _marked_up(self, inline: ast.Holder) -> _Part:
        """Return what an inline with others inside is to the run around."""
        attr = inline.attr if isinstance(inline, ast.Span) else Attr()
        if attr.get("dir"):
            return _Part(Kind.NATIVE, (inline,))
        if isinstance(inline, ast.Span) and UNIT in attr.classes:
            return _Part(Kind.NATIVE, (ast.Span((attr, self._unit(inline.inlines))),))
        parts = self._parts(inline.inlines)
        if {part.kind for part in parts} <= {Kind.NUMBER}:
            return _Part(Kind.NUMBER if parts else Kind.GLUE, (inline,))
        if not _wholly(parts):
            return _Part(Kind.NATIVE, (ast.holding(inline, self._joined(parts)),))
        if isinstance(inline, ast.Quoted) or _is_outside(parts[-1], _OUTSIDE_MARKUP):
            return _Part(Kind.NATIVE, (ast.holding(inline, self._whole(parts, _OUTSIDE)),))
        return _Part(Kind.WORD, (inline,))

    # --- from parts to isolates ---------------------------------------------------------------

    def _joined(self, parts: Sequence[_Part]) -> Inlines:
        """Isolate each run, and what is wholly foreign between quotation marks."""
        out: list[Inline] = []
        at = 0
        while at < len(parts):
            end = _quotation(parts, at)
            if end:
                out += (*parts[at].inlines, *self._whole(parts[at + 1 : end], _OUTSIDE))
            else:
                end = _run(parts, at) or _signed(parts, at)
                out += self._span(parts[at:end]) if end else parts[at].inlines
            at = end or at + 1
        return ast.joined(out)

    def _whole(self, parts: Sequence[_Part], outside: frozenset[str]) -> Inlines:
        """Isolate all, but for what stands outside at the ends."""
        start, end = 0, len(parts)
        while start < end and _is_outside(parts[start], outside):
            start += 1
        while start < end and _is_outside(parts[end - 1], outside):
            end -= 1
        before = [inline for part in parts[:start] for inline in part.inlines]
        after = [inline for part in parts[end:] for inline in part.inlines]
        return ast.joined([*before, *self._span(parts[start:end]), *after])

    def _span(self, parts: Sequence[_Part]) -> Inlines:
        """Return an isolate; the notes in it are the text's own again."""

        def back(node: Node) -> Node:
            return ast.Span((self._back, (node,))) if isinstance(node, ast.Note) else node

        inlines = ast.joined([inline for part in parts for inline in part.inlines])
        return (ast.Span((self._attr, ast.rewrite(inlines, back, ast.Note))),) if inlines else ()


def _wholly(parts: Sequence[_Part]) -> bool:
    kinds = {part.kind for part in parts}
    return Kind.WORD in kinds and Kind.NATIVE not in kinds


def _run(parts: Sequence[_Part], start: int) -> int:
    """Return where the run that begins here ends; 0 when none does."""
    if parts[start].kind is not Kind.WORD:
        return 0
    end = at = start + 1
    while at < len(parts) and parts[at].kind in _GOES_ON:
        at += 1
        if parts[at - 1].kind is not Kind.GLUE:
            end = at
    return end


def _signed(parts: Sequence[_Part], start: int) -> int:
    """Return where a number with a sign ends; that of a telephone goes on over spaces."""
    if parts[start].kind is not Kind.SIGNED:
        return 0
    digits, end = 0, start + 1
    for at in range(start, len(parts)):
        part = parts[at]
        if part.kind in (Kind.NUMBER, Kind.SIGNED) and (at == start or part.text.isdecimal()):
            digits += sum(sign.isdecimal() for sign in part.text)
            end = at + 1
        elif not part.text or part.text not in " ()":
            break
    telephone = parts[start].text.startswith("+") and digits in _TELEPHONE
    return end if telephone else start + 1


def _quotation(parts: Sequence[_Part], start: int) -> int:
    """Return where the quotation mark stands that closes this one, with foreign words between."""
    closing = _QUOTES.get(parts[start].text, "")
    if not closing:
        return 0
    for at in range(start + 1, len(parts)):
        if parts[at].text and parts[at].text in closing:
            inner = parts[start + 1 : at]
            return at if _wholly(inner) and not any(map(_is_end, inner[:-1])) else 0
        if parts[at].kind is Kind.NATIVE:
            return 0
    return 0


def _is_end(part: _Part) -> bool:
    """Say whether a sentence ends with a part."""
    return part.kind is Kind.SIGN and part.text in ALL


def _is_outside(part: _Part, outside: frozenset[str]) -> bool:
    white = part.text.isspace() or (part.kind is Kind.GLUE and not part.text)
    return white or (part.kind is Kind.SIGN and part.text in outside)
