"""Word's theme: it has the house's faces and colours, and the styles ask for them."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from faircopy.manuscript import read
from faircopy.theme import load, names
from faircopy.writers import Options, docx
from faircopy.writers.docx import theming
from lxml import etree

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "---\ntitle: T\nlang: {}\nkind: interview\n---\n\n## Why?\n\nBecause.\n"
SLOTS = {"text1": "dk1", "text2": "dk2", "background2": "lt2"}


@pytest.mark.parametrize(
    ("name", "lang"), [(name, "en-GB") for name in names()] + [("theme", "ar")]
)
def test_styles_ask_for_what_the_theme_has(tmp_path: Path, name: str, lang: str) -> None:
    (tmp_path / "manuscript.md").write_text(TEXT.format(lang), "utf-8")
    theme = load(name)
    made = zipfile.ZipFile(BytesIO(docx.write(read(tmp_path), theme, Options()).data))
    look = etree.fromstring(made.read(theming.PART))
    values = {
        etree.QName(slot).localname: slot[0].get("val", "")
        for slot in next(look.iter(f"{A}clrScheme"))
    }
    latin = [item.get("typeface") for item in look.iter(f"{A}latin")][:2]
    assert latin == [theme.font.sans, theme.font.text]
    styles = etree.fromstring(made.read("word/styles.xml"))
    asked = 0
    for item in styles.iter():
        slot = item.get(f"{W}themeColor") or item.get(f"{W}themeFill")
        if slot:
            value = item.get(f"{W}val") if item.tag == f"{W}color" else item.get(f"{W}color")
            value = item.get(f"{W}fill") if item.tag == f"{W}shd" else value
            assert values[SLOTS.get(slot, slot)] == value
            asked += 1
    assert asked > 10
    for item in styles.iter(f"{W}rFonts"):
        voice = {"majorHAnsi": theme.font.sans, "minorHAnsi": theme.font.text}
        if named := item.get(f"{W}asciiTheme"):
            assert voice[named] == item.get(f"{W}ascii")
    assert not re.search(rb"Calibri|Cambria|4F81BD", made.read(theming.PART))
