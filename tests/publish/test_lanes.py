from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import wait
from pathlib import Path

import pytest
from faircopy.core.diagnostics import EditionError, Place
from faircopy.publish.forked import ForkedCrew
from faircopy.publish.lanes import Crew, Hire, Lane, SpawnedCrew, after, hire, processors

SLOW = 30.0


def nothing() -> None:
    """Load nothing."""


def double(number: int) -> int:
    return 2 * number


def pid() -> int:
    return os.getpid()


def nap(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def warmed() -> str:
    return os.environ.get("WARMED_BY", "")


def warm_up() -> None:
    os.environ["WARMED_BY"] = str(os.getpid())


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail() -> int:
    raise EditionError.because("impossible", "No.", "Never.", Place("a.md", 3))


class Stubborn(Exception):
    def __init__(self, one: int, two: int) -> None:
        super().__init__("cannot travel")


def fail_unpicklably() -> None:
    raise Stubborn(1, 2)


def cannot_load() -> None:
    raise ImportError("no such library")


crews = pytest.mark.parametrize(
    "crew", [ForkedCrew, pytest.param(SpawnedCrew, marks=pytest.mark.slow)]
)


@crews
def test_jobs_of_both_lanes_come_back(crew: Hire) -> None:
    with crew(2, typesetters=2, warm_up=nothing) as hands:
        futures = [hands.executor(lane).submit(double, n) for n in range(20) for lane in Lane]
        assert [future.result(SLOW) for future in futures] == [
            2 * n for n in range(20) for _ in Lane
        ]


@crews
def test_an_error_comes_back_with_its_findings_and_its_traceback(crew: Hire) -> None:
    with crew(1, typesetters=0, warm_up=nothing) as hands:
        error = hands.executor(Lane.LIGHT).submit(fail).exception(SLOW)
    assert isinstance(error, EditionError)
    assert str(error.diagnostics[0].place) == "a.md:3"


def test_an_error_that_cannot_travel_comes_as_its_words() -> None:
    with ForkedCrew(1, typesetters=0, warm_up=nothing) as hands:
        error = hands.executor(Lane.LIGHT).submit(fail_unpicklably).exception(SLOW)
    assert "Stubborn" in str(error)


def test_typesetters_load_once_and_are_several() -> None:
    with ForkedCrew(3, typesetters=3, warm_up=warm_up) as hands:
        setting = hands.executor(Lane.TYPESETTING)
        naps = [setting.submit(nap, 0.3) for _ in range(3)]
        assert len({future.result(SLOW) for future in naps}) == 3
        assert len({setting.submit(warmed).result(SLOW) for _ in range(6)} - {""}) == 1


def test_light_work_does_not_wait_for_loading() -> None:
    def load_slowly() -> None:
        time.sleep(1.0)

    with ForkedCrew(2, typesetters=1, warm_up=load_slowly) as hands:
        began = time.monotonic()
        hands.executor(Lane.LIGHT).submit(pid).result(SLOW)
        assert time.monotonic() - began < 0.5


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_more_jobs_run_at_a_time_than_allowed(tmp_path: Path, jobs: int) -> None:
    with ForkedCrew(jobs, typesetters=4, warm_up=nothing) as hands:
        futures = [hands.executor(lane).submit(count, tmp_path) for _ in range(6) for lane in Lane]
        assert max(future.result(SLOW) for future in futures) == jobs


def count(folder: Path) -> int:
    """Return how many of us are here at the same time."""
    mine = folder / f"{os.getpid()}"
    mine.touch()
    time.sleep(0.03)
    here = len(list(folder.iterdir()))
    mine.unlink()
    return here


def test_what_cannot_be_loaded_is_left_to_the_job_to_tell() -> None:
    with ForkedCrew(1, typesetters=1, warm_up=cannot_load) as hands:
        assert hands.executor(Lane.TYPESETTING).submit(double, 4).result(SLOW) == 8


@pytest.mark.parametrize("lane", list(Lane))
def test_when_a_worker_dies_its_job_fails_and_the_rest_is_done(lane: Lane) -> None:
    with ForkedCrew(2, typesetters=2, warm_up=nothing) as hands:
        futures = [hands.executor(lane).submit(double, n) for n in range(4)]
        lost = hands.executor(lane).submit(die)
        futures += [hands.executor(lane).submit(double, n) for n in range(4)]
        assert isinstance(lost.exception(SLOW), EditionError)
        assert [future.result(SLOW) for future in futures] == [0, 2, 4, 6, 0, 2, 4, 6]


def test_when_all_workers_die_every_job_fails_and_none_hangs() -> None:
    with ForkedCrew(1, typesetters=1, warm_up=nothing) as hands:
        futures = [hands.executor(lane).submit(die) for lane in Lane for _ in range(3)]
        done, waiting = wait(futures, SLOW)
        assert not waiting
        assert all(isinstance(future.exception(), EditionError) for future in done)
        late = hands.executor(Lane.LIGHT).submit(double, 1)
        assert isinstance(late.exception(SLOW), EditionError)


def test_leaving_by_an_exception_ends_the_workers_at_once() -> None:
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert time.monotonic() - began < 5


def interrupted() -> None:
    with ForkedCrew(2, typesetters=1, warm_up=nothing) as hands:
        for lane in Lane:
            hands.executor(lane).submit(nap, 20.0)
        time.sleep(0.1)
        raise KeyboardInterrupt


def test_a_crew_without_work_ends() -> None:
    with ForkedCrew(2, typesetters=2, warm_up=nothing):
        pass


def test_large_values_pass_both_ways() -> None:
    data = os.urandom(3_000_000)
    with ForkedCrew(2, typesetters=1, warm_up=nothing) as hands:
        futures = [hands.executor(lane).submit(bytes, data) for _ in range(3) for lane in Lane]
        assert all(future.result(SLOW) == data for future in futures)


def test_this_system_gets_a_crew() -> None:
    crew: Crew = hire(1, typesetters=0, warm_up=nothing)
    with crew as hands:
        assert hands.executor(Lane.LIGHT).submit(double, 21).result(SLOW) == 42
    assert processors() >= 1


@pytest.mark.parametrize("crew", [ForkedCrew, SpawnedCrew])
def test_a_job_that_follows_another_needs_nobody_who_waits(crew: Hire) -> None:
    with crew(2, typesetters=1, warm_up=nothing) as hired:
        light, setting = hired.executor(Lane.LIGHT), hired.executor(Lane.TYPESETTING)
        whole = after(light.submit(double, 2), lambda four: setting.submit(double, four))
        assert whole.result(SLOW) == 8


@pytest.mark.parametrize(("first", "second"), [(fail, double), (double, fail)])
def test_a_job_fails_with_the_one_before_or_by_itself(
    first: Callable[..., int], second: Callable[..., int]
) -> None:
    with ForkedCrew(2, typesetters=0, warm_up=nothing) as crew:
        light = crew.executor(Lane.LIGHT)
        begun = light.submit(first, *(() if first is fail else (1,)))
        whole = after(begun, lambda _: light.submit(second, *(() if second is fail else (1,))))
        with pytest.raises(EditionError, match="No"):
            whole.result(SLOW)
