"""``./inv compare``: what changed between two states, sentence by sentence."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from faircopy.core.diagnostics import FaircopyError
from faircopy.intake import parts_of
from faircopy.intake.changes import tracked
from faircopy.intake.package import opened
from faircopy.manuscript import read
from faircopy.publish.manuscripts import comparing
from faircopy.publish.manuscripts.comparing import Comparison, compare
from faircopy.publish.project import Project
from faircopy.revision.compared import compared

from tests.editions import INTERVIEW, ROOT

HEAD = "---\ntitle: The gauge\nlang: en-GB\nkind: article\n---\n\n"
FIRST = HEAD + "It was read every morning. Nobody asked why. It stands there.\n\nThe end is near.\n"
THEN = HEAD + (
    "It was read each morning. It stands *there*.\n\nA new paragraph. It has two sentences.\n\n"
    "The end is near.\n"
)


WHO = ("-c", "user.name=a", "-c", "user.email=a@b.example")


def git(root: Path, *args: str) -> None:
    subprocess.run(["git", *WHO, *args], cwd=root, check=True)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    folder = tmp_path / "source" / "gauge"
    folder.mkdir(parents=True)
    (folder / "manuscript.md").write_text(FIRST, "utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "source")
    git(tmp_path, "commit", "-q", "-m", "first")
    git(tmp_path, "tag", "one")
    (folder / "manuscript.md").write_text(THEN, "utf-8")
    return Project.at(tmp_path)


def folder(project: Project) -> Path:
    return project.source / "gauge"


def said(project: Project, old: str, new: str = "today") -> list[tuple[str, str]]:
    return [
        (" ".join(s.text for s in one.old), " ".join(s.text for s in one.new))
        for one in compare(project, folder(project), old, new).changes
    ]


CHANGES = [
    (
        "It was read every morning. Nobody asked why.",
        "It was read each morning.",
    ),
    ("", "A new paragraph. It has two sentences."),
]


def test_sentences_that_changed(project: Project) -> None:
    assert said(project, "one") == CHANGES
    assert said(project, "HEAD") == CHANGES
    assert said(project, "today", "one") == [(new, old) for old, new in CHANGES]
    assert said(project, "today") == []


def tree(root: Path, *entries: tuple[str, str, str]) -> str:
    """Write a tree of entries (mode and kind, object, name); return its name."""
    lines = "".join(f"{kind} {blob}\t{name}\n" for kind, blob, name in entries)
    told = subprocess.run(
        ["git", "mktree", "--missing"], cwd=root, input=lines.encode(), check=True,
        capture_output=True,
    )  # fmt: skip
    return told.stdout.decode().strip()


def test_a_tree_without_end_is_not_listed_to_its_end(project: Project) -> None:
    root = project.root
    inner = subprocess.run(["git", "rev-parse", "one:source/gauge"], cwd=root, check=True,
                           capture_output=True).stdout.decode().strip()  # fmt: skip
    for _ in range(10):
        inner = tree(root, *(("040000 tree", inner, f"{number:02}") for number in range(20)))
    top = tree(root, ("040000 tree", tree(root, ("040000 tree", inner, "gauge")), "source"))
    told = subprocess.run(["git", *WHO, "commit-tree", top, "-m", "bomb"], cwd=root, check=True,
                          capture_output=True)  # fmt: skip
    git(root, "update-ref", "refs/heads/bomb", told.stdout.decode().strip())

    with pytest.raises(FaircopyError, match="state-too-large"):
        said(project, "bomb")


def test_a_folder_is_a_state(project: Project, tmp_path: Path) -> None:
    other = tmp_path / "other" / "source" / "gauge"
    other.mkdir(parents=True)
    (other / "manuscript.md").write_text(FIRST, "utf-8")
    for path in (other, tmp_path / "other"):
        assert said(project, str(path)) == CHANGES


def test_a_release_is_a_state(project: Project) -> None:
    recorded = '[[release]]\nversion = "1"\ndate = 2098-01-01T00:00:00Z\n'
    (folder(project) / "editions.toml").write_text(recorded, "utf-8")
    assert said(project, "1") == CHANGES


@pytest.mark.parametrize("name", ["no-such", "--help", "one:source", "../../etc"])
def test_what_is_no_state_is_refused(project: Project, name: str) -> None:
    with pytest.raises(FaircopyError, match="no folder with this manuscript"):
        compare(project, folder(project), name, "today")


def test_words_set_otherwise_are_a_change(project: Project) -> None:
    place = folder(project)
    old = read(place, text=FIRST.encode())
    new = read(place, text=FIRST.replace("The end", "The *end*").encode())
    (change,) = compared(old, new)
    assert change.set_otherwise
    assert [one.text for one in change.new] == ["The end is near."]


def test_what_languages_lack_is_counted(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new" / "source" / INTERVIEW
    for place in (old, new):
        shutil.copytree(ROOT / "source" / INTERVIEW, place)
    path = new / "manuscript.md"
    path.write_text(path.read_text("utf-8").replace("protracted", "very long"), "utf-8")
    project = Project.at(tmp_path / "new")
    found = compare(project, new, str(old), "today").stale
    assert {one.lang for one in found} == {"kk", "ru", "ur"}
    assert {(one.lacked, one.lacks) for one in found} == {(0, 1)}


def test_what_is_shown(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert comparing.show("one", "today", project=project)
    shown = capsys.readouterr().out
    assert "gauge: one → today: 2 changes" in shown
    assert "+ A new paragraph. It has two sentences." in shown
    assert comparing.show("one", "today", json=True, project=project)
    (found,) = json.loads(capsys.readouterr().out)
    assert [one["new"] for one in found["changes"]] == [new for _, new in CHANGES]


@pytest.mark.slow
def test_an_erratum_names_both_pages(project: Project) -> None:
    long = THEN.replace("The end", "Much more of it.\n\n" * 200 + "At last the end")
    (folder(project) / "manuscript.md").write_text(long, "utf-8")
    found = compare(project, folder(project), "one", "today", "a5")
    (last,) = (one for one in comparing.lines(found) if "At last" in one)
    shown = list(comparing.lines(found))
    where = shown[shown.index(last) - 2 : shown.index(last)]
    assert any("a5: p. 1 → p. " in line and "→ p. 1" not in line for line in where)


@pytest.mark.slow
def test_a_redline_and_the_changed_pages_are_written(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert comparing.show("one", "today", page="a5", out=str(out), project=project)
    paths = [out / "gauge" / name for name in (comparing.REDLINE, comparing.INDEX)]
    assert capsys.readouterr().out.splitlines()[-2:] == [str(path) for path in paths]
    first = [path.read_bytes() for path in paths]
    found = opened(first[0], "redline.docx")
    assert tracked(*parts_of(found).roots).authors == ("not committed",)
    assert comparing.show("one", "today", page="a5", out=str(out), project=project)
    assert [path.read_bytes() for path in paths] == first


def test_a_folder_that_is_none_is_told(project: Project, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    made = Comparison("gauge", "a", "b", (), (), files={"x": b""})
    with pytest.raises(FaircopyError, match="could not be written"):
        list(comparing._write(tmp_path / "out", made))
