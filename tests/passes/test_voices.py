"""Voices: where a turn begins, and which headings part an interview."""

from __future__ import annotations

from pathlib import Path

import pytest
from faircopy.core import ast
from faircopy.core.model import Kind, Publication
from faircopy.manuscript import read
from faircopy.passes import voices
from faircopy.theme import load
from faircopy.theme.css import page_values
from faircopy.writers import html
from faircopy.writers.docx.roles import dress
from faircopy.writers.pdf import compositor
from faircopy.writers.reflowable import content, sheet
from lxml import etree

from tests.manuscript.photographs import png

TEXT = """---
title: T
lang: en-GB
kind: {kind}
interviewer: Ada
---

## Borders {{.heading}}

**Ada:** Why?

**Ben:** Because.

It is so.
"""


def publication(folder: Path, kind: str = "interview") -> Publication:
    (folder / "manuscript.md").write_text(TEXT.format(kind=kind), "utf-8")
    return read(folder, name="m")


def marked(blocks: object, name: str) -> list[str]:
    return [
        ast.text(node.inlines)
        for node in ast.find(blocks, ast.Span, ast.Header)
        if isinstance(node, ast.Span | ast.Header) and name in node.attr.classes
    ]


def test_a_turn_begins_with_its_speaker_and_a_section_above_it(tmp_path: Path) -> None:
    blocks = voices.mark(publication(tmp_path).blocks, Kind.INTERVIEW)
    assert marked(blocks, voices.TURN) == ["Ada: Why?", "Ben: Because."]
    assert marked(blocks, voices.SECTION) == ["Borders"]


def test_an_article_has_no_sections_of_an_interview(tmp_path: Path) -> None:
    made = publication(tmp_path, "article")
    assert marked(voices.mark(made.blocks, made.metadata.kind), voices.SECTION) == []


def test_every_format_tells_the_voices_apart(tmp_path: Path) -> None:
    made = publication(tmp_path)
    page = etree.fromstring(compositor.set_in_type(made, load(), "a4").html)
    for root in (page, content.tree(made)):
        turns = [" ".join(html.classes(item)) for item in html.with_class(root, voices.TURN)]
        assert ["question" in turn for turn in turns] == [True, False]
        assert len(list(html.with_class(root, voices.SECTION))) == 1
    word = dress(voices.mark(made.blocks, made.metadata.kind))
    styles = [
        node.attr.get("custom-style")
        for node in ast.find(word, ast.Div)
        if isinstance(node, ast.Div)
    ]
    assert styles == ["Section Heading", "Turn Interviewer", "Turn", "Answer"]


@pytest.mark.parametrize(("lang", "caps"), [("en-GB", True), ("ar", False), ("zh", False)])
def test_names_have_small_capitals_where_the_script_has_them(lang: str, caps: bool) -> None:
    theme = load()
    values = page_values(theme, theme.page("a4"), lang)
    assert ("smcp" in values["speaker-features"]) is caps
    assert (sheet.values(theme, lang)["speaker-caps"] == "small-caps") is caps


@pytest.mark.parametrize(
    ("text", "led"),
    [
        ("## Why?\n\nIt was so, she said. And then.\n", "It was so,"),
        ("A very long beginning of it.\n", "A very long"),
        ("*Set* otherwise.\n", ""),
        ("- A list.\n\nIt was so.\n", ""),
        ("![A lake](x.jpg)\n\nIt was so.\n", "It was so."),
    ],
)
def test_small_capitals_lead_in_the_text(tmp_path: Path, text: str, led: str) -> None:
    (tmp_path / "x.jpg").write_bytes(png())
    head = "---\ntitle: T\nlang: en-GB\nkind: interview\n---\n\n"
    (tmp_path / "manuscript.md").write_text(head + text, "utf-8")
    root = content.tree(read(tmp_path, name="m"))
    found = [html.words(item) for item in html.with_class(root, "lead-in")]
    assert found == ([led] if led else [])
