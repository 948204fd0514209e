"""Trees of every construct, for properties."""

from __future__ import annotations

from faircopy.core import ast
from faircopy.core.ast import Inline, Inlines
from hypothesis import strategies as st

WORD = st.text(
    st.characters(exclude_characters=" \t\n", exclude_categories=["Cs"]),
    min_size=1,
    max_size=8,
)
ATTR = st.builds(
    ast.Attr,
    st.sampled_from(["", "x", "y-1"]),
    st.lists(st.sampled_from(["a", "speaker", "b"]), max_size=2).map(tuple),
    st.lists(st.tuples(st.sampled_from(["lang", "dir"]), WORD), max_size=1).map(tuple),
)
TARGET = st.tuples(WORD, st.one_of(st.just(""), WORD))


def _fields(*fields: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.tuples(*fields)


LEAF: st.SearchStrategy[Inline] = st.one_of(
    WORD.map(ast.Str),
    st.sampled_from(["Mr.", "end.", "<1>", "</2>", "\\<3/>", "\\", "&amp;", "(1)", "“x”"]).map(
        ast.Str
    ),
    st.just(ast.Space()),
    st.just(ast.SoftBreak()),
    st.just(ast.LineBreak()),
    st.builds(lambda a, t: ast.Code((a, t)), ATTR, WORD),
    st.builds(lambda kind, t: ast.Math((kind, t)), st.from_type(ast.MathType), WORD),
    st.builds(lambda t: ast.RawInline(("html", t)), WORD),
)


def _wrap(inner: st.SearchStrategy[Inlines]) -> st.SearchStrategy[Inline]:
    wrapping = st.sampled_from(
        [
            ast.Emph,
            ast.Underline,
            ast.Strong,
            ast.Strikeout,
            ast.Superscript,
            ast.Subscript,
            ast.SmallCaps,
        ]
    )
    citation = st.builds(
        lambda name, prefix, mode: ast.Citation(name, prefix, (), mode, 0, 0),
        WORD,
        inner,
        st.from_type(ast.CitationMode),
    )
    return st.one_of(
        st.builds(lambda kind, c: kind(c), wrapping, inner),
        st.builds(lambda kind, c: ast.Quoted((kind, c)), st.from_type(ast.QuoteType), inner),
        st.builds(lambda q, c: ast.Cite(((q,), c)), citation, inner),
        st.builds(lambda a, c, t: ast.Link((a, c, t)), ATTR, inner, TARGET),
        st.builds(lambda a, c, t: ast.Image((a, c, t)), ATTR, inner, TARGET),
        st.builds(lambda a, c: ast.Span((a, c)), ATTR, inner),
        st.builds(lambda c: ast.Note((ast.Para(c),)), inner),
    )


INLINES: st.SearchStrategy[Inlines] = st.recursive(
    st.lists(LEAF, max_size=6).map(tuple),
    lambda inner: st.lists(st.one_of(LEAF, _wrap(inner)), max_size=6).map(tuple),
    max_leaves=12,
)


def normal(inlines: Inlines) -> Inlines:
    """Inlines as codes give them back: soft breaks as spaces, neighbouring strings joined."""
    out: list[Inline] = []
    for item in inlines:
        if isinstance(item, ast.SoftBreak):
            out.append(ast.Space())
        elif isinstance(item, ast.HOLDERS):
            out.append(ast.holding(item, normal(item.inlines)))
        else:
            out.append(item)
    return ast.joined(out)
