"""The report of an import: the original at the left, the text at the right, nothing fetched."""

from __future__ import annotations

from pathlib import Path

import pytest
from faircopy.core.tools import Tool
from faircopy.intake import Wishes
from faircopy.publish.manuscripts import facing, taking
from faircopy.publish.project import Project
from faircopy.revision.lines import NOTE, THING, Line, Look, Piece
from lxml import html

LINES = (
    Line("title", (Piece("The gauge"),)),
    Line("text", (Piece("It was <b> "), Piece("read", frozenset((Look.EMPH, Look.STRONG))),
                  Piece(f"{NOTE} {THING}."),), notes=((Line("note", (Piece("By Ada."),)),),)),
)  # fmt: skip
TOLD: facing.Told = (("To be decided", ["a & b"]), ("Left out", []))


def text_of(data: bytes) -> str:
    return " ".join("".join(map(str, html.fromstring(data).itertext())).split())


def test_markdown_stands_beside_its_text() -> None:
    data = facing.page("a.md", b"# The gauge\n\n<script>alert(1)</script>\n", LINES, TOLD)
    root = html.fromstring(data)
    assert not list(root.iter("script"))
    assert b"default-src 'none'" in data
    said = text_of(data)
    assert "<script>alert(1)</script>" in said
    assert "title The gaugeIt was <b> read [picture or formula].note By Ada." in said
    assert next(one.text for one in root.iter("h2")) == "To be decided"
    assert "Left out" not in said


def test_where_libreoffice_is_missing_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Tool, "path", lambda self: None)
    said = text_of(facing.page("a.docx", b"PK", LINES, TOLD))
    assert "The pages of the original are not shown." in said
    assert "soffice" in said
    assert "It was <b> read" in said


def test_a_text_that_cannot_be_read_is_said() -> None:
    assert "The text is not shown" in text_of(facing.page("a.md", b"x", (), TOLD))


def test_lines_stand_beside_the_page_that_they_begin_on() -> None:
    texts = ("One begins", "Two, it “begins”", "nowhere to be found", "Three", "One begins")
    lines = [Line("text", (Piece(one),)) for one in texts]
    pages = ["onebegins", "", "twoitbeginsthree"]
    found = facing._parted(lines, pages)
    assert [[line.text for line in one] for one in found] == [[texts[0]], [], list(texts[1:])]
    assert facing._parted(lines, []) == []


@pytest.mark.slow
def test_the_pages_of_an_original(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The gauge\n\nIt was read every morning, and so on.\n", "utf-8")
    out = tmp_path / "a.html"
    project = Project.at(tmp_path)
    taking.bring([tmp_path / "a.txt"], Wishes(), dry=True, report_in=str(out), project=project)
    root = html.fromstring(out.read_bytes())
    assert [one.get("alt") for one in root.iter("img")] == ["page 1"]
    assert "It was read every morning" in text_of(out.read_bytes())
