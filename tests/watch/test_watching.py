from __future__ import annotations

from pathlib import Path

import pytest
from faircopy.publish.project import Project
from faircopy.watch.watching import touched

PLACE = Project(Path("/project"))


@pytest.mark.parametrize(
    ("paths", "slug"),
    [
        (["source/one/manuscript.md"], "one"),
        (["source/one/pictures/a.png", "source/two/manuscript.md"], "two"),  # it is on the desk
        (["source/one/translations/ur.xlf"], ""),
        (["source/gone/manuscript.md"], ""),
        (["source/notes.txt"], ""),
        (["source"], ""),
        (["styles/theme.toml"], "two"),
        (["styles/theme.toml", "source/one/manuscript.md"], "two"),
        (["elsewhere/a"], ""),
    ],
)
def test_a_save_is_about_a_manuscript(paths: list[str], slug: str) -> None:
    there = [PLACE.root / path for path in paths]
    assert touched(PLACE, ("one", "two"), there, "two") == slug
