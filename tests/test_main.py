"""The door in a stranger's folder: no module that lies there is taken for one of Python's."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

NAMES = ("multiprocessing", "selectors", "socket", "struct", "signal", "json", "msgspec")
WORK = """
from faircopy.publish.workers import Workers
if __name__ == "__main__":
    with Workers(1) as crew:
        print("came to", crew.submit(len, "abc").result())
"""
SHUT = f"from faircopy.__main__ import shut_out_modules\nshut_out_modules()\n{WORK}"
DOOR = """
import os, sys
from faircopy.__main__ import run
sys.argv[1:] = ["--version"]
try:
    run()
except SystemExit:
    pass
print("came to", os.environ.get("PYTHONSAFEPATH"))
"""


SERVED = """
import os, sys
from faircopy.__main__ import run
sys.argv[1:] = [{!r}]
try:
    run()
except SystemExit:
    pass
served = sys.modules.get("multiprocessing.forkserver")
print(os.waitpid(served._forkserver._forkserver_pid, 0)[1] if served else None)
"""


@pytest.mark.parametrize(("program", "said"), [(SHUT, "came to 3"), (DOOR, "came to 1")])
def test_no_module_of_a_strangers_folder_is_run(program: str, said: str, tmp_path: Path) -> None:
    out, marks = started(program, tmp_path)

    assert said in out
    assert not marks


def test_workers_that_are_begun_without_care_run_one(tmp_path: Path) -> None:
    _, marks = started(WORK, tmp_path)

    assert marks


@pytest.mark.skipif(sys.platform != "linux", reason="the workers of others are no forks")
@pytest.mark.parametrize(("task", "status"), [("build", "9"), ("--version", "None")])
def test_a_build_begins_the_server_of_its_workers_first_and_leaves_none(
    task: str, status: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SERVED.format(task)],
        cwd=tmp_path,
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.split()[-1] == status


def test_who_stands_in_the_folder_looks_there_no_more(tmp_path: Path) -> None:
    (tmp_path / "uuid.py").write_text("raise SystemExit('a stranger')")
    program = "import faircopy.__main__ as door\ndoor.shut_out_modules()\nimport uuid"
    command = [sys.executable, "-c", program]
    assert subprocess.run(command, cwd=tmp_path, env=plain(), check=False).returncode == 0


def plain() -> dict[str, str]:
    """Return the environment without what the door has said already."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}


def started(program: str, folder: Path) -> tuple[str, list[Path]]:
    """Run a program as a script that is installed is, in a folder with modules of a stranger."""
    script = folder / "bin/faircopy"
    place = folder / "project"
    place.mkdir()
    script.parent.mkdir()
    script.write_text(program)
    for name in NAMES:
        (place / f"{name}.py").write_text(f"open({str(folder / f'{name}.ran')!r}, 'w').close()\n")
    command = [sys.executable, str(script)]
    done = subprocess.run(
        command, cwd=place, env=plain(), capture_output=True, text=True, check=False
    )
    return done.stdout, [*folder.glob("*.ran")]
