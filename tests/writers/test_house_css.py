"""A house's own style sheet in the formats that have style sheets."""

from __future__ import annotations

from pathlib import Path

import pytest
from faircopy.core.ast import Str
from faircopy.core.model import Metadata
from faircopy.languages import locale
from faircopy.theme import Theme, load
from faircopy.writers.pdf import faces, touched
from faircopy.writers.pdf.sheet import sheet
from faircopy.writers.reflowable import inert
from faircopy.writers.reflowable.embedding import look
from lxml import etree

PAGE = b"""<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head/><body>
<h1 class="title">T</h1><p>words</p></body></html>"""
TEXT = """<html><body><div class="text"><h2 class="question">Q</h2>
<p id="a">words <em>in</em> it</p><div><p id="b">more</p></div></div></body></html>"""


def themed(folder: Path, css: str) -> Theme:
    (folder / "mine.toml").write_text('extends = "magazine"\nname = "Mine"\ncss = "house.css"\n')
    (folder / "house.css").write_text(css)
    return load("mine", folder, folder / "store")


@pytest.mark.parametrize(
    ("css", "left"),
    [
        (".question { font-size: 1.2em }", []),
        ("p { color: var(--accent) }", []),
        ("@media screen { p { line-height: 2 } }", []),
        ("em { letter-spacing: 0.1em }", ["a"]),
        (".text > div { padding: 1em }", ["b"]),
        ("body { line-height: 1.5 }", ["a", "b"]),
    ],
)
def test_paragraphs_whose_lines_it_moves_are_left_to_weasyprint(
    tmp_path: Path, css: str, left: list[str]
) -> None:
    root = etree.fromstring(TEXT)
    touched.mark(root, themed(tmp_path, css))
    assert [p.get("id") for p in root.iter("p") if touched.TOUCHED in p.get("class", "")] == left


def test_its_rules_come_last_on_the_page_and_their_family_is_there(tmp_path: Path) -> None:
    theme = themed(tmp_path, '.byline { font-family: "Frank Ruhl Libre"; color: var(--ink) }')
    metadata = Metadata(title=(Str("T"),), lang="en-GB", dir="ltr")
    css = sheet(theme, theme.page("a4"), metadata, locale("en-GB"))
    last = css[css.rindex(".byline") :]
    assert last.startswith('.byline { font-family: "Frank Ruhl Libre", ')
    given = faces.needed(theme, "en-GB", "abc", code=False)
    assert "Frank Ruhl Libre" in {face.family for face in given}


def test_an_epub_embeds_its_family_and_its_sheet_is_inert(tmp_path: Path) -> None:
    theme = themed(tmp_path, '@media screen { .title { font-family: "Faircopy Mono" } }')
    seen = look([PAGE], theme, "en-GB", lambda font: f"../{font.path}")
    assert "Faircopy Mono" in {font.face.family for font in seen.fonts}
    inert.ensure("style.css", "text/css", seen.css.encode())
