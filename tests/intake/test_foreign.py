"""Web pages and OpenDocument texts taken in, held against a walk of our own over them."""

from __future__ import annotations

from pathlib import Path

import pytest
from faircopy.core import ast, pandoc
from faircopy.core.diagnostics import Diagnostic
from faircopy.intake import Taken, foreign, take
from faircopy.intake.proof import prove
from faircopy.intake.walked import Passage, Why
from faircopy.translation import archive
from faircopy.translation.forms import ImportRefused

PAGE = """<!doctype html><html lang="en"><head><title>No text</title><style>p {}</style></head>
<body><nav>Home | About</nav><h1>The gauge</h1><p>It was r<b>ea</b>d <em>every</em> morning,
at <a href="https://a.example/x?utm_source=b">the lock</a>.<script>alert(1)</script></p>
<p style="display: none">Hidden.</p><ul><li>bread<li>water</ul>
<table><tr><th>Month</th><th>Marks</th></tr><tr><td>May</td><td>7</td></tr></table>
<!-- no text --><p>She said<br>so.<img src="https://a.example/p.png" alt="A picture"></p>
<blockquote><p>So it is.</p></blockquote><p>The end is near, and nobody knows it yet.</p></body>
"""


def proven(one: Taken, folder: Path) -> tuple[Diagnostic, ...]:
    for name, data in one.files.items():
        (folder / name).write_bytes(data)
    (folder / "manuscript.md").write_text(one.spoken or one.text, "utf-8")
    return prove(one, folder, "m").findings


def test_a_web_page(tmp_path: Path) -> None:
    found = take(PAGE.encode(), "a page.html")
    for text in (
        "title: 'The gauge'",
        "It was r**ea**d *every* morning, at [the lock](https://a.example/x).",
        "- bread\n- water",
        "| May   | 7     |",
        "> So it is.",
    ):
        assert text in found.text
    assert {(one.why, one.text) for one in found.left} >= {
        (Why.NAVIGATION, "Home | About"),
        (Why.HIDDEN, "Hidden."),
    }
    assert any("p.png does not come along" in one for one in found.decide)
    assert "alert" not in found.text
    assert not found.unseen
    assert not proven(found, tmp_path)
    assert found.files == {"original.html": PAGE.encode()}


def odt(markdown: str) -> bytes:
    return pandoc.write_file(pandoc.read(markdown).blocks, "odt")


def test_an_opendocument_text(tmp_path: Path) -> None:
    text = "# The gauge\n\nIt was read *every* morning.[^1]\n\n- bread\n- water\n\n"
    text += "| a | b |\n|---|---|\n| May | 7 |\n\nThe end is near.\n\n[^1]: By Ada, *herself*.\n"
    found = take(odt(text), "a text.odt")
    assert "It was read *every* morning.[^1]" in found.text
    assert "[^1]: By Ada, *herself*." in found.text
    assert not found.unseen
    assert not proven(found, tmp_path)
    assert [*found.files] == ["original.odt"]


def test_words_that_pandoc_loses_are_told() -> None:
    data = odt("One.\n\nTwo three.\n\nFour five six seven.")
    parts = archive.read(data, "x")
    body = parts["content.xml"].replace(b"Two three.", b"<text:unheard>Lost</text:unheard>")
    found = take(archive.write({**parts, "content.xml": body}), "x.odt")
    assert found.unseen == ("Lost",)


def test_what_is_lost_is_named() -> None:
    there = (Passage(1, "one three"),)
    assert list(foreign.lost(["one", "two", "three", "four"], there)) == ["two", "four"]
    assert list(foreign.lost(["one", "three"], there)) == []


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (archive.write({"content.xml": b"<x/>", "Basic/a": b""}), "x.odt", "macros"),
        (archive.write({"a": b""}), "x.odt", "no OpenDocument text"),
        (archive.write({"content.xml": b"<x/>"}), "x.odt", "but no text"),
        (b"no zip", "x.odt", "zip"),
        (b"<!DOCTYPE x>", "x.html", "no web page"),
        (b"<div>" * 300 + b"x", "x.html", "too deep"),
    ],
)
def test_what_is_refused(data: bytes, name: str, said: str) -> None:
    with pytest.raises(ImportRefused, match=said):
        take(data, name)


def test_only_pictures_of_the_page_itself_come_along() -> None:
    blocks = pandoc.opened(foreign.read(PAGE.encode(), "x.html").data, "docx").blocks
    assert not [*ast.find(blocks, ast.Image)]
