"""A new project builds, and what its files call is there."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from faircopy.core.diagnostics import EditionError
from faircopy.publish import linting, new, project
from faircopy.publish.engine import build
from faircopy.publish.plan import Request
from faircopy.publish.workspace import Workspace


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(EditionError, match="not empty"):
        project.create(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_its_files_are_ours_to_write_and_name_tasks_that_exist(tmp_path: Path) -> None:
    from faircopy.tasks import namespace

    project.create(tmp_path / "p")
    texts = "".join(project.files().values())
    called = [line.split("faircopy ")[1].split()[0] for line in texts.splitlines()
              if line.lstrip().startswith(("- run: faircopy ", "exec faircopy "))]  # fmt: skip
    assert called == ["lint", "lint", "build"]
    assert set(called) <= set(namespace.task_names)


def test_what_changed_since_the_last_commit(tmp_path: Path) -> None:
    root = tmp_path / "p"
    project.create(root)
    place = Workspace.at(root)
    git = ["git", "-C", str(root), "-c", "user.name=n", "-c", "user.email=e@example.org"]
    new.create(place.source, "first", kind="article")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "one"]):
        subprocess.run([*git, *command], check=True)
    assert linting.changed(place) == ()
    new.create(place.source, "second", kind="article")
    assert linting.changed(place) == ("second",)


@pytest.mark.slow
def test_a_new_project_builds_in_the_look_of_its_house(tmp_path: Path) -> None:
    root = tmp_path / "p"
    project.create(root)
    place = Workspace.at(root)
    new.create(place.source, "first", kind="article")
    outcome = build(Request(formats=("docx", "epub"), jobs=1), place, environ={})
    assert outcome.ok, outcome.diagnostics
    assert outcome.changed == ("first",)
