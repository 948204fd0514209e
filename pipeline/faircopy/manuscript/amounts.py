"""How much of each thing a text has, counted on its tree before any work is done on it.

What typesetting takes grows with words, paragraphs, cells, notes, codes and pictures, each at its
own rate; `faircopy.core.limits` says how many of each are made in about a minute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from faircopy.core import ast
from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.core.limits import (
    CELLS,
    CODES,
    PARAGRAPH,
    PARTS,
    PICTURES,
    TITLE,
    TITLE_WORD,
    WHOLE,
    WORD,
    WORD_CODES,
    WORDS,
    Limit,
)
from faircopy.manuscript.source import Source

_DIVIDE = "Divide the text into several manuscripts."
_SPACE_OUT = "Take marks out, or put spaces between the words."
_SHORTER = "Make it shorter, or divide it."
_WORD_REMEDY = "Shorten it, or put a space or a line end in it; data belong in a file of their own."
_TITLES = ("title", "subtitle")
_TEXTS = (ast.Para, ast.Plain, ast.Header)
_WRITTEN = (ast.Code, ast.CodeBlock, ast.Math)
_CODES = (
    ast.Cite,
    ast.Code,
    ast.Emph,
    ast.Link,
    ast.Math,
    ast.Quoted,
    ast.SmallCaps,
    ast.Span,
    ast.Strikeout,
    ast.Strong,
    ast.Subscript,
    ast.Superscript,
    ast.Underline,
)
_PLACES = (ast.Para, ast.Header, ast.LineBlock, ast.CodeBlock, ast.Table, ast.Figure)
"""By what a place is told: a cell's or an item's few words may stand anywhere."""
_SPACES = (ast.Space, ast.SoftBreak, ast.LineBreak)
_LISTS = (ast.BulletList, ast.OrderedList)
_COUNTED = (
    *(*_TEXTS, *_CODES, *_LISTS, ast.CodeBlock, ast.Figure, ast.LineBlock, ast.Image, ast.Table),
    *(ast.Note, ast.Str),
)
_PLACED_BY = 5
"""Words by which a paragraph is found again in what was written."""


_PARTED = re.compile(
    r"[\s/\-\u0e00-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff"
    r"\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
"""What a line may end at: in Chinese or Thai, which have no spaces, many a character."""

_WORD_POINTS, _ITEM_POINTS, _NOTE_POINTS = 0.125, 3, 7
"""Points of a word, and of an item's mark and a note beside those of their paragraphs."""


class _Kind(msgspec.Struct, frozen=True):
    """What is counted over the whole text."""

    limit: Limit
    name: str
    remedy: str
    points: float


_PARTS = _Kind(PARTS, "paragraphs", _DIVIDE, 3)
_CELLS = _Kind(CELLS, "cells", "Take tables out into a file of their own, or divide them.", 2)
_INLINE = _Kind(CODES, "codes", "Take out what need not be marked, or divide the text.", 0.5)
_IMAGES = _Kind(PICTURES, "pictures", _DIVIDE, 10)


def refused(document: ast.Document, source: Source) -> Iterator[Diagnostic]:
    """Yield what there is too much of, each at the place where its limit is passed."""
    yield from _in_front(document.meta, source)
    yield from _long(document.blocks, source)
    yield from _unparted(document.blocks, source)
    counts: dict[str, int] = {}
    last: object = ()
    points = 0.0
    for node in ast.find(document.blocks, *_COUNTED):
        if isinstance(node, _PLACES):
            last = node
        sofar = points
        points += _own_points(node)
        for kind, many in () if type(node) is ast.Str else _counted(node):
            points += many * kind.points
            before = counts.get(kind.name, 0)
            counts[kind.name] = before + many
            if before <= kind.limit.most < before + many:
                message = f"the text has more than {kind.limit} from here on"
                yield _error(f"too-many-{kind.name}", message, kind.remedy, _place(last, source))
        if sofar <= WHOLE.most < points:
            message = f"the text has, from here on, more than can be made in its time: {WHOLE}"
            yield _error("too-much-in-all", message, _DIVIDE, _place(last, source))


def _long(blocks: ast.Blocks, source: Source) -> Iterator[Diagnostic]:
    """Yield the paragraphs and headings that are too long, and where all words are too many.

    A note's words are counted with those of the paragraph that it stands in.
    """
    words, before, limit = 0, 0, PARAGRAPH
    text: object = ()
    inside: set[int] = set()
    for node in ast.find(blocks, ast.Str, ast.Note, *_TEXTS, *_WRITTEN, ast.LineBlock):
        if type(node) is ast.Str:
            words += 1
            yield from _long_word(node.c, text, source)
            if limit is TITLE and len(node.c) > TITLE_WORD.most:
                message = f"a heading has a word of more than {TITLE_WORD}"
                yield _error("heading-too-long", message, _SHORTER, _place(text, source))
        elif isinstance(node, ast.Note):
            inside.update(map(id, ast.find(node.blocks, *_TEXTS)))
            continue
        elif isinstance(node, _TEXTS):
            if id(node) not in inside:
                text, before = node, words
                limit = TITLE if isinstance(node, ast.Header) else PARAGRAPH
            continue
        else:
            words += len(_written(node).split())
            if not isinstance(node, ast.Math):  # a formula is not broken into lines
                place = text if isinstance(node, ast.Code) else node
                yield from _long_word(_written(node), place, source)
            if isinstance(node, (ast.CodeBlock, ast.LineBlock)):  # as long as it likes
                text, before, limit = node, words, WORDS
        if words > WORDS.most:
            message = f"the text has more than {WORDS} from here on"
            yield _error("too-many-words", message, _DIVIDE, _place(text, source))
            return
        if words - before > limit.most:
            what = "a heading" if limit is TITLE else "a paragraph"
            code = "heading-too-long" if limit is TITLE else "paragraph-too-long"
            yield _error(code, f"{what} has more than {limit}", _SHORTER, _place(text, source))
            before = WORDS.most  # told once


def _long_word(written: str, text: object, source: Source) -> Iterator[Diagnostic]:
    """Yield what is to be said of a word that no line can hold, if one is too long.

    Each of its lines is broken off the rest anew, so that it takes the square of its letters.
    """
    if len(written) > WORD.most and any(len(run) > WORD.most for run in _PARTED.split(written)):
        message = f"a word has more than {WORD}"
        yield _error("word-too-long", message, _WORD_REMEDY, _place(text, source))


def _unparted(blocks: ast.Blocks, source: Source) -> Iterator[Diagnostic]:
    """Yield the words that have too many passages: each is held against all before it in its line.

    Where lines end between any two letters, as in Chinese, there is no such word.
    """
    many = 0
    text: object = None
    for node in ast.find(blocks, ast.Str, *_SPACES, *_CODES, *_TEXTS):
        if isinstance(node, _TEXTS):
            many, text = 0, node
        elif isinstance(node, _SPACES):
            many = 0
        elif isinstance(node, ast.Str):
            many = 0 if _PARTED.search(node.c) else many
        else:
            many += 1
            if many == WORD_CODES.most + 1:
                message = f"a word, or words without a space, has more than {WORD_CODES}"
                yield _error("word-in-pieces", message, _SPACE_OUT, _place(text, source))


def _own_points(node: ast.Node) -> float:
    if isinstance(node, ast.Str):
        return _WORD_POINTS
    if isinstance(node, ast.CodeBlock | ast.Code):
        return _WORD_POINTS * len(node.text.split())
    if isinstance(node, _LISTS):
        return _ITEM_POINTS * len(node.items)
    return _NOTE_POINTS if isinstance(node, ast.Note) else 0


def _counted(node: ast.Node) -> Iterator[tuple[_Kind, int]]:
    """Yield what a node counts for, and how much."""
    if isinstance(node, _TEXTS):
        yield _PARTS, 1
    elif isinstance(node, ast.LineBlock):
        yield _PARTS, len(node.lines)
    elif isinstance(node, ast.CodeBlock):
        yield _PARTS, node.text.count("\n") + 1
    elif isinstance(node, ast.Table):
        yield _CELLS, sum(1 for _ in _cells(node))
    elif isinstance(node, ast.Image):
        yield _IMAGES, 1
    if isinstance(node, _CODES):
        yield _INLINE, 1


def _cells(value: object) -> Iterator[ast.Cell]:
    """Yield the cells of a table, which are no nodes of the tree by themselves."""
    if isinstance(value, ast.Cell):
        yield value
    elif isinstance(value, (ast.Table, ast.TableHead, ast.TableBody, ast.TableFoot, ast.Row)):
        yield from _cells(tuple(getattr(value, name) for name in value.__struct_fields__))
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from _cells(part)


def _in_front(meta: Mapping[str, ast.MetaValue], source: Source) -> Iterator[Diagnostic]:
    """Yield the values of the front matter that are too long."""
    for key, value in meta.items():
        limit = TITLE if key in _TITLES else PARAGRAPH
        texts = ast.find(value, ast.MetaInlines, *_TEXTS)
        if any(_has_more(text, limit.most) for text in texts):
            place = source.keys.get(key, Place(source.name, 1, 1))
            yield _error("value-too-long", f"“{key}” has more than {limit}", _SHORTER, place)
        words = ast.find(value, ast.Str) if key in _TITLES else ()
        if any(len(word.c) > TITLE_WORD.most for word in words):
            message = f"“{key}” has a word of more than {TITLE_WORD}"
            place = source.keys.get(key, Place(source.name, 1, 1))
            yield _error("value-too-long", message, _SHORTER, place)


def _has_more(node: object, most: int) -> bool:
    words = 0
    for inner in ast.find(node, ast.Str, ast.Code, ast.Math):
        words += len(_written(inner).split())
        if words > most:
            return True
    return False


def _written(node: ast.Node) -> str:
    if isinstance(node, ast.Str):
        return node.c
    return node.text if isinstance(node, _WRITTEN) else ""


def _first_words(node: object) -> list[str]:
    found: list[str] = []
    for inner in ast.find(node, ast.Str, *_WRITTEN):
        found += re.findall(r"\w+", _written(inner)[:200])
        if len(found) >= _PLACED_BY:
            break
    return found[:_PLACED_BY]


def _place(node: object, source: Source) -> Place:
    """Return where a paragraph or table begins, by its first words; else the file alone."""
    words = _first_words(node)
    for many in (_PLACED_BY, 2) if words else ():  # a figure's words stand twice in the tree
        written = r"[\W_]+".join(map(re.escape, words[:many]))
        if found := re.compile(rf"\b{written}").search(source.text, source.body):
            return source.place(found.start())
    return Place(source.name)


def _error(code: str, message: str, remedy: str, place: Place) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, remedy, place)
