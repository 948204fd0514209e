"""The tree that pandoc reads of a file made ready, laid on the file's paragraphs and tidied."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import cast
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

import msgspec

from faircopy.core import ast, pandoc
from faircopy.core.ast import Attr, Block, Blocks, Inline, Inlines
from faircopy.intake.marks import MARK, PARAGRAPH, number, without

_GAPS = (ast.Space, ast.SoftBreak, ast.LineBreak)
_TIDIED = (ast.Emph, ast.Strong, ast.Underline, ast.Strikeout, ast.SmallCaps)
_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid")


class Laid(msgspec.Struct, frozen=True):
    """A block of the text, and the number of the paragraph that it begins with (0: unknown)."""

    block: Block
    number: int


class Seen(msgspec.Struct):
    """How often something was mended in a tree."""

    redirects: int = 0
    dead: int = 0


def read(data: bytes, pictures: Mapping[int, ast.Image | None]) -> tuple[tuple[Laid, ...], Seen]:
    """Return the blocks of a file made ready, and how many links were mended.

    ``pictures`` are those to be shown, by their numbers; None where one is left out.

    Raises:
        ToolError: pandoc refused the file, or it takes too much.
    """
    blocks = _plain(pandoc.opened(data, "docx").blocks)
    seen = Seen()
    known = _wanted(blocks)
    laid: list[Laid] = []
    for block in blocks:
        begins = _number(block)
        clean = tidy(_linked(_unmarked((block,), pictures), known, seen))
        laid += [Laid(one, begins) for one in clean]
    return tuple(laid), seen


def _plain(blocks: Blocks) -> Blocks:
    """Return blocks without the divs and spans that say a direction, a style or a highlight."""

    def change(node: ast.Node) -> ast.Node | Sequence[ast.Node]:
        if isinstance(node, ast.Div):
            return node.blocks
        if isinstance(node, ast.Span) and not node.attr.id:
            return node.inlines
        return node

    return ast.rewrite(blocks, change, ast.Div, ast.Span)


def _number(block: Block) -> int:
    for node in ast.walk(block):
        text = node.c if isinstance(node, ast.Str) else ""
        text = node.text if isinstance(node, ast.CodeBlock | ast.Code) else text
        for found in MARK.finditer(text):
            if found[2] == PARAGRAPH:
                return number(found)
    return 0


def _unmarked(blocks: Blocks, pictures: Mapping[int, ast.Image | None]) -> Blocks:
    def change(node: ast.Node) -> ast.Node | Sequence[ast.Node]:
        match node:
            case ast.Str(c):
                return tuple(_pieces(c, pictures)) if MARK.search(c) else node
            case ast.Code((attr, text)):
                return ast.Code((attr, without(text)))
            case ast.CodeBlock((attr, text)):
                return ast.CodeBlock((attr, without(text)))
        return node

    return ast.rewrite(blocks, change, ast.Str, ast.Code, ast.CodeBlock)


def _pieces(text: str, pictures: Mapping[int, ast.Image | None]) -> Iterator[Inline]:
    at = 0
    for found in MARK.finditer(text):
        if words := text[at : found.start()]:
            yield ast.Str(words)
        at = found.end()
        picture = None if found[2] == PARAGRAPH else pictures.get(number(found))
        if picture is not None:
            yield picture
    if text[at:]:
        yield ast.Str(text[at:])


def _wanted(blocks: Blocks) -> frozenset[str]:
    """Return the ids that there are and that a link leads to."""
    links = {unquote(link.url[1:]) for link in ast.find(blocks, ast.Link) if link.url[:1] == "#"}
    there = {one.attr.id for one in ast.find(blocks, ast.Header)}
    there |= {one.attr.id for one in ast.find(blocks, ast.Span)}
    return frozenset(links & there)


def _linked(blocks: Blocks, known: frozenset[str], seen: Seen) -> Blocks:
    """Return blocks with links that lead somewhere, and places only where one leads to."""

    def change(node: ast.Node) -> ast.Node | Sequence[ast.Node]:
        match node:
            case ast.Header((level, attr, inlines)):
                return ast.Header(
                    (level, Attr(_named(attr.id) if attr.id in known else ""), inlines)
                )
            case ast.Span((attr, inlines)):
                return ast.Span((Attr(_named(attr.id)), inlines)) if attr.id in known else inlines
            case ast.Link((_, inlines, (url, _))):
                if url.startswith("#") and unquote(url[1:]) not in known:
                    seen.dead += 1
                    return inlines
                if not ast.text(inlines).strip() and not [*ast.find(inlines, ast.Image)]:
                    return inlines
                direct = f"#{_named(unquote(url[1:]))}" if url.startswith("#") else _direct(url)
                seen.redirects += direct != url and not url.startswith("#")
                return ast.Link((Attr(), inlines, (direct, "")))
        return node

    return ast.rewrite(blocks, change, ast.Header, ast.Span, ast.Link)


def _named(id: str) -> str:
    """Return the name of a place as Markdown can have it; a bookmark's may hold spaces."""
    return re.sub(r"[^\w.:-]+", "-", id)


def resolved(blocks: Blocks) -> Blocks:
    """Return blocks without links to places that are no longer in them."""
    known = _wanted(blocks)

    def change(node: ast.Node) -> ast.Node | Sequence[ast.Node]:
        if isinstance(node, ast.Link) and node.url.startswith("#"):
            return node if unquote(node.url[1:]) in known else node.inlines
        return node

    return ast.rewrite(blocks, change, ast.Link)


def _direct(url: str) -> str:
    """Return the address that a redirect of Google's leads to, without what tracks a reader."""
    try:
        parts = urlsplit(url)
        query = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return url
    if parts.netloc.endswith("google.com") and parts.path == "/url":
        to = dict(query).get("q", "")
        return _direct(to) if to.startswith(("http://", "https://")) else url
    kept = [(key, text) for key, text in query if not key.startswith(_TRACKING)]
    return url if len(kept) == len(query) else urlunsplit(parts._replace(query=urlencode(kept)))


def tidy(blocks: Blocks) -> Blocks:
    """Return blocks without empty paragraphs, and with emphasis that begins and ends at words."""

    def change(node: ast.Node) -> ast.Node | Sequence[ast.Node]:
        match node:
            case ast.Para(c) | ast.Plain(c):
                inlines = trimmed(_settled(c))
                return type(node)(inlines) if inlines else ()
            case ast.Header((level, attr, c)):
                inlines = trimmed(_settled(c))
                return ast.Header((level, attr, inlines)) if inlines else ()
            case ast.BlockQuote(c):
                return node if c else ()
            case ast.BulletList(items):
                kept = tuple(item for item in items if item)
                return ast.BulletList(kept) if kept else ()
            case ast.OrderedList((about, items)):
                kept = tuple(item for item in items if item)
                return ast.OrderedList((about, kept)) if kept else ()
        return node

    kinds = (ast.Para, ast.Plain, ast.Header, ast.BlockQuote, ast.BulletList, ast.OrderedList)
    return ast.rewrite(blocks, change, *kinds)


def trimmed(inlines: Inlines) -> Inlines:
    """Return inlines without white space at either end."""
    start, end = 0, len(inlines)
    while start < end and isinstance(inlines[start], _GAPS):
        start += 1
    while end > start and isinstance(inlines[end - 1], _GAPS):
        end -= 1
    return inlines[start:end]


def _settled(inlines: Inlines) -> Inlines:
    """Return inlines whose markup has no space at its ends, holds words, and is not parted."""
    if not any(isinstance(item, ast.HOLDERS) for item in inlines):
        return ast.joined(inlines)
    out: list[Inline] = []
    for item in inlines:
        if isinstance(item, ast.HOLDERS):
            inner = _settled(item.inlines)
            if isinstance(item, _TIDIED):
                out += _around(item, inner)
            else:
                out.append(ast.holding(item, inner))
        else:
            out.append(item)
    return ast.joined(_merged(out))


def _around(item: ast.Holder, inner: Inlines) -> Iterator[Inline]:
    core = trimmed(inner)
    first = next((at for at, one in enumerate(inner) if not isinstance(one, _GAPS)), len(inner))
    yield from inner[:first]
    worded = any(sign.isalnum() for sign in ast.text(core)) or [*ast.find(core, ast.Image)]
    if core and worded:
        yield ast.holding(item, core)
    else:
        yield from core
    yield from inner[first + len(core) :]


def _merged(items: list[Inline]) -> Iterator[Inline]:
    """Yield inlines, of two of one kind with no more than a space between them one."""
    out: list[Inline] = []
    for item in items:
        gap = 1 if out and isinstance(out[-1], ast.Space) else 0
        before = out[-1 - gap] if len(out) > gap else None
        if isinstance(item, _TIDIED) and type(before) is type(item):
            between = tuple(out[len(out) - gap :]) if gap else ()
            del out[len(out) - 1 - gap :]
            held = cast("ast.Emph", before).inlines
            out.append(ast.holding(item, ast.joined((*held, *between, *item.inlines))))
        else:
            out.append(item)
    yield from out
