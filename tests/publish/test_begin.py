"""A new project builds, and what its files call is there."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from faircopy import __version__
from faircopy.core.diagnostics import EditionError
from faircopy.publish import begin, linting, new, settings
from faircopy.publish.engine import build
from faircopy.publish.plan import Request
from faircopy.publish.project import Project


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(EditionError, match="not empty"):
        begin.create(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_new_repository_of_git_is_empty_enough(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / "README.md").write_text("# Ours\n")
    begin.create(tmp_path)
    assert (tmp_path / "README.md").read_text() == "# Ours\n"
    assert Project.at(tmp_path).settings.engine == __version__


@pytest.mark.parametrize("name", [".gitignore", ".github", "tasks.py", "notes.txt"])
def test_nothing_of_somebodys_is_written_over(tmp_path: Path, name: str) -> None:
    (tmp_path / "README.md").touch()
    if name == ".github":
        (tmp_path / ".github/workflows").mkdir(parents=True)
        (tmp_path / ".github/workflows/editions.yml").write_text("theirs")
    else:
        (tmp_path / name).write_text("theirs")
    with pytest.raises(EditionError, match=f"it has {name}"):
        begin.create(tmp_path)
    assert "faircopy.toml" not in {path.name for path in tmp_path.iterdir()}


def test_a_project_moves_on_to_this_engine_and_to_what_it_was_tested_with(tmp_path: Path) -> None:
    root = tmp_path / "p"
    begin.create(root)
    (root / "requirements.txt").write_text("faircopy-editions==0.0.1\nweasyprint==1.0\n")
    now = (root / "faircopy.toml").read_text()
    older = now.replace(f'engine = "{__version__}"', 'engine = "0.0.1"')
    (root / "faircopy.toml").write_text(older)
    with pytest.raises(EditionError, match="--move-on"):
        settings.hold_to_engine(Project.at(root).settings)
    begin.move_on(root)
    assert (root / "faircopy.toml").read_text() == now
    assert (root / "requirements.txt").read_text() == begin.requirements()
    settings.hold_to_engine(Project.at(root).settings)


@pytest.mark.parametrize("text", ["", "theme = 'house'\n"])
def test_a_project_without_an_engine_is_not_moved(tmp_path: Path, text: str) -> None:
    (tmp_path / "faircopy.toml").write_text(text)
    with pytest.raises(EditionError, match="engine-unnamed"):
        begin.move_on(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["faircopy.toml"]


def test_no_project_is_moved_on_where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="project-not-written"):
        begin.move_on(tmp_path)


def test_what_changed_since_the_last_commit(tmp_path: Path) -> None:
    root = tmp_path / "p"
    begin.create(root)
    place = Project.at(root)
    git = ["git", "-C", str(root), "-c", "user.name=n", "-c", "user.email=e@example.org"]
    new.create(place.source, "first", kind="article")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "one"]):
        subprocess.run([*git, *command], check=True)
    assert linting.changed(place) == ()
    new.create(place.source, "second", kind="article")
    assert linting.changed(place) == ("second",)


def test_what_changed_in_a_project_within_a_repository(tmp_path: Path) -> None:
    root = tmp_path / "desk" / "editions"
    begin.create(root)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / "source/elsewhere").mkdir(parents=True)
    (tmp_path / "source/elsewhere/manuscript.md").touch()
    new.create(root / "source", "first", kind="article")
    assert linting.changed(Project.at(root)) == ("first",)


@pytest.mark.slow
def test_a_new_project_builds_in_the_look_of_its_house(tmp_path: Path) -> None:
    root = tmp_path / "p"
    begin.create(root)
    place = Project.at(root)
    new.create(place.source, "first", kind="article")
    outcome = build(Request(formats=("docx", "epub"), jobs=1), place, environ={})
    assert outcome.ok, outcome.diagnostics
    assert outcome.changed == ("first",)
