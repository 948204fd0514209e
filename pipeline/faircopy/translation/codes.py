"""Inlines as text with numbered codes, and back: the lossless heart of every exchange form.

What a translator must not break (emphasis, a link's address, a footnote's mark, code, a
formula) becomes a numbered ``Tag`` in the text; what it stands for stays at home in ``codes``.
Numbers run through a unit. A space is a space, whether the manuscript had a line end there or
not; nothing else is lost: ``decode(*encode(inlines))`` is ``inlines`` with soft breaks as
spaces and neighbouring strings joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeAlias

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Inline, Inlines


class Kind(StrEnum):
    """Whether a tag opens a pair, closes it, or stands alone."""

    OPEN = "open"
    CLOSE = "close"
    POINT = "point"


class Tag(msgspec.Struct, frozen=True):
    """A numbered code in the text."""

    id: str
    kind: Kind


Content: TypeAlias = tuple[str | Tag, ...]
"""Text and tags in order; no empty string, no two strings side by side."""

Codes: TypeAlias = Mapping[str, Inline]
"""What each tag stands for: a node without its inlines (a pair) or a whole node (a point)."""

# What XML 1.0 has no character for (section 2.2), and what would end a line or a field.
_UNPRINTABLE = re.compile("([\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff])")
_WORDS = re.compile(" |[^ ]+")


class Unbalanced(ValueError):
    """The tags of a content do not nest; ``tag`` is the first that does not fit."""

    def __init__(self, tag: Tag) -> None:
        super().__init__(f"tag {tag.id} does not fit")
        self.tag = tag


class Unknown(ValueError):
    """A content has a tag that its source does not have."""

    def __init__(self, tag: Tag) -> None:
        super().__init__(f"there is no tag {tag.id} in the source")
        self.tag = tag


def encode(inlines: Inlines, first: int = 1) -> tuple[Content, dict[str, Inline]]:
    """Return inlines as content and the codes that its tags stand for, numbered from ``first``."""
    parts: list[str | Tag] = []
    codes: dict[str, Inline] = {}
    _encode(inlines, parts, codes, first)
    return join(parts), codes


def _encode(inlines: Inlines, parts: list[str | Tag], codes: dict[str, Inline], first: int) -> None:
    for item in inlines:
        if isinstance(item, ast.Space | ast.SoftBreak):
            parts.append(" ")
        elif isinstance(item, ast.Str):
            for piece in _UNPRINTABLE.split(item.c):
                if _UNPRINTABLE.fullmatch(piece):
                    parts.append(_new(ast.Str(piece), codes, first, Kind.POINT))
                else:
                    parts.append(piece)
        elif isinstance(item, ast.HOLDERS):
            tag = _new(ast.holding(item, ()), codes, first, Kind.OPEN)
            parts.append(tag)
            _encode(item.inlines, parts, codes, first)
            parts.append(Tag(tag.id, Kind.CLOSE))
        else:
            parts.append(_new(item, codes, first, Kind.POINT))


def _new(node: Inline, codes: dict[str, Inline], first: int, kind: Kind) -> Tag:
    number = str(first + len(codes))
    codes[number] = node
    return Tag(number, kind)


def decode(content: Content, codes: Codes) -> Inlines:
    """Return content as inlines.

    Raises:
        Unknown: a tag is not among ``codes``, or is a pair there and a point here.
        Unbalanced: the tags do not nest.
    """
    levels: list[list[Inline]] = [[]]
    open_tags: list[Tag] = []
    for part in content:
        if isinstance(part, str):
            levels[-1].extend(_words(part))
            continue
        node = codes.get(part.id)
        if node is None or isinstance(node, ast.HOLDERS) is (part.kind is Kind.POINT):
            raise Unknown(part)
        if part.kind is Kind.POINT:
            levels[-1].append(node)
        elif part.kind is Kind.OPEN:
            open_tags.append(part)
            levels.append([])
        else:
            if not open_tags or open_tags.pop().id != part.id:
                raise Unbalanced(part)
            inner = ast.joined(levels.pop())
            assert isinstance(node, ast.HOLDERS)
            levels[-1].append(ast.holding(node, inner))
    if open_tags:
        raise Unbalanced(open_tags[-1])
    return ast.joined(levels[0])


def _words(text: str) -> Iterable[Inline]:
    for word in _WORDS.findall(text):
        yield ast.Space() if word == " " else ast.Str(word)


def join(parts: Iterable[str | Tag]) -> Content:
    """Return parts as content: strings joined, empty ones dropped."""
    out: list[str | Tag] = []
    for part in parts:
        if isinstance(part, str) and out and isinstance(out[-1], str):
            out[-1] += part
        elif part != "":
            out.append(part)
    return tuple(out)


def plain(content: Content) -> str:
    """Return the words of a content without its tags."""
    return "".join(part for part in content if isinstance(part, str))


def tags(content: Content) -> tuple[Tag, ...]:
    """Return the tags of a content in order."""
    return tuple(part for part in content if isinstance(part, Tag))


# --- the notation of the text forms ------------------------------------------------------------

_TAG = re.compile(r"(\\*)<(/?)(\d{1,6})(/?)>")


def notation(content: Content) -> str:
    r"""Write content for the text forms: ``<1>bold</1>``, ``<2/>``.

    What looks like a tag in the words themselves gets a backslash: ``\<1>``.
    """
    out: list[str] = []
    for part in content:
        if isinstance(part, str):
            out.append(_TAG.sub(lambda found: "\\" * (len(found[1]) + 1) + found[0], part))
            continue
        before = out[-1] if out else ""
        out.append("\\" * (len(before) - len(before.rstrip("\\"))))
        slash = "/" if part.kind is Kind.CLOSE else ""
        out.append(f"<{slash}{part.id}{'/' if part.kind is Kind.POINT else ''}>")
    return "".join(out)


def parse_notation(text: str) -> Content:
    """Read content as ``notation`` writes it."""
    parts: list[str | Tag] = []
    at = 0
    for found in _TAG.finditer(text):
        slashes = len(found[1])
        parts.append(text[at : found.start()] + "\\" * (slashes // 2))
        literal = slashes % 2 or (found[2] and found[4])
        if literal:
            parts.append(found[0][slashes:])
        else:
            kind = Kind.CLOSE if found[2] else Kind.POINT if found[4] else Kind.OPEN
            parts.append(Tag(str(int(found[3])), kind))  # as Arabic writes it: <١>
        at = found.end()
    parts.append(text[at:])
    return join(parts)


# --- what a code is, in words ------------------------------------------------------------------

_NAMES: tuple[tuple[type[ast.Node], str], ...] = (
    (ast.Emph, "emphasis"),
    (ast.Underline, "underlined"),
    (ast.Strong, "bold"),
    (ast.Strikeout, "struck out"),
    (ast.Superscript, "superscript"),
    (ast.Subscript, "subscript"),
    (ast.SmallCaps, "small capitals"),
    (ast.Quoted, "quotation marks"),
    (ast.Cite, "citation"),
    (ast.LineBreak, "line break"),
    (ast.Note, "footnote"),
    (ast.RawInline, "markup"),
)


def describe(node: Inline) -> str:
    """Say in a few words, on one line, what a code stands for."""
    return " ".join(_description(node).split())


def _description(node: Inline) -> str:
    match node:
        case ast.Link():
            return f"link to {node.url}"
        case ast.Image():
            return f"image {node.url}"
        case ast.Code() | ast.Math():
            name = "code" if isinstance(node, ast.Code) else "formula"
            return f"{name} {node.text}"
        case ast.Span():
            if "speaker" in node.attr.classes:
                return "speaker"
            lang = node.attr.get("lang")
            return f"text in {lang}" if lang else " ".join(node.attr.classes) or "marked text"
    return next((name for kind, name in _NAMES if isinstance(node, kind)), "special character")
