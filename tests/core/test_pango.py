"""A machine without Pango is told so in a line, before anything is set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from faircopy import manuscript
from faircopy.core import pango
from faircopy.core.diagnostics import ToolError
from faircopy.publish.engine import build
from faircopy.publish.plan import Request
from faircopy.publish.project import Project
from faircopy.theme import load
from faircopy.writers import FORMATS, Options, cover, write

TEXT = "---\ntitle: T\nlang: en\ndate: 2026-11-24\n---\n\nOne.\n"


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A system without any of the libraries."""
    pango._loads.cache_clear()
    monkeypatch.setattr(pango, "_NAMES", ("lib{}.not-here",))
    monkeypatch.setattr("ctypes.util.find_library", lambda name: None)
    yield
    pango._loads.cache_clear()


def test_this_machine_has_them() -> None:
    pango.require()


@pytest.mark.usefixtures("bare")
def test_what_is_missing_has_its_command() -> None:
    with pytest.raises(ToolError, match=r"pango-1\.0") as caught:
        pango.require()
    assert "libpango-1.0-0" in caught.value.diagnostics[0].remedy


@pytest.mark.usefixtures("bare")
def test_one_that_is_found_elsewhere_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.util.find_library", lambda name: "libc.so.6")
    pango.require()


@pytest.mark.usefixtures("bare")
def test_nothing_is_set_without_it(tmp_path: Path) -> None:
    folder = tmp_path / "source/m"
    folder.mkdir(parents=True)
    (folder / "manuscript.md").write_text(TEXT)
    with pytest.raises(ToolError, match="pango-missing"):
        build(Request(formats=("pdf",)), Project(tmp_path), environ={})
    publication, theme = manuscript.read(folder, name="m"), load()
    pdf = next(item for item in FORMATS if item.name == "pdf")
    with pytest.raises(ToolError, match="pango-missing"):
        write(pdf, publication, theme, Options(page="a5"))
    with pytest.raises(ToolError, match="pango-missing"):
        cover.draw(publication, theme)
    assert build(Request(formats=("docx",), jobs=1), Project(tmp_path), environ={}).ok
