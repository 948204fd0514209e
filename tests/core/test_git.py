"""Git asked about a stranger's repository: nothing that it names is run."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from faircopy.core import git
from faircopy.core.diagnostics import FaircopyError, ToolError
from faircopy.publish import linting
from faircopy.publish.manuscripts import comparing, origins
from faircopy.publish.project import Project

pytestmark = pytest.mark.needs("git")
OURS = ("-c", "user.name=a", "-c", "user.email=a@b.example")


def call(folder: Path, *args: str) -> None:
    subprocess.run(["git", *OURS, *args], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A project whose repository names a program wherever git starts one at a question."""
    root = tmp_path / "project"
    text = root / "source/one/manuscript.md"
    text.parent.mkdir(parents=True)
    text.write_text("One.\n")
    (root / ".gitattributes").write_text("*.md filter=evil diff=evil\n")
    evil = tmp_path / "evil"
    evil.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\ncat\n")
    evil.chmod(0o755)
    call(tmp_path, "init", "-q", str(root))
    call(root, "add", ".")
    call(root, "commit", "-q", "-m", "x")
    named = ("core.fsmonitor", "core.pager", "core.editor", "diff.external", "gpg.program")
    drivers = ("filter.evil.clean", "filter.evil.smudge", "diff.evil.textconv", "diff.evil.command")
    for key in (*named, *drivers):
        call(root, "config", key, str(evil))
    call(root, "config", "log.showSignature", "true")
    hooks = root / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    (hooks / "post-index-change").symlink_to(evil)
    text.write_text("Two.\n")
    return root


def test_such_a_repository_runs_its_programs_for_who_asks_plainly(hostile: Path) -> None:
    call(hostile, "status")

    assert (hostile.parent / "ran").exists()


def test_what_changed_is_found_and_nothing_is_run(hostile: Path) -> None:
    before = (hostile / ".git/index").read_bytes()

    assert linting.changed(Project.at(hostile)) == ("one",)
    assert not (hostile.parent / "ran").exists()
    assert (hostile / ".git/index").read_bytes() == before


def test_older_texts_are_found_and_nothing_is_run(hostile: Path) -> None:
    found = origins._history(Project.at(hostile), hostile / "source/one/manuscript.md")

    assert [text for _, text in found] == [b"One.\n"]
    assert not (hostile.parent / "ran").exists()


def test_a_repository_within_is_not_asked(hostile: Path) -> None:
    inner = hostile / "source/two"
    call(hostile, "clone", "-q", str(hostile), str(inner))
    (inner / "manuscript.md").write_text("Three.\n")
    call(hostile, "add", "source/two")
    call(inner, "config", "core.fsmonitor", str(hostile.parent / "evil"))
    (hostile.parent / "ran").unlink(missing_ok=True)

    assert "one" in linting.changed(Project.at(hostile))
    assert not (hostile.parent / "ran").exists()


@pytest.fixture
def lacking(hostile: Path) -> Path:
    """A part of a repository, which says what program fetches the commit that it lacks."""
    commit = git.commit(hostile, "HEAD")
    (hostile / ".git/objects" / commit[:2] / commit[2:]).unlink()
    for key, value in (
        ("core.repositoryformatversion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", str(hostile)),
        ("remote.origin.uploadpack", str(hostile.parent / "evil")),
    ):
        call(hostile, "config", key, value)
    (hostile.parent / "ran").unlink(missing_ok=True)
    return hostile


QUESTIONS: dict[str, Callable[[Project], object]] = {
    "lint": linting.changed,
    "revise": lambda place: list(origins._history(place, place.source / "one/manuscript.md")),
    "compare": lambda place: comparing.compare(place, place.source / "one", "HEAD", "today"),
}


@pytest.mark.parametrize("without", ["", "GIT_NO_LAZY_FETCH", "GIT_ALLOW_PROTOCOL"])
@pytest.mark.parametrize("name", QUESTIONS)
def test_nothing_is_fetched(
    lacking: Path, name: str, without: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Either variable is enough: git before 2.44 knows only the one that forbids all transports."""
    quiet = {key: value for key, value in git._QUIET.items() if key != without}
    monkeypatch.setattr(git, "_QUIET", quiet)

    with suppress(FaircopyError):
        QUESTIONS[name](Project.at(lacking))

    assert not (lacking.parent / "ran").exists()


def test_it_would_be_fetched(lacking: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git, "_QUIET", {})
    linting.changed(Project.at(lacking))

    assert (lacking.parent / "ran").exists()


@pytest.mark.parametrize("form", ["sha1", "sha256"])
def test_a_repository_without_a_commit(tmp_path: Path, form: str) -> None:
    call(tmp_path, "init", "-q", f"--object-format={form}", ".")
    (tmp_path / "source/one").mkdir(parents=True)
    (tmp_path / "source/one/manuscript.md").write_text("One.\n")

    assert linting.changed(Project.at(tmp_path)) == ("one",)


def test_the_work_tree_is_not_where_the_repository_says(hostile: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    call(hostile, "config", "core.worktree", str(tmp_path / "home"))

    with pytest.raises(ToolError), git.asked(hostile):
        pass


def test_no_repository_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ToolError), git.asked(tmp_path):
        pass


def test_nobody_is_sent_to_ask_such_a_repository_plainly(
    hostile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git, "SECONDS", 0.0)

    with pytest.raises(ToolError) as caught:
        git.commit(hostile, "HEAD")
    (found,) = caught.value.diagnostics
    assert found.code == "git-slow"
    assert "by itself" not in found.remedy
