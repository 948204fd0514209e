"""A publication in another language: the same tree, other words."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import msgspec
import pytest
from faircopy.core import ast
from faircopy.core.ast import Inlines
from faircopy.core.model import Publication, Role
from faircopy.passes.units import UNTRANSLATED, unit, units
from faircopy.translation import docx_table, po, text, xliff2, xliff12, xliff_read
from faircopy.translation.align import align
from faircopy.translation.codes import Content
from faircopy.translation.forms import Returned
from faircopy.translation.job import Job
from faircopy.translation.localize import Words, localize
from faircopy.translation.segments import extract
from hypothesis import given, settings

from tests.translation.strategies import INLINES, normal
from tests.translation.test_xliff2 import copied

MANUSCRIPTS = ("every-construct", "speaker-turns", "ur", "ar", "he", "kk", "ru", "zh")
FORMS: list[tuple[Callable[[Job], bytes], Callable[[bytes, str], Returned]]] = [
    (xliff2.write, xliff_read.read),
    (text.write_txt, text.read_txt),
    (text.write_tsv, text.read_tsv),
    (po.write, po.read),
    (docx_table.write, docx_table.read),
    (xliff12.write, xliff_read.read),
]


def targets(publication: Publication) -> dict[str, Content]:
    return {segment.id: segment.content for _, segment in extract(publication).segments()}


@pytest.mark.parametrize("name", MANUSCRIPTS)
def test_the_source_unchanged_gives_the_same_tree(
    name: str, manuscript: Callable[[str], Publication]
) -> None:
    publication = manuscript(name)
    words = Words(publication.metadata.lang, targets(publication))
    again = localize(publication, words)
    assert again.blocks == publication.blocks
    assert again.metadata == publication.metadata


@pytest.mark.parametrize(
    ("write", "read"), FORMS, ids=["xliff2", "txt", "tsv", "po", "docx", "xliff12"]
)
@pytest.mark.parametrize("name", MANUSCRIPTS)
def test_out_and_back_through_a_form_gives_the_same_tree(
    write: Callable[[Job], bytes],
    read: Callable[[bytes, str], Returned],
    name: str,
    manuscript: Callable[[str], Publication],
) -> None:
    publication = manuscript(name)
    source = extract(publication)
    fitting = align(source, read(write(copied(source)), "f").records).fitting()
    assert len(fitting) == sum(1 for _ in source.segments())
    words = Words(publication.metadata.lang, {id: one.target for id, one in fitting.items()})
    # Marking what is missing takes every sentence apart and puts it together again.
    again = localize(publication, msgspec.structs.replace(words, mark_missing=True))
    assert settled(again.blocks) == settled(publication.blocks)
    assert settled(again.metadata.title) == settled(publication.metadata.title)


def settled(value: object) -> object:
    """A tree with soft breaks as spaces and neighbouring strings joined."""
    if isinstance(value, ast.SoftBreak):
        return ast.Space()
    if isinstance(value, msgspec.Struct):
        return type(value)(*(settled(getattr(value, name)) for name in value.__struct_fields__))
    if isinstance(value, tuple):
        return ast.joined(cast(Inlines, tuple(map(settled, value))))
    return value


@settings(max_examples=80)
@given(INLINES)
def test_any_unit_is_put_together_as_it_was(every: Publication, inlines: Inlines) -> None:
    blocks = (ast.Para((unit("p1", Role.ANSWER, inlines),)),)
    publication = msgspec.structs.replace(every, blocks=blocks)
    words = Words("en-GB", targets(publication), mark_missing=True)
    again = next(units(localize(publication, words).blocks)).inlines
    assert again == normal(inlines)


def test_other_words_in_the_same_structure(every: Publication) -> None:
    shouted = {
        id: tuple(part.upper() if isinstance(part, str) else part for part in content)
        for id, content in targets(every).items()
    }
    again = localize(every, Words("ur", shouted))
    assert kinds(again.blocks) == kinds(every.blocks)
    assert [u.id for u in units(again.blocks)] == [u.id for u in units(every.blocks)]
    words = "".join(ast.text(u.inlines, ast.Omit.NOTES) for u in units(again.blocks))
    original = "".join(ast.text(u.inlines, ast.Omit.NOTES) for u in units(every.blocks))
    assert words != original
    assert words.upper() == original.upper()
    assert again.metadata.lang == "ur"
    assert again.metadata.dir == "rtl"
    assert again.metadata.keywords == ("RIVERS", "GAUGES", "TESTING")
    images = [node for node in ast.walk(again.blocks) if isinstance(node, ast.Image)]
    assert ast.text(images[0].inlines) == "A BOARD WITH WHITE MARKS STANDS IN GREY WATER."
    links = [node for node in ast.walk(again.blocks) if isinstance(node, ast.Link)]
    assert "THE BOOK OF 1911" in [link.title for link in links]
    assert {link.url for link in links} == {
        node.url for node in ast.walk(every.blocks) if isinstance(node, ast.Link)
    }


def kinds(blocks: ast.Blocks) -> list[str]:
    """The constructors of a tree in order, but for words and spaces."""
    words = (ast.Str, ast.Space, ast.SoftBreak)
    return [type(node).__name__ for node in ast.walk(blocks) if not isinstance(node, words)]


def test_what_is_missing_is_marked(every: Publication) -> None:
    some = dict(list(targets(every).items())[:40])
    again = localize(every, Words("ur", some, mark_missing=True))
    spans = [
        node.attr
        for node in ast.walk((again.blocks, again.metadata.title))
        if isinstance(node, ast.Span) and UNTRANSLATED in node.attr.classes
    ]
    missing = set(targets(every)) - set(some)
    assert 0 < len(spans) <= len(missing)
    assert {attr.attributes for attr in spans} == {(("lang", "en-GB"), ("dir", "ltr"))}


def test_chinese_has_no_spaces_between_sentences(every: Publication) -> None:
    inlines = (ast.Str("One."), ast.Space(), ast.Str("Two."))
    blocks = (ast.Para((unit("p1", Role.ANSWER, inlines),)),)
    publication = msgspec.structs.replace(every, blocks=blocks)
    words = Words("zh-Hans", {"p1.s1": ("一。",), "p1.s2": ("二。",)})
    assert ast.text(localize(publication, words).blocks) == "一。二。"
