"""Damaged Word files give a manuscript or a message, never a traceback."""

from __future__ import annotations

import copy
import io
import random
import zipfile

import pytest
from faircopy.core.diagnostics import FaircopyError
from faircopy.intake import Wishes, take
from faircopy.intake.changes import Choice
from faircopy.translation import archive
from lxml import etree

from tests.intake.test_intake import BOX, LINK, NESTED, NOTE, NOTES, PICTURE, png
from tests.intake.word import docx, p, r, relation

_WORDS = ("0", "-1", "99999999999999999999", "", "\U0010ffff", "\ufdd0\ufde0", "true", "../../x")


def whole() -> bytes:
    """Return a file with something of everything."""
    table = (
        f"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{p('a')}{NESTED}</w:tc>"
        f"</w:tr><w:tr><w:tc>{p('b')}</w:tc><w:tc>{p('c')}</w:tc></w:tr></w:tbl>"
    )
    changed = (
        f'<w:ins w:author="A">{r("in")}</w:ins><w:del><w:r><w:delText>x</w:delText></w:r></w:del>'
    )
    return docx(
        p("Title", style="Title") + p("Text", NOTE, LINK, BOX, changed) + table
        + p(PICTURE.format("Map")) + p("1. one") + p("2. two"),
        {**NOTES, "comments": f'<w:comment w:id="1">{p("Why?")}</w:comment>'},
        {"word/media/image1.png": png()},
        relation("rIdP", "image", "media/image1.png"),
    )  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return a file with bytes changed, or with elements of its XML moved, doubled, taken away."""
    if chance.random() < 0.3:
        raw = bytearray(data)
        for _ in range(chance.randint(1, 20)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        return bytes(raw)
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        files = {name: old.read(name) for name in old.namelist()}
    name = chance.choice([name for name in files if name.endswith(("xml", "rels"))])
    for _ in range(chance.randint(1, 4)):
        files[name] = _changed(files[name], chance)
    return archive.write(files)


def _changed(xml: bytes, chance: random.Random) -> bytes:
    """Take an element away, put it elsewhere or double it, or give it another name or value."""
    root = etree.fromstring(xml)
    every = [one for one in root.iter() if one.getparent() is not None]
    if not every:
        return xml
    one, other = chance.choice(every), chance.choice(every)
    way = chance.randrange(6)
    if way == 0:
        one.getparent().remove(one)  # type: ignore[union-attr]
    elif way == 1:
        one.addnext(copy.deepcopy(one))
    elif way == 2:
        other.append(copy.deepcopy(one))
    elif way == 3:
        one.tag = other.tag
    elif way == 4:
        one.addnext(copy.deepcopy(other))
    for key in list(one.attrib)[: way == 5]:
        one.set(key, chance.choice(_WORDS))
    return etree.tostring(root)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_damage_gives_a_message(seed: int) -> None:
    chance = random.Random(seed)
    data = whole()
    said: list[str] = []
    for _ in range(25):
        try:
            take(mutated(data, chance), "file.docx", Wishes(changes=Choice.ACCEPT))
        except FaircopyError as error:
            said += [item.message for item in error.diagnostics]

    assert all(said)
