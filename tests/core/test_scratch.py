from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

BEGIN = """
import multiprocessing, os, sys, tempfile, time
from faircopy.core import scratch
scratch.begin()
from pathlib import Path
folder = Path(tempfile.mkdtemp())
(folder / "litter").write_text("a")
assert folder.parent == Path(os.environ["TMPDIR"])
print(folder.parent, flush=True)
"""


def run(tmp_path: Path, script: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", BEGIN + script],
        env={**os.environ, "TMPDIR": str(tmp_path)}, stdout=subprocess.PIPE, text=True,
        stderr=subprocess.PIPE,
    )  # fmt: skip


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A folder whose path is short: pytest's own are too long for a socket."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("", 0),
        ("sys.exit(3)", 3),
        ("raise ValueError", 1),
        ("os.waitpid(os.fork() or os._exit(0), 0)", 0),
        ("os.fork() == 0 and sys.exit(0) or os.wait()", 0),
        ("multiprocessing.get_context('fork').Process(target=int).start()", 0),
    ],
)
def test_the_folder_goes_however_a_command_ends(tmp_path: Path, script: str, code: int) -> None:
    done = run(tmp_path, f"if __name__ == '__main__':\n    {script or 'pass'}\n")
    said = done.communicate(timeout=60)
    assert done.returncode == code, said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_goes_when_somebody_ends_the_command(tmp_path: Path, number: signal.Signals) -> None:
    done = run(tmp_path, "time.sleep(60)")
    assert done.stdout
    done.stdout.readline()
    done.send_signal(number)
    done.communicate(timeout=60)
    assert done.returncode
    assert list(tmp_path.iterdir()) == []


def test_a_forked_child_that_is_ended_takes_nothing_away(tmp_path: Path) -> None:
    script = """
child = os.fork()
if child == 0:
    time.sleep(60)
    os._exit(0)
time.sleep(0.1)
os.kill(child, 15)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -15
assert (folder / "litter").exists()
"""
    done = run(tmp_path, script)
    assert done.communicate(timeout=60)[1] == ""
    assert done.returncode == 0


def test_what_a_killed_command_left_the_next_one_takes_away(tmp_path: Path) -> None:
    lives, killed = run(tmp_path, "time.sleep(60)"), run(tmp_path, "time.sleep(60)")
    assert lives.stdout
    assert killed.stdout
    left = Path(killed.stdout.readline().strip())
    stays = Path(lives.stdout.readline().strip())
    killed.kill()
    killed.communicate(timeout=60)
    (tmp_path / "mine").mkdir()
    link = tmp_path / f"{left.name}x"
    link.symlink_to(tmp_path / "mine")
    (tmp_path / "mine" / "a").write_text("a")
    assert left.exists()
    run(tmp_path, "").communicate(timeout=60)
    assert not left.exists()
    assert stays.exists()
    assert (tmp_path / "mine" / "a").exists()
    lives.terminate()
    lives.communicate(timeout=60)


@pytest.mark.parametrize("name", ["none", "long" * 20])
def test_without_a_folder_for_it_all_stays_as_it_is(tmp_path: Path, name: str) -> None:
    if name != "none":
        (tmp_path / name).mkdir()
    script = (
        "from faircopy.core import scratch; scratch.begin(); import os; print(os.environ['TMPDIR'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, "TMPDIR": str(tmp_path / name)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == str(tmp_path / name)
