"""The developers' tasks: what they run, and that one failure hides no other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import pytest
from faircopy.core import process
from faircopy.core.diagnostics import ToolError
from faircopy.workshop import proving as workshop

ROOT = Path(__file__).parents[2]


class Terminal:
    """Runs nothing, and remembers what it was asked to run."""

    def __init__(self, failing: str = "") -> None:
        self.failing = failing
        self.ran: list[list[str]] = []

    def attended(self, args: Sequence[str], *, cwd: Path, without: Collection[str] = ()) -> int:
        assert cwd == ROOT
        self.ran.append([*args])
        return int(self.failing in args)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    made = Terminal()
    monkeypatch.setattr(process, "attended", made.attended)
    return made


def test_everything_is_run_though_the_first_fails(
    terminal: Terminal, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal.failing = "ruff"
    assert not workshop.prove(ROOT)
    assert [args[2] for args in terminal.ran] == ["ruff", "ruff", "mypy", "pytest"]
    assert capsys.readouterr().err == "failed: ruff, ruff\n"


def test_tests_may_begin_programs_that_import_tests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build's own programs take no module from where they stand; those of tests do."""
    monkeypatch.setenv("PYTHONSAFEPATH", "1")
    (tmp_path / "begun.py").write_text("import os\nassert 'PYTHONSAFEPATH' not in os.environ\n")
    assert workshop._python(tmp_path, "begun")
    (tmp_path / "begun.py").write_text("raise SystemExit(3)\n")
    assert not workshop._python(tmp_path, "begun")


def test_the_tests_are_chosen(terminal: Terminal) -> None:
    assert workshop.prove(ROOT, only="words", fuzz=50)
    chosen = ["-n", "auto", "-k", "words", "--fuzz", "50"]
    assert terminal.ran[-1][2:] == ["pytest", *chosen]


def test_the_slow_tests_run_when_they_are_asked_for(terminal: Terminal) -> None:
    assert workshop.prove(ROOT)
    assert terminal.ran[-1][2:] == ["pytest", "-n", "auto", "-m", "not slow"]
    assert workshop.prove(ROOT, slow=True)
    assert terminal.ran[-1][2:] == ["pytest", "-n", "auto"]


def test_what_snapshots_change_is_shown_whatever_else_fails(terminal: Terminal) -> None:
    terminal.failing = "pytest"
    assert not workshop.take_snapshots(ROOT)
    assert [args[0] for args in terminal.ran][1:] == ["git"]


def test_a_program_at_the_terminal_says_how_it_ended() -> None:
    assert process.attended(["sh", "-c", "exit 3"], cwd=ROOT) == 3
    with pytest.raises(ToolError, match="not installed"):
        process.attended(["no-such-program"], cwd=ROOT)
