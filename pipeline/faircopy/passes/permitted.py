"""What a text may say of its parts: attributes, classes, sizes and meanings, in one list.

What is not here no edition carries. `faircopy.manuscript.attributes` holds a text against it as it
is read; the writers hold what they wrote against it once more.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from faircopy.core import ast

LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-\w{5,8})*", re.ASCII)
"""A well-formed language tag (BCP 47, RFC 5646 section 2.1, without extensions)."""

SIZE = re.compile(r"\d{1,5}(\.\d{1,6})?(px|cm|mm|in|inch|pt|pc|em|%)?")
"""A number with a unit, as pandoc's manual has it for images."""

MEANING = "epub-type"
"""Our key for what a text calls ``epub:type``: one that every writer can pass over."""

_TERMS = """
    abstract acknowledgments afterword appendix bibliography bodymatter backmatter chapter
    colophon conclusion contributors copyright-page credit credits dedication division epigraph
    epilogue errata foreword frontmatter glossary halftitlepage imprimatur imprint index
    introduction keywords notice other-credits part preamble preface prologue qna revision-history
    seriespage sidebar subchapter tip volume case-study
    keyword topic-sentence concluding-sentence glossterm glossdef
"""
MEANINGS = frozenset(_TERMS.split())
"""Terms of the EPUB 3 Structural Semantics Vocabulary 1.1 that say what a part of a book is.

Those by which a reading system acts (notes, pages, contents, covers) are the writer's alone.
"""

_LANGUAGE = re.compile(r"[A-Za-z0-9][\w+#.-]{0,40}", re.ASCII)

_HIGHLIGHTING = frozenset({"numberLines", "number-lines", "lineAnchors", "line-anchors"})
"""Wishes to pandoc's highlighter, which no edition uses."""

_EVERYWHERE = frozenset({"lang", "dir"})
# An image's title stands in quotation marks after its path, its alternative text in the brackets;
# of a figure, which has its caption there, pandoc takes `alt` itself.
_KEYS: dict[type, frozenset[str]] = {
    ast.Image: frozenset({"width", "height"}),
    ast.Span: frozenset({"title", "epub:type"}),
    ast.Div: frozenset({"title", "epub:type"}),
    ast.Header: frozenset({"epub:type"}),
    ast.Figure: frozenset({"width", "height", "epub:type"}),
}
_CLASSES: dict[type, frozenset[str]] = {
    ast.Header: frozenset({"unnumbered", "unlisted", "heading"}),
    ast.Div: frozenset({"pull-quote"}),
    ast.Image: frozenset({"decorative"}),
    ast.Figure: frozenset({"wide"}),
    ast.Link: frozenset({"uri", "email"}),
    ast.Span: frozenset({"mark", "kbd", "dfn", "nocase", "smallcaps", "underline"}),
}


def _any(_: str) -> bool:
    return True


_RIGHT: dict[str, Callable[[str], bool]] = {
    "lang": lambda value: bool(LANG.fullmatch(value)),
    "dir": lambda value: value in ("ltr", "rtl"),
    "width": lambda value: bool(SIZE.fullmatch(value)),
    "height": lambda value: bool(SIZE.fullmatch(value)),
    "epub:type": lambda value: value != "" and MEANINGS.issuperset(value.split()),
}


def key_of(carrier: type, key: str, value: str) -> str:
    """Return the name under which an attribute stays; "" if it may not stand there.

    Args:
        carrier: the constructor of the node that carries it.
        key: its name as the text has it.
        value: its value; sizes, languages, directions and meanings must be such.
    """
    if key not in _EVERYWHERE | _KEYS.get(carrier, frozenset()):
        return ""
    if not _RIGHT.get(key, _any)(value):
        return ""
    return MEANING if key == "epub:type" else key


def is_known(carrier: type, key: str) -> bool:
    """Whether an attribute may stand there, if its value is right."""
    return key in _EVERYWHERE | _KEYS.get(carrier, frozenset())


def class_of(carrier: type, name: str) -> str:
    """Return the name under which a class stays; "" if it means nothing where it stands.

    A language of code is named as HTML has it (``language-``, HTML, section 4.5.15), so that it
    cannot be a class of ours.
    """
    if carrier in (ast.Code, ast.CodeBlock):
        name = name.removeprefix("language-")
        known = _LANGUAGE.fullmatch(name) and name not in _HIGHLIGHTING
        return f"language-{name}" if known else ""
    return name if name in _CLASSES.get(carrier, frozenset()) else ""
