"""Random documents of every block that pandoc has, for properties."""

from __future__ import annotations

from itertools import count

from faircopy.core import ast
from faircopy.core.ast import Attr, Block, Blocks, Inlines
from hypothesis import strategies as st

from tests.translation.strategies import ATTR, INLINES, LEAF, WORD

SOME: st.SearchStrategy[Inlines] = st.one_of(
    st.lists(LEAF, min_size=1, max_size=5).map(tuple), INLINES
)
_ALIGNMENTS = st.from_type(ast.Alignment)
_PLAIN = st.sampled_from([Attr(), Attr("", ("x",))])
_COLUMN = (ast.Alignment("AlignDefault"), ast.ColWidthDefault())
_ITEM_STYLE = st.tuples(
    st.integers(1, 9),
    st.from_type(ast.ListNumberStyle),
    st.from_type(ast.ListNumberDelim),
)


def _leaves() -> st.SearchStrategy[Block]:
    return st.one_of(
        SOME.map(ast.Para),
        SOME.map(ast.Para),
        SOME.map(ast.Plain),
        st.builds(lambda n, a, c: ast.Header((n, a, c)), st.integers(1, 4), ATTR, SOME),
        st.lists(SOME, min_size=1, max_size=3).map(lambda lines: ast.LineBlock(tuple(lines))),
        st.builds(lambda a, t: ast.CodeBlock((a, t)), ATTR, WORD),
        st.builds(lambda t: ast.RawBlock(("html", t)), WORD),
        st.builds(
            lambda c: ast.Para((ast.Note((ast.Para(c), ast.BlockQuote((ast.Para(c),)))),)), SOME
        ),
        st.just(ast.HorizontalRule()),
    )


def _run(inner: st.SearchStrategy[Block], least: int = 1) -> st.SearchStrategy[Blocks]:
    return st.lists(inner, min_size=least, max_size=3).map(tuple)


@st.composite
def _table(draw: st.DrawFn, inner: st.SearchStrategy[Block]) -> Block:
    """Return a table; its cells have any blocks, spans and alignments."""
    width = draw(st.integers(1, 3))
    cell = st.builds(
        ast.Cell, _PLAIN, _ALIGNMENTS, st.integers(1, 2), st.integers(1, 2), _run(inner, 0)
    )
    row = st.builds(ast.Row, _PLAIN, st.lists(cell, min_size=width, max_size=width).map(tuple))
    rows = st.lists(row, max_size=2).map(tuple)
    body = st.builds(ast.TableBody, _PLAIN, st.integers(0, width), rows, rows)
    return ast.Table(
        (
            Attr(),
            draw(_captions(inner)),
            (_COLUMN,) * width,
            ast.TableHead(Attr(), draw(rows)),
            draw(st.lists(body, min_size=1, max_size=2).map(tuple)),
            ast.TableFoot(Attr(), draw(rows)),
        )
    )


def _captions(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[ast.Caption]:
    return st.builds(ast.Caption, st.one_of(st.none(), SOME), _run(inner, 0))


def _nests(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    classes = st.sampled_from([(), ("pull-quote",), ("x",)])
    items = st.lists(_run(inner), min_size=1, max_size=3).map(tuple)
    return st.one_of(
        _run(inner).map(ast.BlockQuote),
        items.map(ast.BulletList),
        st.builds(lambda style, found: ast.OrderedList((style, found)), _ITEM_STYLE, items),
        st.lists(st.tuples(SOME, items), min_size=1, max_size=2).map(
            lambda found: ast.DefinitionList(tuple(found))
        ),
        st.builds(lambda names, found: ast.Div((Attr("", names), found)), classes, _run(inner)),
        st.builds(
            lambda a, c, found: ast.Figure((a, c, found)), ATTR, _captions(inner), _run(inner)
        ),
        _run(inner).map(lambda found: ast.Para((ast.Str("a"), ast.Note(found)))),
        _table(inner),
    )


def _unique(blocks: Blocks) -> Blocks:
    """Give headings ids of their own, as pandoc does."""
    numbers = count(1)

    def change(node: ast.Node) -> ast.Node:
        if isinstance(node, ast.Header):
            level, attr, inlines = node.c
            return ast.Header(
                (level, Attr(f"h-{next(numbers)}", *(attr.classes, attr.attributes)), inlines)
            )
        return node

    return ast.rewrite(blocks, change)


BLOCKS: st.SearchStrategy[Blocks] = _run(st.recursive(_leaves(), _nests, max_leaves=6)).map(_unique)
