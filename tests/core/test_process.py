from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest
from faircopy.core import process
from faircopy.core.diagnostics import ToolError

PYTHON = sys.executable
CODE = str(Path(__file__).parents[2] / "pipeline")


def code_of(caught: pytest.ExceptionInfo[ToolError]) -> str:
    return caught.value.diagnostics[0].code


def test_both_streams_and_the_code_come_back() -> None:
    script = "import sys; sys.stdout.write('out'); sys.stderr.write('err'); sys.exit(3)"
    done = process.run([PYTHON, "-c", script], timeout=30, check=False)
    assert done == process.Completed(b"out", b"err", 3)


def test_input_is_passed_byte_for_byte() -> None:
    data = bytes(range(256)) * 1000  # more than a pipe holds
    assert process.run(["cat"], input=data, timeout=30).stdout == data


def test_without_input_a_program_reads_an_empty_one() -> None:
    assert process.run(["cat"], timeout=60).stdout == b""


def test_arguments_never_meet_a_shell() -> None:
    hostile = "$(id); `id` && id | id > id \"'*"
    assert process.run(["printf", "%s", hostile], timeout=60).stdout.decode() == hostile


def test_folder_and_environment_are_set(tmp_path: Path) -> None:
    script = "import os; print(os.getcwd(), os.environ['FAIRCOPY_PROBE'], 'PATH' in os.environ)"
    done = process.run(
        [PYTHON, "-c", script], timeout=30, cwd=tmp_path, env_add={"FAIRCOPY_PROBE": "ж"}
    )
    assert done.stdout.decode().split() == [str(tmp_path.resolve()), "ж", "True"]


def test_failure_names_the_command_and_its_last_words() -> None:
    script = "import sys; sys.exit('no such chapter')"
    with pytest.raises(ToolError) as caught:
        process.run([PYTHON, "-c", script], timeout=30)
    assert code_of(caught) == "tool-failed"
    assert PYTHON in str(caught.value)
    assert "exit code 1: no such chapter" in str(caught.value)


def test_death_by_signal_is_named() -> None:
    with pytest.raises(ToolError, match="was ended by SIGKILL"):
        process.run(["sh", "-c", "kill -9 $$"], timeout=60)


def test_missing_program_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(ToolError) as caught:
        process.run(["pdftotext", "-"], timeout=60)
    assert code_of(caught) == "tool-missing"
    assert "poppler" in caught.value.diagnostics[0].remedy


def test_missing_program_that_nobody_listed_points_to_doctor() -> None:
    with pytest.raises(ToolError) as caught:
        process.run(["no-such-program-anywhere"], timeout=60)
    assert code_of(caught) == "tool-missing"
    assert "doctor" in caught.value.diagnostics[0].remedy


def test_missing_folder_is_not_a_missing_program(tmp_path: Path) -> None:
    with pytest.raises(ToolError) as caught:
        process.run(["cat"], timeout=5, cwd=tmp_path / "gone")
    assert code_of(caught) == "tool-not-started"


def test_unrunnable_file_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("not a program")
    with pytest.raises(ToolError) as caught:
        process.run([str(tmp_path / "plain")], timeout=60)
    assert code_of(caught) == "tool-not-started"


def _gone(pid: int) -> bool:
    """Whether a process is no more, or only waits to be collected by its new parent."""
    for _ in range(600):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        status = Path(f"/proc/{pid}/stat")
        if status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize(
    "leader_goes_on", [True, False], ids=["the leader hangs", "only its child hangs"]
)
def test_time_out_kills_the_whole_group(tmp_path: Path, *, leader_goes_on: bool) -> None:
    pids = tmp_path / "pids"
    script = f"sleep 600 & echo $! > '{pids}'" + ("; sleep 600" if leader_goes_on else "")
    with pytest.raises(ToolError) as caught:
        process.run(["sh", "-c", script], timeout=2)
    assert code_of(caught) == "tool-timeout"
    assert _gone(int(pids.read_text()))


def test_interruption_leaves_nothing_running(tmp_path: Path) -> None:
    pid = tmp_path / "pid"

    def interrupt(signum: int, frame: object) -> None:
        if pid.exists() and pid.read_text().strip():
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.1, 0.1)
    try:
        with pytest.raises(KeyboardInterrupt):
            process.run(["sh", "-c", f"echo $$ > '{pid}'; sleep 60"], timeout=30)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert _gone(int(pid.read_text()))


def test_a_program_that_was_collected_is_not_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its number may be another program's by then."""
    kill, killed = os.killpg, []

    def killpg(group: int, number: int) -> None:
        killed.append(group)
        kill(group, number)

    monkeypatch.setattr(os, "killpg", killpg)
    with (
        pytest.raises(ToolError, match="exit code 3: no such chapter"),
        process.talking(["sh", "-c", "echo no such chapter >&2; exit 3"], timeout=60) as talk,
    ):
        talk.receive()
    assert len(killed) == 1


def test_measuring_tells_time_and_memory() -> None:
    script = "import time; held = b'x' * 200_000_000; time.sleep(0.2)"
    command = [PYTHON, "-c", script]
    # In a process as small as that of a benchmark: Linux counts the parent's memory as the child's
    # until it is replaced.
    measuring = (
        "from faircopy.core import process\n"
        f"took = process.measure({command!r}, timeout=30)\n"
        "print(took.seconds, took.peak)"
    )
    said = process.run([PYTHON, "-c", measuring], timeout=60, cwd=Path(__file__).parents[2])
    seconds, peak = map(float, said.stdout.split())
    assert seconds >= 0.2
    assert 200_000_000 < peak < 400_000_000


def test_what_fails_has_measured_nothing() -> None:
    with pytest.raises(ToolError, match="no such chapter"):
        process.measure([PYTHON, "-c", "import sys; sys.exit('no such chapter')"], timeout=30)


def test_measuring_stops_what_takes_too_long() -> None:
    with pytest.raises(ToolError, match="SIGKILL"):
        process.measure(["sleep", "60"], timeout=0.2)


WORKED = """
import sys, time
from faircopy.core import process
while time.process_time() < 2:
    pass
turning = [sys.executable, "-c", "while True: pass"]
done = process.run([*process.within(1), *turning], timeout=300, check=False)
import resource
spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
print(-done.code, spent < 2)
"""


@pytest.mark.slow
def test_a_limit_of_time_is_the_childs_own_however_long_its_parent_has_worked() -> None:
    done = process.run([PYTHON, "-c", WORKED], timeout=600, env_add={"PYTHONPATH": CODE})
    assert done.stdout.split() == [str(int(signal.SIGXCPU)).encode(), b"True"]


def test_what_is_begun_within_a_limit_gets_its_words_as_they_are() -> None:
    hostile = "$(id); `id` && id | id > id \"'*"
    done = process.run([*process.within(5), "printf", "%s", hostile], timeout=60)
    assert done.stdout.decode() == hostile


def test_the_users_own_limit_stands() -> None:
    within = "from faircopy.core.process import within; print(within(9)[-1], within(2)[-1])"
    limited = ["sh", "-c", 'ulimit -t 5; exec "$@"', "sh", PYTHON, "-c", within]
    done = process.run(limited, timeout=60, env_add={"PYTHONPATH": CODE})
    assert done.stdout.split() == [b"5", b"2"]
