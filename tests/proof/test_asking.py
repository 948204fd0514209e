"""Everybody is asked once: what was said of the same bytes is kept, and what did not run is not."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest
from faircopy.core.model import Artifact
from faircopy.proof import judges, tools
from faircopy.proof.asking import Asking, Subject
from faircopy.proof.fidelity import Proof
from faircopy.proof.judges import Judge
from faircopy.proof.kept import Memory
from faircopy.proof.verdict import Status, Verdict


class Shelf:
    """A store in memory that can be full."""

    def __init__(self) -> None:
        self.kept: dict[str, Proof] = {}
        self.full = False

    def load(self, key: str) -> Proof | None:
        return self.kept.get(key)

    def store(self, key: str, value: Proof) -> None:
        if self.full:
            raise OSError("full")
        self.kept[key] = value


class Court:
    """Judges that count how often, and about what, they were asked."""

    def __init__(self, status: Status = Status.PASSED) -> None:
        self.asked: list[tuple[str, ...]] = []
        self.status = status

    def ask_all(self, judge: Judge, paths: Sequence[Path]) -> tuple[Verdict, ...]:
        self.asked.append((judge.name, *(path.name for path in paths)))
        return tuple(Verdict(judge.name, path.name, self.status) for path in paths)

    def ask(self, judge: Judge, path: Path) -> Verdict:
        return self.ask_all(judge, [path])[0]


TABLE = (
    Judge("slow", "m", ".pdf", ("java",), together=True),
    Judge("quick", "m", ".pdf", ("qpdf",)),
    Judge("other", "m", ".epub"),
)


@pytest.fixture
def court(monkeypatch: pytest.MonkeyPatch) -> Court:
    made = Court()
    monkeypatch.setattr(judges, "JUDGES", TABLE)
    monkeypatch.setattr(judges, "ask", made.ask)
    monkeypatch.setattr(judges, "ask_all", made.ask_all)
    return made


def _memory(shelf: Shelf, **changes: object) -> Memory:
    usual = Memory(place=shelf, state="s", now="2026-01-01 10:00:00+00:00")
    return msgspec.structs.replace(usual, **changes)


def _hear(folder: Path, memory: Memory | None, **files: bytes) -> dict[str, tuple[Verdict, ...]]:
    subjects = []
    for name, data in files.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(data)
        artifact = Artifact(name=path.name, media_type="", data=data, facts={})
        subjects.append(Subject(path, artifact, None))
    with ThreadPoolExecutor(2) as pool:
        asking = Asking(subjects, pool, memory)
        return {subject.path.name: asking.verdicts(subject) for subject in subjects}


def test_one_java_for_all_files_of_a_kind(court: Court, tmp_path: Path) -> None:
    heard = _hear(tmp_path, None, a_pdf=b"1", b_pdf=b"2", c_epub=b"3")
    assert ("slow", "a.pdf", "b.pdf") in court.asked
    assert {name: [item.name for item in said] for name, said in heard.items()} == {
        "a.pdf": ["slow", "quick"],
        "b.pdf": ["slow", "quick"],
        "c.epub": ["other"],
    }
    assert [item.version for item in heard["b.pdf"]] == ["b.pdf", "b.pdf"]


def test_the_same_bytes_are_judged_once_and_the_verdict_says_when(
    court: Court, tmp_path: Path
) -> None:
    memory = _memory(Shelf())
    first = _hear(tmp_path, memory, a_pdf=b"1", b_pdf=b"2")
    assert {item.when for said in first.values() for item in said} == {""}
    court.asked.clear()
    again = _hear(tmp_path, memory, a_pdf=b"1", b_pdf=b"changed")
    assert sorted(court.asked) == [("quick", "b.pdf"), ("slow", "b.pdf")]
    assert {item.when for item in again["a.pdf"]} == {memory.now}
    assert {item.when for item in again["b.pdf"]} == {""}


@pytest.mark.parametrize("changes", [{"state": "other"}, {"fresh": True}])
def test_another_program_or_a_fresh_check_asks_anew(
    changes: dict[str, object], court: Court, tmp_path: Path
) -> None:
    shelf = Shelf()
    _hear(tmp_path, _memory(shelf), a_pdf=b"1")
    court.asked.clear()
    _hear(tmp_path, _memory(shelf, **changes), a_pdf=b"1")
    assert len(court.asked) == 2


def test_another_version_of_a_judge_is_asked_anew(
    court: Court, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf()
    _hear(tmp_path, _memory(shelf), a_pdf=b"1")
    court.asked.clear()
    monkeypatch.setattr(tools, "mark", lambda name: "newer" if name == "qpdf" else "")
    _hear(tmp_path, _memory(shelf), a_pdf=b"1")
    assert ("quick", "a.pdf") in court.asked


def test_what_did_not_run_is_not_kept(court: Court, tmp_path: Path) -> None:
    shelf = Shelf()
    court.status = Status.NOT_RUN
    _hear(tmp_path, _memory(shelf), a_pdf=b"1")
    assert shelf.kept == {}
    court.status = Status.FAILED
    _hear(tmp_path, _memory(shelf), a_pdf=b"1")
    assert len(shelf.kept) == 2


def test_a_full_disk_costs_nothing_but_time(court: Court, tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.full = True
    heard = _hear(tmp_path, _memory(shelf), a_pdf=b"1")
    assert [item.status for item in heard["a.pdf"]] == [Status.PASSED, Status.PASSED]


def test_a_programs_mark_tells_versions_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "qpdf"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    before = tools.mark("qpdf")
    program.write_text("#!/bin/sh\nexit 1\n")
    assert tools.mark("qpdf") != before
    assert tools.mark("java") == "missing"


def test_what_threads_ask_is_imported_before_they_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two threads that each import a part of a package wait for one another."""
    (tmp_path / "a_late_judge.py").write_text("def judge(path): ...")
    (tmp_path / "a.pdf").write_bytes(b"")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(judges, "JUDGES", (Judge("late", "a_late_judge", ".pdf"),))
    loaded = []

    class Pool(ThreadPoolExecutor):
        def submit(self, *args: Any, **kwargs: Any) -> Any:
            loaded.append("a_late_judge" in sys.modules)
            return super().submit(*args, **kwargs)

    artifact = Artifact(name="a.pdf", media_type="", data=b"", facts={})
    with Pool(1) as pool:
        Asking([Subject(tmp_path / "a.pdf", artifact, None)], pool, None)
    assert loaded == [True]
