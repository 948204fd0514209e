from __future__ import annotations

import ctypes
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, wait
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest
from faircopy.core import limits
from faircopy.core.diagnostics import EditionError, FaircopyError, Place
from faircopy.publish import budget, server, workers
from faircopy.publish.crew import Crew, hire, processors
from faircopy.publish.translations import bundling, returned, telling
from faircopy.publish.workers import Workers

from tests.publish.fakes import project

SLOW = 60.0
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the limits are Linux's")


def double(number: int) -> int:
    return 2 * number


def nap(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_in_the_middle_of_an_answer() -> bytes:
    """End as a process does that the system ends while it sends what it made."""

    def half(self: Connection, data: bytes, write: object = None) -> None:
        os.write(self.fileno(), data[: len(data) // 2])
        die()

    Connection._send = half  # type: ignore[attr-defined]
    return bytes(1_000_000)


def fail() -> int:
    raise EditionError.because("impossible", "No.", "Never.", Place("a.md", 3))


class Stubborn(Exception):
    def __init__(self, one: int, two: int) -> None:
        super().__init__("cannot travel")


def fail_unpicklably() -> None:
    raise Stubborn(1, 2)


def turn(*args: object, **kwargs: object) -> None:
    while True:
        pass


def swell() -> int:
    return len(bytearray(3 * limits.JOB_MEMORY.most * limits.MEGABYTE))


def swell_beneath_python() -> None:
    """Do what a C library does that ends the process when it gets no memory."""
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    if not libc.malloc(ctypes.c_size_t(3 * limits.JOB_MEMORY.most * limits.MEGABYTE)):
        libc.abort()


def keeps_what_it_compiles() -> bool:
    return not sys.dont_write_bytecode


def is_loaded(module: str) -> bool:
    return module in sys.modules


def codes(error: BaseException | None) -> list[str]:
    assert isinstance(error, FaircopyError), error
    return [item.code for item in error.diagnostics]


@pytest.fixture(scope="module")
def crew() -> Iterator[Crew]:
    with Workers(2, ("faircopy.publish.loaded",)) as hands:
        yield hands


def test_jobs_come_back(crew: Crew) -> None:
    futures = [crew.submit(double, n) for n in range(20)]
    assert [future.result(SLOW) for future in futures] == [2 * n for n in range(20)]


def test_an_error_comes_back_with_its_findings_and_its_traceback(crew: Crew) -> None:
    error = crew.submit(fail).exception(SLOW)
    assert isinstance(error, EditionError)
    assert str(error.diagnostics[0].place) == "a.md:3"
    assert "in fail" in error.__notes__[0]


def test_an_error_that_cannot_travel_comes_as_its_words(crew: Crew) -> None:
    assert "Stubborn" in str(crew.submit(fail_unpicklably).exception(SLOW))


@pytest.mark.slow
def test_typesetting_is_loaded_before_the_first_job() -> None:
    """Elsewhere, as this process may have a server that was begun for less."""
    program = (
        "from faircopy.publish.workers import Workers\n"
        "from tests.publish.test_workers import is_loaded, keeps_what_it_compiles\n"
        "with Workers(1, ('faircopy.publish.loaded',)) as crew:\n"
        "    assert crew.submit(is_loaded, 'faircopy.writers.pdf.engine').result(60)\n"
        "    assert crew.submit(is_loaded, 'weasyprint').result(60)\n"
        "    assert not crew.submit(is_loaded, 'fontTools.varLib').result(60)\n"
        "    assert crew.submit(keeps_what_it_compiles).result(60)\n"
    )
    subprocess.run([sys.executable, "-B", "-c", program], cwd=Path(__file__).parents[2], check=True)


@pytest.mark.parametrize(
    ("job", "code"),
    [
        (swell, "job-memory"),
        (swell_beneath_python, "worker-lost"),
        (die, "worker-lost"),
        (die_in_the_middle_of_an_answer, "worker-lost"),
    ],
)
def test_a_job_over_its_budget_is_ended_and_the_others_go_on(
    crew: Crew, job: Callable[[], object], code: str
) -> None:
    before = [crew.submit(double, n) for n in range(4)]
    ended = crew.submit(job)
    behind = [crew.submit(double, n) for n in range(4)]
    assert codes(ended.exception(SLOW)) == [code]
    assert [future.result(SLOW) for future in (*before, *behind)] == [0, 2, 4, 6, 0, 2, 4, 6]


@pytest.mark.parametrize(("job", "args"), [(turn, ()), (nap, (500.0,))])
def test_a_job_that_takes_too_long_is_ended(job: Callable[..., object], args: tuple[float]) -> None:
    with Workers(1, seconds=1) as hands:
        ended = hands.submit(job, *args)
        behind = hands.submit(double, 21)
        assert codes(ended.exception(SLOW)) == ["job-time"]
        assert behind.result(SLOW) == 42


def ended(asked: Sequence[Future[int]]) -> list[str]:
    """Wait until jobs are done or told, and return what is told."""
    assert not wait(asked, SLOW).not_done
    return [code for item in asked if (lost := item.exception()) for code in codes(lost)]


def test_a_server_that_is_killed_costs_what_is_being_done_and_no_more() -> None:
    """Killed at the start, when it may be loading yet, and in the middle of some jobs."""
    with Workers(2) as hands:
        server.end()
        assert ended([hands.submit(double, 1)]) == []
        lost = [hands.submit(nap, 500.0) for _ in range(2)]
        behind = [hands.submit(double, n) for n in range(4)]
        server.end()
        assert ended(lost) == ["worker-lost"] * 2
        assert ended(behind) == []


@pytest.mark.slow
def test_a_server_that_is_killed_again_and_again_lets_nothing_wait_without_end() -> None:
    """At moments that nobody chose: every job ends, done or told, and a last one is done."""
    moments = random.Random(10)
    with Workers(2) as hands:
        asked = [hands.submit(nap, 0.02) for _ in range(60)]
        for _ in range(8):
            time.sleep(moments.random() / 4)
            server.end()
        assert {*ended(asked)} <= {"worker-lost", "worker-not-begun"}
        ended([hands.submit(double, 1)])  # it may be the one that finds out
        assert hands.submit(double, 21).result(SLOW) == 42


def test_what_the_user_lets_it_have_is_not_more_than_that() -> None:
    assert budget._lower(5, 3) == 3
    assert budget._lower(5, -1) == 5


def test_when_every_job_dies_every_one_fails_and_none_hangs() -> None:
    with Workers(1) as hands:
        futures = [hands.submit(die) for _ in range(4)]
        assert not wait(futures, SLOW).not_done
        assert all(codes(future.exception()) == ["worker-lost"] for future in futures)
        assert hands.submit(double, 1).result(SLOW) == 2


def test_a_process_that_ends_between_two_jobs_costs_none() -> None:
    with Workers(1) as hands:
        os.kill(pid := hands.submit(os.getpid).result(SLOW), signal.SIGKILL)
        seat: Any = hands._seats[0]
        seat.pool._executor_manager_thread.join(SLOW)  # until it is known
        assert hands.submit(os.getpid).result(SLOW) != pid


@pytest.mark.parametrize(
    ("command", "at"), [(telling.export, bundling), (telling.take_in, returned)]
)
def test_a_whole_command_has_a_budget_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Callable[..., bool], at: ModuleType
) -> None:
    place = project(tmp_path, one="words")
    monkeypatch.setattr(at, command.__name__, turn)
    monkeypatch.setattr(workers, "JOB_TIME", msgspec.structs.replace(limits.JOB_TIME, most=1))
    with pytest.raises(EditionError) as raised:
        command("ru" if command is telling.export else [Path("a.xlf")], project=place)
    (told,) = raised.value.diagnostics
    assert told.code == "job-time"
    assert "port was stopped" in told.message
    assert "at a time" in told.remedy


def test_what_is_given_up_is_not_begun_and_old_work_is_ended() -> None:
    with Workers(1) as crew:
        young = crew.submit(nap, 0.5)
        waiting = crew.submit(nap, 0.0)
        crew.give_up(SLOW)
        assert waiting.cancelled()
        number = young.result(SLOW)
        old = crew.submit(nap, SLOW)
        time.sleep(0.3)
        crew.give_up(0.1)
        assert codes(old.exception()) == ["worker-lost"]
        assert crew.submit(nap, 0.0).result(SLOW) != number


def test_leaving_by_an_exception_ends_the_workers_at_once() -> None:
    pids: list[int] = []

    def interrupted() -> None:
        with Workers(2) as hands:
            pids.append(hands.submit(nap, 0.0).result(SLOW))
            for _ in range(3):
                hands.submit(nap, 500.0)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with pytest.raises(ProcessLookupError):
        os.kill(pids[0], 0)


def test_a_crew_without_work_ends() -> None:
    with Workers(2):
        pass


def test_large_values_pass_both_ways(crew: Crew) -> None:
    data = os.urandom(3_000_000)
    futures = [crew.submit(bytes, data) for _ in range(6)]
    assert all(future.result(SLOW) == data for future in futures)


def test_this_system_gets_a_crew() -> None:
    with hire(1) as hands:
        assert hands.submit(double, 21).result(SLOW) == 42
        assert hands.size == 1
    assert processors() >= 1
