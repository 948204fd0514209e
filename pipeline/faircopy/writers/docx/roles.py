"""Give the tree the names of our styles, so that pandoc's writer sets them.

Pandoc sets a style by the attribute ``custom-style`` of a div or span. On a heading it would
leak to everything under it (pandoc 3.9), so headings become paragraphs of their heading's
style; the outline stays, for it is the style's.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Attr, Block, Blocks, Inlines, Node
from faircopy.core.model import Role
from faircopy.passes import voices
from faircopy.passes.tasks import is_task
from faircopy.passes.units import SPEAKER, UNIT, UNTRANSLATED, role_of

_STYLE = "custom-style"
_QUESTION_LEVEL = 2

_SPANS = {Role.OUTLET: "Outlet", Role.GENRE: "Genre"}
_OPENER = {
    Role.OUTLET: "Kicker",
    Role.GENRE: "Kicker",
    Role.TITLE: "Title",
    Role.SUBTITLE: "Subtitle",
    Role.STANDFIRST: "Standfirst",
    Role.BYLINE: "Byline",
    Role.DATELINE: "Dateline",
    Role.IMPRINT: "Imprint",
}
_TAB = ast.RawInline(("openxml", "<w:r><w:tab/></w:r>"))


def dress(blocks: Blocks) -> Blocks:
    """Return blocks whose paragraphs, headings and labels name their styles.

    What pandoc styles by itself (lists, tables, captions, notes, code) stays as it is.
    """
    return _Wardrobe().blocks(ast.rewrite(blocks, _inside))


def _styled(blocks: Blocks, style: str) -> ast.Div:
    return ast.Div((Attr("", (), ((_STYLE, style),)), blocks))


def _with_style(attr: Attr, style: str) -> Attr:
    return msgspec.structs.replace(attr, attributes=(*attr.attributes, (_STYLE, style)))


def _inside(node: Node) -> Node:
    """Dress what looks the same wherever it stands."""
    match node:
        case ast.Span((attr, inlines)):
            return ast.Span((_span(attr), _plain_label(attr, inlines)))
        case ast.BulletList(items):
            return ast.BulletList(tuple(_task(item) for item in items))
        case ast.CodeBlock((attr, code)) if attr.id:
            bare = msgspec.structs.replace(attr, id="")
            return ast.Div((Attr(attr.id), (ast.CodeBlock((bare, code)),)))
        case ast.Figure((attr, caption, blocks)):
            return _figure(attr, caption, blocks)
        case ast.Table((attr, caption, columns, head, bodies, foot)):
            bodies = tuple(_body(body) for body in bodies)
            foot = ast.TableFoot(foot.attr, _marked(foot.rows, "Table Foot"))
            return ast.Table((attr, caption, columns, head, bodies, foot))
        case ast.BlockQuote(blocks):
            return ast.BlockQuote(tuple(_nested(block) for block in blocks))
    return node


def _span(attr: Attr) -> Attr:
    if SPEAKER in attr.classes:
        return _with_style(attr, "Speaker")
    if UNTRANSLATED in attr.classes:
        return _with_style(attr, "Untranslated")
    if UNIT in attr.classes and (style := _SPANS.get(role_of(attr))):
        return _with_style(attr, style)
    return attr


def _plain_label(attr: Attr, inlines: Inlines) -> Inlines:
    """A speaker's label is bold by its style; markup that says so again would undo it."""
    first = inlines[0] if inlines else None
    if SPEAKER in attr.classes and len(inlines) == 1 and isinstance(first, ast.Strong):
        return first.inlines
    return inlines


def _figure(attr: Attr, caption: ast.Caption, blocks: Blocks) -> Block:
    """A figure as paragraphs: pandoc would put all but the simplest into a table."""
    shown = (
        _styled((ast.Para(block.inlines),), "Captioned Figure")
        if isinstance(block, ast.Para | ast.Plain)
        else block
        for block in blocks
    )
    words = (_styled(caption.blocks, "Image Caption"),) if caption.blocks else ()
    return ast.Div((Attr(attr.id, ("figure",)), (*shown, *words)))


def _body(body: ast.TableBody) -> ast.TableBody:
    """Mark the cells that head their row; pandoc's writer does not tell them from others."""
    return msgspec.structs.replace(
        body,
        head=_marked(body.head, "Table Head"),
        rows=_marked(body.rows, "Table Head", body.head_columns),
    )


def _marked(rows: tuple[ast.Row, ...], style: str, cells: int | None = None) -> tuple[ast.Row, ...]:
    """Give the first cells of each row a style; all of them when no number is given."""
    return tuple(
        msgspec.structs.replace(
            row,
            cells=tuple(
                _styled_cell(cell, style) if cells is None or at < cells else cell
                for at, cell in enumerate(row.cells)
            ),
        )
        for row in rows
    )


def _styled_cell(cell: ast.Cell, style: str) -> ast.Cell:
    """Pandoc sets the style of paragraphs only, so plain text becomes one."""
    blocks = tuple(
        ast.Para(block.inlines) if isinstance(block, ast.Plain) else block for block in cell.blocks
    )
    return msgspec.structs.replace(cell, blocks=(_styled(blocks, style),)) if blocks else cell


def _nested(block: Block) -> Block:
    if isinstance(block, ast.BlockQuote):
        return _styled(block.blocks, "Block Text Nested")
    return block


def _task(item: Blocks) -> Blocks:
    first = item[0] if item else None
    if is_task(item) and isinstance(first, ast.Plain | ast.Para):
        return (_styled((ast.Para(first.inlines),), "List Task"), *item[1:])
    return item


class _Wardrobe:
    """One walk over the blocks that stand in the text itself.

    ``_flush`` says whether the next paragraph begins a run of text: after a heading or
    something that was set apart, its first line is not indented.
    """

    def __init__(self) -> None:
        self._flush = True

    def blocks(self, blocks: Blocks) -> Blocks:
        return tuple(self._block(block) for block in blocks)

    def _block(self, block: Block) -> Block:
        match block:
            case ast.Header():
                self._flush = True
                return _heading(block)
            case ast.Para(inlines) | ast.Plain(inlines):
                return self._paragraph(inlines)
            case ast.Div((attr, inner)):
                return self._div(attr, inner)
            case ast.LineBlock(lines):
                self._flush = True
                return _styled(tuple(_verse(lines)), "Verse")
        self._flush = True
        return block

    def _div(self, attr: Attr, inner: Blocks) -> Block:
        if attr.get(_STYLE) or "figure" in attr.classes:
            self._flush = True
            return ast.Div((attr, inner))
        if Role.PULL_QUOTE.value in attr.classes:
            return ast.Div((_with_style(attr, "Pull Quote"), inner))
        if "csl-bib-body" in attr.classes:
            return ast.Div((_with_style(attr, "Bibliography"), inner))
        return ast.Div((attr, self.blocks(inner)))

    def _paragraph(self, inlines: Inlines) -> Block:
        if _shows_only(inlines, ast.Image):
            self._flush = True
            return _styled((ast.Para(inlines),), "Figure")
        if _shows_only(inlines, ast.Math):
            return _styled((ast.Para(inlines),), "Formula")
        style = self._style(inlines)
        self._flush = style in _OPENER.values()
        if style == "Kicker":
            inlines = tuple(_spread(inlines))
        return _styled((ast.Para(inlines),), style)

    def _style(self, inlines: Inlines) -> str:
        unit = inlines[0] if inlines else None
        if not isinstance(unit, ast.Span) or UNIT not in unit.attr.classes:
            return "First Paragraph" if self._flush else "Body Text"
        role = role_of(unit.attr)
        if role in _OPENER:
            return _OPENER[role]
        if role is Role.QUESTION:
            return "Turn Interviewer"
        if role is Role.ANSWER:
            if _speaks(unit.inlines):
                return "Turn"
            return "Answer First" if self._flush else "Answer"
        return "First Paragraph" if self._flush else "Body Text"


def _verse(lines: tuple[Inlines, ...]) -> Iterator[Block]:
    """Yield a paragraph for each line, so that one that turns over hangs deeper.

    An empty line is a break at the end of the one before: Word shows it, pandoc keeps it.
    """
    whole: list[Inlines] = []
    for line in lines:
        if line or not whole:
            whole.append(line)
        else:
            whole[-1] = (*whole[-1], ast.LineBreak())
    yield from map(ast.Para, whole)


def _heading(header: ast.Header) -> Block:
    level, attr, inlines = header.c
    question = Role.QUESTION.value in attr.classes and level == _QUESTION_LEVEL
    section = voices.SECTION in attr.classes
    style = "Question" if question else "Section Heading" if section else f"Heading {level}"
    return _styled((ast.Para((ast.Span((attr, inlines)),)),), style)


def _speaks(inlines: Inlines) -> bool:
    for node in ast.walk(inlines):
        if isinstance(node, ast.Span):
            if SPEAKER in node.attr.classes:
                return True
        elif isinstance(node, ast.Str):
            return False
    return False


def _shows_only(inlines: Inlines, kind: type[ast.Image] | type[ast.Math]) -> bool:
    """Whether a paragraph holds pictures, or formulas on lines of their own, and no words."""
    found = False
    for inline in inlines:
        if isinstance(inline, kind) and (isinstance(inline, ast.Image) or inline.display):
            found = True
        elif isinstance(inline, ast.Span | ast.Link) and inline.inlines:
            if not _shows_only(inline.inlines, kind):
                return False
            found = True
        elif not isinstance(inline, ast.Space | ast.SoftBreak):
            return False
    return found


def _spread(inlines: Inlines) -> list[ast.Inline]:
    """Put a tab between outlet and genre: the style's tab stop pushes them to the margins."""
    out: list[ast.Inline] = []
    for inline in inlines:
        out.append(inline)
        if isinstance(inline, ast.Space):
            out.append(_TAB)
    return out
