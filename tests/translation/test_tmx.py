"""The memory: valid by the published DTD, and read back as it was written."""

from __future__ import annotations

from pathlib import Path

from faircopy.core.ast import Inlines
from faircopy.core.model import Publication
from faircopy.translation import codes, tmx
from faircopy.translation.segments import extract
from faircopy.translation.tmx import Remembered
from hypothesis import given, settings
from lxml import etree

from tests.translation.strategies import INLINES


def memory(publication: Publication) -> tuple[Remembered, ...]:
    return tuple(
        Remembered.of("en-GB", "ur", s.content, s.content)
        for _, s in extract(publication).segments()
    )


def test_it_is_valid(every: Publication, schemas: Path) -> None:
    dtd = etree.DTD(str(schemas / "tmx-1.4/tmx14.dtd"))
    root = etree.fromstring(tmx.write(memory(every), "en-GB"))
    assert dtd.validate(root), dtd.error_log


def test_it_comes_back(every: Publication) -> None:
    assert tmx.read(tmx.write(memory(every), "en-GB"), "m.tmx") == memory(every)


@settings(max_examples=60)
@given(INLINES)
def test_any_sentence_comes_back(inlines: Inlines) -> None:
    content, _ = codes.encode(inlines, first=5)
    pair = Remembered.of("en", "ru", content, content)
    assert tmx.read(tmx.write([pair], "en"), "m.tmx") == (pair,)


def test_it_only_grows() -> None:
    old = Remembered("en", "ru", ("Yes.",), ("Да.",))
    new = Remembered("en", "ru", ("Yes.",), ("Так.",))
    assert tmx.grown((old,), (old, new)) == (old, new)
