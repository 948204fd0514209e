"""Markdown of other programs as a Word file of ours: Google Docs, Hugo, Jekyll, Quarto, mdBook.

Pandoc reads it, so that what Google escapes is plain again; what it is said to be is told from the
text itself. Front matters, tags and pictures that are written in are taken apart before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec
from lxml import etree, html

from faircopy.core import ast, pandoc
from faircopy.core.ast import Blocks
from faircopy.core.diagnostics import Place
from faircopy.intake import foreign, mdbook, plain, templates, written
from faircopy.intake.account import shown, words
from faircopy.intake.foreign import AGAIN, Foreign
from faircopy.intake.front import Front, Values, parted
from faircopy.intake.mdbook import Chapter
from faircopy.intake.walked import Left, Why
from faircopy.translation.forms import refuse

MD = (".md", ".markdown", ".qmd")
ORIGINAL = "original.md"
_COMMON = "commonmark_x-emoji-implicit_figures"
_QUARTO = "markdown-citations-implicit_figures-yaml_metadata_block"
_PICTURE = re.compile(r"<?(data:image/[\w.+-]{1,40};base64,[A-Za-z0-9+/=]+)>?")
_KEPT = "picture-in-the-text:"
_WIDE = re.compile(r"(?<![\w*\\])(\*\*?)(?=[^\s*])([^*\n]{0,500}[^*\s])([ \t]+)\1(?!\*)")
"""Emphasis that ends in a space, which Markdown takes for asterisks."""
_MATH = re.compile(r"(?<!\\)\$[^$\n]{0,200}\\[a-z]{2,12}\b[^$\n]{0,200}(?<!\\)\$")
"""A formula, in whose texts dollars are no money."""
_CHUNK = re.compile(r"^( {0,3}(?:`{3,}|~{3,}))[ \t]*\{(\w+)[^}\n]*\}", re.M)
"""Where code begins that Quarto runs."""
_FRAGMENTS = 200
"""Pieces of HTML in a text that are read as such."""


class Marked(msgspec.Struct, frozen=True):
    """A text made a Word file; ``front`` are values of the front matter by our keys."""

    file: Foreign
    front: Values
    lang: str
    mended: Mapping[str, int]


class _Parsed(msgspec.Struct, frozen=True):
    """A text as blocks, with what was found, told and mended in it."""

    blocks: Blocks
    front: Front
    left: tuple[Left, ...]
    decide: tuple[str, ...]
    mended: Counter[str]


def read(data: bytes, name: str) -> Marked:
    """Return a text in Markdown as a Word file.

    Raises:
        ImportRefused: it is no text, its front matter is broken, or pandoc cannot read it.
        ToolError: pandoc takes too much.
    """
    one = _parsed(data, name)
    values = {**one.front.values}
    blocks = _titled(one.blocks, values)
    return _marked(blocks, values, one.front.lang, (one,), one.decide, name)


def chapters(data: bytes, name: str) -> tuple[Chapter, ...]:
    """Return the chapters of an mdBook that its contents name, each once.

    Raises:
        ImportRefused: the contents are no text, or pandoc cannot read them.
        ToolError: pandoc takes too much.
    """
    found = {one.path: one for one in mdbook.chapters(_parsed(data, name).blocks)}
    return tuple(one for one in found.values() if one.path != ".")


def book(texts: Sequence[tuple[Chapter, bytes]], front: Values, lang: str, name: str) -> Marked:
    """Return the chapters of an mdBook as one Word file; ``front`` are values of its front matter.

    Raises:
        ImportRefused: one is no text, its front matter is broken, or pandoc cannot read it.
        ToolError: pandoc takes too much.
    """
    parsed = [(chapter, _parsed(data, chapter.path)) for chapter, data in texts]
    decide = [f"{chapter.path}: {said}" for chapter, one in parsed for said in one.decide]
    blocks = mdbook.joined([(chapter, one.blocks) for chapter, one in parsed])
    return _marked(blocks, front, lang, [one for _, one in parsed], decide, name)


def _marked(
    blocks: Blocks,
    front: Values,
    lang: str,
    parsed: Sequence[_Parsed],
    told: Sequence[str],
    name: str,
) -> Marked:
    decide = [*told]
    try:
        made = foreign.word_of(blocks, decide)
    except pandoc.PandocFailure as failure:
        what = f"pandoc cannot read the file: {failure.said}"
        raise refuse("word-unreadable", what, AGAIN, Place(name)) from failure
    said = tuple(words(shown(made.blocks)))
    left = tuple(item for one in parsed for item in one.left)
    mended = sum((one.mended for one in parsed), Counter[str]())
    file = Foreign(made.data, said, left, tuple(decide), ORIGINAL)
    return Marked(file, front, lang, dict(mended))


def _parsed(data: bytes, name: str) -> _Parsed:
    text = plain.decoded(data, name)
    front, body = parted(text, name)
    body, tags = templates.without(body, front.lines + 1)
    body, pictures = _aside(body)
    body = _CHUNK.sub(r"\1\2", body)
    body, wide = _WIDE.subn(r"\1\2\1\3", body)
    form = _QUARTO if front.is_quarto or name.lower().endswith(".qmd") else _COMMON
    formulas = form == _QUARTO or _MATH.search(body)
    form += "+tex_math_dollars" if formulas else "-tex_math_dollars"
    try:
        blocks = pandoc.opened(body.encode(), form).blocks
        left: list[Left] = []
        blocks = _plain(blocks, pictures, left)
    except pandoc.PandocFailure as failure:
        what = f"pandoc cannot read the file: {failure.said}"
        raise refuse("word-unreadable", what, AGAIN, Place(name)) from failure
    except RecursionError as error:
        raise foreign.too_deep(name) from error
    decide = [*map(str, tags)]
    if front.left:
        decide.append(f"keys of the front matter that are left out: {', '.join(front.left)}")
    mended = Counter(
        {
            "tags of a site generator taken out": len(tags),
            "spaces taken out of the end of emphasis": wide,
            "pictures that were written in": len(pictures),
        }
    )
    return _Parsed(blocks, front, tuple(left), tuple(decide), +mended)


def _aside(text: str) -> tuple[str, list[str]]:
    """Return a text with short names for the pictures that are written in it, and these."""
    found: list[str] = []

    def name(match: re.Match[str]) -> str:
        found.append(match[1])
        return f"{_KEPT}{len(found) - 1}"

    return _PICTURE.sub(name, text), found


def _plain(blocks: Blocks, pictures: Sequence[str], left: list[Left]) -> Blocks:
    """Return blocks with HTML read as such, pictures in their places, and headings not bold."""
    fragments = iter(range(_FRAGMENTS))

    def change(node: ast.Node) -> ast.Node | Sequence[ast.Node]:
        match node:
            case ast.RawBlock((form, text)) if form.startswith("html"):
                return _read_html(text, left) if next(fragments, None) is not None else ()
            case ast.RawInline((form, text)) if form.startswith("html"):
                return ast.LineBreak() if re.match(r"<br\b", text, re.I) else ()
            case ast.RawBlock() | ast.RawInline():
                return ()
            case ast.Image((attr, inlines, (url, title))) if url.startswith(_KEPT):
                at = url.removeprefix(_KEPT)
                known = at.isdecimal() and len(at) < 8 and int(at) < len(pictures)
                return ast.Image((attr, inlines, (pictures[int(at)], title))) if known else ()
            case ast.Header((level, attr, (ast.Strong(inlines),))):
                return ast.Header((level, attr, inlines))
        return node

    kinds = (ast.RawBlock, ast.RawInline, ast.Image, ast.Header)
    return ast.rewrite(blocks, change, *kinds)


def _read_html(text: str, left: list[Left]) -> Blocks:
    """Return a piece of HTML as blocks; what no page shows is left out."""
    try:
        root = html.fragment_fromstring(text, create_parent="div")
    except (etree.LxmlError, ValueError):
        left.append(Left(Why.HTML, text))
        return ()
    left += foreign.without_hidden(root)
    if root.find(".//img") is None and not "".join(map(str, root.itertext())).strip():
        return ()
    return pandoc.opened(html.tostring(root, encoding="utf-8"), "html").blocks


def _titled(blocks: Blocks, front: Values) -> Blocks:
    """Return blocks without the heading that is the title; ``front`` gets it where it has none."""
    first = blocks[0] if blocks else None
    if not isinstance(first, ast.Header) or first.level != 1:
        return blocks
    title = written.line(first.inlines)
    if front.setdefault("title", title) != title:
        return blocks
    return blocks[1:]
