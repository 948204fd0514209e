"""A manuscript in each theme: every theme of the project is on the sheet, or told."""

from __future__ import annotations

from pathlib import Path

import pytest
from faircopy.publish import themed
from faircopy.publish.project import Project
from faircopy.theme import load, names

TEXT = "---\ntitle: T\nlang: en-GB\nkind: interview\n---\n\n## Why?\n\nBecause.\n"


def test_the_themes_that_come_along_differ_in_character() -> None:
    assert {"newspaper", "magazine", "review", "plain", "theme"} <= set(names())
    made = [load(name) for name in ("theme", "newspaper", "magazine", "review")]
    said = [
        (theme.page("a4").columns, theme.font.display, theme.text.question, theme.colour.accent)
        for theme in made
    ]
    assert len(set(said)) == len(said)
    assert [theme.page("a4").columns for theme in made] == [2, 3, 2, 1]


@pytest.mark.slow
def test_each_theme_is_shown_and_a_wrong_one_told(tmp_path: Path) -> None:
    folder = tmp_path / "source" / "one"
    folder.mkdir(parents=True)
    (folder / "manuscript.md").write_text(TEXT)
    (tmp_path / "faircopy.toml").write_text("")
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "mine.toml").write_text('extends = "theme"\nname = "Mine"\nx = 1\n')
    said: list[str] = []
    laid = themed.lay_out(Project.at(tmp_path), (), tmp_path / "out", said.append)
    assert {edition.slug for edition in laid.editions} == set(names())
    assert laid.index.is_file()
    assert any("mine" in line and "theme-token-unknown" in line for line in said)
