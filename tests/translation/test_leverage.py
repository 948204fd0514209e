"""A translation memory as return, and XLIFF 2.2: what comes from other houses' tools."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from faircopy.core import ast
from faircopy.core.model import Publication, Role
from faircopy.passes.units import unit
from faircopy.translation import commands, tmx, xliff2, xliff_read
from faircopy.translation.forms import ImportRefused
from faircopy.translation.segments import extract
from faircopy.translation.store import Store

from tests.translation.editions import localized
from tests.translation.test_home import job, translated

MEMORY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
 <header creationtool="OmegaT" creationtoolversion="6.0" segtype="sentence" o-tmf="OmegaT TMX"
   adminlang="EN-US" srclang="en-GB" datatype="plaintext"/>
 <body>
  <tu><tuv xml:lang="{lang}"><seg>Река обмелела.</seg></tuv>
      <tuv xml:lang="en-US"><seg>The river is low.</seg></tuv></tu>
  <tu><tuv xml:lang="EN"><seg>We read it <bpt i="0" x="0">&lt;g0&gt;</bpt>twice<ept
       i="0">&lt;/g0&gt;</ept>.</seg></tuv>
      <tuv xml:lang="{lang}"><seg>Мы читаем её <bpt i="0" x="0">&lt;g0&gt;</bpt>дважды<ept
       i="0">&lt;/g0&gt;</ept>.</seg></tuv></tu>
  <tu><tuv xml:lang="en"><seg>Nobody asked.</seg></tuv>
      <tuv xml:lang="{lang}"><seg>Никто не спросил.</seg></tuv></tu>
 </body>
</tmx>
"""


def words(line: str) -> ast.Inlines:
    out: list[ast.Inline] = []
    for word in line.split():
        out += [ast.Str(word), ast.Space()]
    return tuple(out[:-1])


@pytest.fixture
def source(every: Publication) -> Publication:
    """Three paragraphs, two of which say the same."""
    read = (*words("We read it"), ast.Space(), ast.Strong((ast.Str("twice"),)), ast.Str("."))
    texts = {"p1": words("The river is low."), "p2": read, "p3": words("The river is low.")}
    blocks = tuple(ast.Para((unit(id, Role.PARAGRAPH, inlines),)) for id, inlines in texts.items())
    return msgspec.structs.replace(every, blocks=blocks)


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    path = tmp_path / "project_save.tmx"
    path.write_text(MEMORY.format(lang="ru"), "utf-8")
    return path


def test_a_memory_translates_every_sentence_that_it_knows(
    source: Publication, memory: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "m"
    imported = commands.take_in(source, folder, [memory])
    assert (imported.lang, imported.forms, imported.taken) == ("ru", ("TMX",), 3)
    (russian,) = localized(source, folder, allow_untranslated=True)
    texts = [ast.text(block) for block in russian.blocks]
    assert texts == ["Река обмелела.", "Мы читаем её дважды.", "Река обмелела."]
    assert [ast.text(n) for n in ast.walk(russian.blocks) if isinstance(n, ast.Strong)] == [
        "дважды"
    ]
    remembered = {one.target for one in Store(folder).memory()}
    assert ("Никто не спросил.",) in remembered


def test_a_memory_gives_way_to_translators(
    source: Publication, memory: Path, tmp_path: Path
) -> None:
    folder, back = tmp_path / "m", tmp_path / "back.xlf"
    back.write_bytes(xliff2.write(job(extract(source))))
    commands.take_in(source, folder, [back])
    before = (folder / "translations/ru.xlf").read_bytes()
    commands.take_in(source, folder, [memory])
    assert (folder / "translations/ru.xlf").read_bytes() == before

    both = tmp_path / "both"
    commands.take_in(source, both, [memory, back])
    (target,) = (
        target.content
        for id, target in Store(both).translation(extract(source), "ru").targets.items()
        if id == "p1.s1"
    )
    assert target == translated(("The river is low.",))


def test_our_own_memory_comes_back(source: Publication, tmp_path: Path) -> None:
    folder, back = tmp_path / "m", tmp_path / "back.xlf"
    back.write_bytes(xliff2.write(job(extract(source))))
    commands.take_in(source, folder, [back])
    other = tmp_path / "other"
    imported = commands.take_in(source, other, [folder / "translations/memory.tmx"])
    assert imported.translated == imported.total


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (MEMORY.format(lang="ru").replace('"ru"', '"kk"', 1), "translation-language"),
        (MEMORY.format(lang="ru").replace("low", "high").replace("twice", "once"), "other"),
        ("<tmx version='1.4'><body><tu>", "xml"),
        (MEMORY.format(lang="ru").replace('.dtd">', '.dtd" [<!ENTITY a "b">]>'), "xml-doctype"),
        (MEMORY.format(lang="ru").replace("tmx14", "file:///etc/passwd#"), "xml-doctype"),
    ],
)
def test_a_memory_that_cannot_be_used_is_refused(
    source: Publication, tmp_path: Path, text: str, code: str
) -> None:
    path = tmp_path / "memory.tmx"
    path.write_text(text, "utf-8")
    with pytest.raises(ImportRefused, match=code):
        commands.take_in(source, tmp_path / "m", [path])
    assert not (tmp_path / "m").exists()


def test_it_is_read_with_its_place() -> None:
    returned = tmx.returned(MEMORY.format(lang="ru").encode(), "a.tmx")
    assert [str(record.place) for record in returned.records] == ["a.tmx:7", "a.tmx:9", "a.tmx:13"]
    assert (returned.source_lang, returned.lang) == ("en", "ru")


def test_xliff_2_2_is_read_as_2_1(every: Publication) -> None:
    ours = xliff2.write(job(extract(every)))
    newer = (
        ours.replace(b"xliff:document:2.0", b"xliff:document:2.2")
        .replace(b'version="2.1"', b'version="2.2"', 1)
        .replace(b"<file", b'<notes><note category="x">of the whole</note></notes><file', 1)
    )
    one, two = xliff_read.read(ours, "a"), xliff_read.read(newer, "a")
    assert (one.form, two.form) == ("XLIFF 2.1", "XLIFF 2.2")
    assert (two.lang, two.digest) == (one.lang, one.digest)
    assert [(r.id, r.source, r.target, r.state) for r in two.records] == [
        (r.id, r.source, r.target, r.state) for r in one.records
    ]
