"""A tree as the Markdown that reads as the same tree: pandoc's, with its holes stopped.

Pandoc's writer leaves some signs alone that its reader takes for more than signs: at a line's
beginning ``:``, ``---``, ``A.`` or ``Table:``, anywhere ``@`` and ``&amp;``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from faircopy.core import ast, pandoc
from faircopy.core.ast import Blocks, Inline, Inlines
from faircopy.intake import quoting

FORM = "markdown-smart-simple_tables-multiline_tables-raw_attribute-raw_html"
_BEGINS = re.compile(
    r"(?:[Tt]able)?:"  # a caption, a definition or a div
    r"|(?:[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+)[.)]$"  # an item of a list
    r"|[-=](?=[-=]*$)"  # a heading's line, a break, or the end of a front matter
)
_WIDE = "--columns=400"
"""Room for a table whose cells hold more than a line: in too little pandoc writes none."""
_NO_WIDTH = ast.ColWidthDefault()
_ANYWHERE = re.compile(r"@|&(?=#?\w+;)")


def markdown(blocks: Blocks) -> str:
    """Return the Markdown of blocks, a paragraph a line.

    Raises:
        PandocFailure: pandoc refused the tree.
    """
    return pandoc.write(escaped(blocks), FORM, options=["--wrap=none", _WIDE])


def line(inlines: Inlines) -> str:
    """Return the Markdown of a text in one line."""

    def change(node: ast.Node) -> ast.Node | Sequence[ast.Node]:
        match node:
            case ast.LineBreak() | ast.SoftBreak():
                return ast.Space()
        return node

    flat = ast.rewrite(inlines, change, ast.LineBreak, ast.SoftBreak)
    return " ".join(markdown((ast.Plain(flat),)).split())


def escaped(blocks: Blocks) -> Blocks:
    """Return blocks in which what pandoc would write bare and read otherwise is escaped."""

    def change(node: ast.Node) -> ast.Node | Sequence[ast.Node]:
        match node:
            case ast.Str(c):
                return tuple(_anywhere(c)) if _ANYWHERE.search(c) else node
            case ast.Para(c) | ast.Plain(c):
                return type(node)(tuple(_begun(quoting.escaped(c))))
            case ast.Header((level, attr, c)):
                return ast.Header((level, attr, quoting.escaped(c)))
            case ast.Table():
                return _regular(ast.rewrite(node, _in_a_cell, ast.Figure))
            case ast.Figure((attr, caption, (ast.Plain((ast.Image() as picture,)),))):
                if not caption.blocks and picture.inlines:
                    return ast.Figure((attr, caption, (ast.Plain((_with_alt(picture),)),)))
            case ast.BulletList(items):
                return ast.BulletList(tuple(map(_item, items)))
            case ast.OrderedList((about, items)):
                return ast.OrderedList((about, tuple(map(_item, items))))
            case ast.HorizontalRule():
                return ast.RawBlock(("markdown", "* * *"))
        return node

    return ast.rewrite(blocks, change, ast.Str)


def _item(blocks: Blocks) -> Blocks:
    """Return a list's item; code that it begins with is fenced, since pandoc forgets its indent."""
    match blocks:
        case (ast.CodeBlock((_, text)), *others):
            longest = max((len(one) for one in re.findall("`{3,}", text)), default=2)
            fence = "`" * (longest + 1)
            return (ast.RawBlock(("markdown", f"{fence}\n{text}\n{fence}")), *others)
    return blocks


def _with_alt(picture: ast.Image) -> ast.Image:
    """Return a picture whose words are an attribute: between brackets they would be its caption."""
    attr, inlines, target = picture.c
    words = " ".join(ast.text(inlines).split())
    return ast.Image(
        (msgspec.structs.replace(attr, attributes=(*attr.attributes, ("alt", words))), (), target)
    )


def _in_a_cell(node: ast.Node) -> ast.Node:
    """Return a figure as the paragraph that a cell can hold; brackets keep it from being one."""
    match node:
        case ast.Figure((_, caption, (ast.Plain((ast.Image((attr, _, target)),)),))):
            words = attr.get("alt")
            if words and not caption.blocks:
                picture = ast.Image((ast.NO_ATTR, (ast.Str(words),), target))
                return ast.Para((_raw("["), picture, _raw("]{}")))
    return node


def _regular(table: ast.Table) -> ast.Table:
    """Return a table as Markdown can have it: one row of heads at most, and one body."""
    attr, caption, columns, head, bodies, foot = table.c
    inner = [row for body in bodies for row in (*body.head, *body.rows)]
    rows = [*map(_row, (*head.rows, *inner, *foot.rows))]
    heads = rows[: 1 if head.rows else 0]
    plain = tuple((ast.Alignment("AlignDefault"), _NO_WIDTH) for _ in columns)
    return ast.Table(
        (
            attr,
            caption,
            plain,
            ast.TableHead(head.attr, tuple(heads)),
            (ast.TableBody(ast.NO_ATTR, 0, (), tuple(rows[len(heads) :])),),
            ast.TableFoot(foot.attr, ()),
        )
    )


def _row(row: ast.Row) -> ast.Row:
    plain = ast.Alignment("AlignDefault")
    cells = (msgspec.structs.replace(cell, align=plain) for cell in row.cells)
    return msgspec.structs.replace(row, cells=tuple(cells))


def _anywhere(text: str) -> Iterator[Inline]:
    at = 0
    for found in _ANYWHERE.finditer(text):
        if before := text[at : found.start()]:
            yield ast.Str(before)
        yield _raw(f"\\{found[0]}")
        at = found.end()
    if text[at:]:
        yield ast.Str(text[at:])


def _begun(inlines: Inlines) -> Iterator[Inline]:
    """Yield a paragraph's inlines, what begins a block at a line's beginning escaped."""
    begins = True
    for item in inlines:
        found = _BEGINS.match(item.c) if begins and isinstance(item, ast.Str) else None
        if found and isinstance(item, ast.Str):
            at = found.end() - 1
            if before := item.c[:at]:
                yield ast.Str(before)
            yield _raw(f"\\{item.c[at]}")
            if behind := item.c[found.end() :]:
                yield ast.Str(behind)
        else:
            yield item
        begins = isinstance(item, ast.LineBreak)


def _raw(text: str) -> ast.RawInline:
    return ast.RawInline(("markdown", text))


def front(values: Mapping[str, str | Sequence[str]]) -> str:
    """Return front matter in YAML, each text between single quotes (YAML 1.2, 7.3.2)."""
    lines = ["---"]
    for key, value in values.items():
        if isinstance(value, str):
            lines += [f"{key}: {_quoted(value)}"] if value else []
        elif value:
            lines += [f"{key}:", *(f"  - {_quoted(one)}" for one in value)]
    return "\n".join([*lines, "---", "", ""])


def _quoted(text: str) -> str:
    plain = re.fullmatch(r"[A-Za-z][\w-]*", text) and text.lower() not in _WORDS
    return text if plain else "'" + text.replace("'", "''") + "'"


_WORDS = ("yes", "no", "true", "false", "on", "off", "null", "y", "n")
"""Words that YAML 1.1 takes for more than words."""
