"""Whose the changes between two states are: as git says, and alike on each machine."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from faircopy.manuscript import read
from faircopy.publish.manuscripts.whose import whose
from faircopy.publish.project import Project
from faircopy.revision import written
from faircopy.revision.lines import Hand

HEAD = "---\ntitle: The gauge\nlang: en-GB\nkind: article\n---\n\n"
FIRST = HEAD + "It was read\nevery morning.\n\nIt stands there.\n\nThe end is near.\n"
THEN = FIRST.replace("every", "each")
LAST = THEN.replace("stands", "stood")
ANN, BOB = Hand("Ann", "2026-01-02T10:00:00Z"), Hand("Bob", "2026-01-03T10:00:00Z")


def committed(root: Path, text: str, hand: Hand) -> None:
    path = root / "source" / "gauge" / "manuscript.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    date = hand.date.replace("10:00:00Z", "12:00:00+02:00")
    who = {f"GIT_{one}_NAME": hand.author for one in ("AUTHOR", "COMMITTER")}
    who |= {f"GIT_{one}_EMAIL": "a@b.example" for one in ("AUTHOR", "COMMITTER")}
    who |= {f"GIT_{one}_DATE": date for one in ("AUTHOR", "COMMITTER")}
    for args in (("add", "source"), ("commit", "-q", "-m", "x"), ("tag", hand.author)):
        subprocess.run(["git", *args], cwd=root, env={**os.environ, **who}, check=True)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    committed(tmp_path, FIRST, Hand("Eve", "2026-01-01T10:00:00Z"))
    committed(tmp_path, THEN, ANN)
    committed(tmp_path, LAST, BOB)
    return Project.at(tmp_path)


def hands(project: Project, old: str, new: str, text: str) -> dict[str, Hand]:
    folder = project.source / "gauge"
    now = read(folder, text=text.encode())
    hand = whose(project, folder, old, new, now)
    found = {line.key.split()[-1]: hand([line.unit]) for line in written.lines(now)}
    return {**found, "": hand(["nowhere"])}


BOTH = Hand("Bob, Ann", BOB.date)


@pytest.mark.parametrize(
    ("old", "new", "text", "expected"),
    [
        ("Eve", "Bob", LAST, {"morning.": ANN, "there.": BOB, "near.": BOTH, "": BOTH}),
        ("Ann", "Bob", LAST, {"morning.": BOB, "there.": BOB, "": BOB}),
        ("Eve", "Ann", THEN, {"morning.": ANN, "": ANN}),
        ("Eve", "today", LAST, {"morning.": ANN, "there.": BOB, "": BOTH}),
    ],
)
def test_who_last_changed_a_line(
    project: Project, old: str, new: str, text: str, expected: dict[str, Hand]
) -> None:
    assert hands(project, old, new, text).items() >= expected.items()


def test_what_is_not_committed_has_no_date(project: Project) -> None:
    text = LAST.replace("near", "far")
    (project.source / "gauge" / "manuscript.md").write_text(text, "utf-8")
    found = hands(project, "Ann", "today", text)
    assert found["far."] == Hand("not committed")
    assert found["there."] == BOB
    assert found[""] == Hand("not committed, Bob")


def test_another_folder_is_its_own_author(project: Project, tmp_path: Path) -> None:
    other = tmp_path / "other" / "gauge"
    other.mkdir(parents=True)
    (other / "manuscript.md").write_text(THEN, "utf-8")
    assert hands(project, "Bob", str(other.parent), THEN)[""] == Hand(str(other.parent))
