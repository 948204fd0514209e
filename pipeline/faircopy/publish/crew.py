"""Who does the work of a build, as far as a build needs to know.

A job is a function of bytes, so that a pool of processes will do, or a cluster.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from types import TracebackType
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Crew(Protocol):
    """Who takes jobs. Leaving the context by an exception stops all work at once."""

    @property
    def size(self) -> int:
        """How many jobs run at a time."""

    def submit(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have a function called elsewhere, and return the promise of its result."""

    def __enter__(self) -> Crew:
        """Begin; the processes may have begun to load before."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End all workers."""


class Hire(Protocol):
    """How a build gets its crew."""

    def __call__(self, jobs: int, loaded: Sequence[str] = ()) -> Crew:
        """Return a crew that does at most ``jobs`` jobs at a time.

        ``loaded`` names modules that each worker has loaded, once for all where that can be done.
        """


def hire(jobs: int, loaded: Sequence[str] = ()) -> Crew:
    """Return the pool of processes; see `Hire`."""
    from faircopy.publish.workers import Workers  # a rebuild of nothing needs none

    return Workers(jobs, loaded)


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
