"""Drawings in code keep their columns in EPUB, web page and Word."""

from __future__ import annotations

import pytest
from faircopy.theme import MM, load
from faircopy.writers.docx.apart import DRAWINGS
from faircopy.writers.docx.house import house
from faircopy.writers.docx.ooxml import make, q, value
from faircopy.writers.docx.runs import name_styles
from faircopy.writers.reflowable import drawings, inert
from faircopy.writers.reflowable.xhtml import MEDIA_TYPE
from lxml import etree

EDGE = "┌{}┐"


@pytest.mark.parametrize(
    ("wide", "classes", "focused"),
    [
        (30, "drawing", False),
        (58, "drawing scrolled smaller", True),
        (100, "drawing scrolled smallest", True),
    ],
)
def test_a_telephone_shows_a_drawing_smaller_and_lets_it_scroll(
    wide: int, classes: str, *, focused: bool
) -> None:
    text = EDGE.format("─" * (wide - 2))
    page = f'<html xmlns="http://www.w3.org/1999/xhtml"><pre><code>{text}</code></pre></html>'
    root = etree.fromstring(page)
    drawings.keep(root)
    assert root[0].get("class") == classes
    assert (root[0].get("tabindex") == "0") is focused
    inert.ensure("a.xhtml", MEDIA_TYPE, etree.tostring(root))


def test_a_listing_stays_as_it_is() -> None:
    page = '<html xmlns="http://www.w3.org/1999/xhtml"><pre><code>a | b</code></pre></html>'
    root = etree.fromstring(page)
    drawings.keep(root)
    assert not root[0].attrib


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("a = b", "SourceCode"),
        (EDGE.format("─" * 70), "Drawing"),
        (EDGE.format("─" * 100), "DrawingWide"),
        (EDGE.format("─" * 400), "SourceCode"),
    ],
)
def test_word_has_styles_for_drawings_by_their_width(text: str, style: str) -> None:
    run = make("r", make("t"), make("br"), make("t"))
    run[0].text, run[2].text = "first", text
    root = make("body", make("p", make("pPr", make("pStyle", val="SourceCode")), run))
    name_styles(root)
    found = next(root.iter(q("pStyle")))
    assert value(found) == style


def test_so_many_columns_have_room_in_a_line() -> None:
    theme = load()
    page = theme.page(theme.docx.page)
    looks = {look.name: look for look in house(theme, page, theme.script("en-GB")).looks}
    room = page.text_width * MM - 2 * (looks["Source Code"].left or 0)
    for columns, name in DRAWINGS.items():
        type = looks[name].type
        assert type is not None
        assert columns * 0.6 * type.size <= room
