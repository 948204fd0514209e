"""Who does the work: worker processes behind `concurrent.futures.Executor`.

A job is a function of bytes, so that any executor will do: the forked crew below, a process pool
where forking is unsafe, or a cluster's (Dask's ``Client.get_executor()``). A crew has two lanes.
The typesetting lane loads WeasyPrint (half a second) while the manuscript is still being read;
the light lane never needs it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from enum import StrEnum
from types import TracebackType
from typing import Protocol, TypeVar

T = TypeVar("T")
U = TypeVar("U")


class Lane(StrEnum):
    """Which preparation a job needs."""

    LIGHT = "light"
    TYPESETTING = "typesetting"


class Crew(Protocol):
    """Executors by lane. Leaving the context by an exception stops all work at once."""

    def executor(self, lane: Lane) -> Executor:
        """Return who takes the jobs of ``lane``."""

    def __enter__(self) -> Crew:
        """Begin; typesetters may have begun to load before."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End all workers."""


class Hire(Protocol):
    """How a build gets its crew."""

    def __call__(self, jobs: int, *, typesetters: int, warm_up: Callable[[], object]) -> Crew:
        """Return a crew that does at most ``jobs`` jobs at a time.

        ``typesetters`` is the most typesetting jobs that will be there at a time (0: none);
        ``warm_up`` loads what they need, once for all of them where that can be done.
        """


def after(first: Future[T], then: Callable[[T], Future[U]]) -> Future[U]:
    """Return the promise of a job that needs another's result, and is handed out when it is there.

    Whoever waits need not be waiting at that moment. If the first job fails, so does the second.
    """
    whole: Future[U] = Future()

    def pass_on(done: Future[U]) -> None:
        error = done.exception()
        if error is None:
            whole.set_result(done.result())
        else:
            whole.set_exception(error)

    def go_on(done: Future[T]) -> None:
        try:
            then(done.result()).add_done_callback(pass_on)
        except BaseException as error:  # noqa: BLE001 - it is handed on, not dropped
            whole.set_exception(error)

    first.add_done_callback(go_on)
    return whole


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def hire(jobs: int, *, typesetters: int, warm_up: Callable[[], object]) -> Crew:
    """Return the crew that suits this system.

    On Linux workers are forked, so that they share what is loaded. On macOS the system's
    frameworks do not survive a fork (Pango draws on CoreText), so each worker is spawned.
    """
    if _forks_safely():
        from faircopy.publish.forked import ForkedCrew

        return ForkedCrew(jobs, typesetters=typesetters, warm_up=warm_up)
    return SpawnedCrew(jobs, typesetters=typesetters, warm_up=warm_up)


def _forks_safely() -> bool:
    return sys.platform == "linux"


class SpawnedCrew:
    """A crew of fresh processes: one pool a lane, each worker loads for itself."""

    def __init__(self, jobs: int, *, typesetters: int, warm_up: Callable[[], object]) -> None:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        context = get_context("spawn")
        setters = min(typesetters, max(1, jobs - 1))
        self._pools = {
            Lane.LIGHT: ProcessPoolExecutor(max(1, jobs - setters), context),
            Lane.TYPESETTING: ProcessPoolExecutor(max(1, setters), context),
        }
        if typesetters:
            self._pools[Lane.TYPESETTING].submit(warm_up)

    def executor(self, lane: Lane) -> Executor:
        """Return the pool of ``lane``."""
        return self._pools[lane]

    def __enter__(self) -> SpawnedCrew:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for pool in self._pools.values():
            workers = list((pool._processes or {}).values())
            pool.shutdown(wait=kind is None, cancel_futures=True)
            if kind is not None:
                for worker in workers:
                    worker.terminate()
