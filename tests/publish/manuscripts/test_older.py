"""Files of older word processors, which LibreOffice reads in its cage."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from faircopy.core.diagnostics import FaircopyError, ToolError
from faircopy.core.tools import Tool
from faircopy.intake import Wishes
from faircopy.publish.manuscripts import importing
from faircopy.publish.manuscripts.older import older
from faircopy.publish.project import Project

TEXT = (
    rb"{\rtf1\ansi\deff0{\fonttbl{\f0 Times New Roman;}}{\stylesheet{\s1 heading 1;}}"
    rb"{\pard\s1 The gauge\par}{\pard It was read {\i every} morning, and na\'efve.\par}"
    rb"{\pard The end is near, and nobody knows it yet, so it is read again.\par}}"
)
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = COMPOUND + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.rtf", b"PK\3\4", "no file of the kind .rtf"),
        ("a.doc", b"{\\rtf1 x}", "no file of the kind .doc"),
        ("a.doc", LOCKED, "protected by a password"),
    ],
)
def test_what_it_is_not_is_told(name: str, data: bytes, said: str) -> None:
    with pytest.raises(FaircopyError, match=said):
        older(data, name, Wishes())


def test_where_libreoffice_is_missing_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Tool, "path", lambda self: None)
    with pytest.raises(ToolError, match="soffice"):
        older(TEXT, "a.rtf", Wishes())


@pytest.mark.slow
def test_rich_text(tmp_path: Path) -> None:
    (tmp_path / "a text.rtf").write_bytes(TEXT)
    (found,) = importing.bring(Project.at(tmp_path), [tmp_path / "a text.rtf"], Wishes())
    assert found.right
    assert found.sha256 == hashlib.sha256(TEXT).hexdigest()
    folder = tmp_path / "source" / "a-text"
    assert (folder / "original.rtf").read_bytes() == TEXT
    text = (folder / "manuscript.md").read_text("utf-8")
    assert "It was read *every* morning, and naïve." in text
    assert "The gauge" in text
    assert any("LibreOffice read the file" in one for one in found.decide)
    assert not any("pandoc finds" in one for one in found.decide)
    (again,) = importing.bring(Project.at(tmp_path), [tmp_path / "a text.rtf"], Wishes())
    assert again.unchanged
