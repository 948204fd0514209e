"""The inside of a worker: one job after the other, each within its budget of time and memory.

Time is the processor's (``RLIMIT_CPU``), so that a busy machine refuses nothing that a quiet one
makes; for a job that waits there is a longer one by the clock. The system itself ends the process,
and `faircopy.publish.workers` tells why. Memory is what the job's process takes on top of what
it had (``RLIMIT_AS``, on Linux): where there is no more, Python or the library says so.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import resource
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from faircopy.core.diagnostics import EditionError
from faircopy.core.limits import JOB_MEMORY, JOB_TIME, MEGABYTE

T = TypeVar("T")

sys.dont_write_bytecode = False
"""As in the build (`faircopy.cli.Door`), which cannot tell it a forkserver: with each build the
workers would compile anew what they alone load."""

YOUNG = 50_000
"""Objects after which Python looks for garbage: its own 700 costs typesetting a tenth."""
OLDER = 1_000
"""Looks at the young after which it looks at what survived them: never within a book.

A book's boxes all survive; looking through them takes half a second and finds nothing.
"""
IDLE = 4
"""How much longer than its processor time a job may take by the clock: machines are shared."""
MANY = 20
"""Looks within one job after which all garbage is cleared before the next."""
TIME, MEMORY = "job-time", "job-memory"
_REPEATED = "what is repeated thousands of times: notes, rows of a table, code, shapes of a drawing"


class Answer(msgspec.Struct, Generic[T]):
    """What a job gave, or the exception that it raised."""

    value: T | None = None
    error: Exception | None = None


def become_worker() -> None:
    """Begin to be a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build hears it and ends us
    os.dup2(2, 1)  # what a library prints must not stand in the middle of our output
    prepare()
    threading.Thread(target=_end_with_the_build, daemon=True).start()


def prepare() -> None:
    """Make a process fit for jobs: little is looked for as garbage, and none leaves its core."""
    gc.freeze()
    gc.set_threshold(YOUNG, OLDER, OLDER)
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _end_with_the_build() -> None:
    build = multiprocessing.parent_process()
    if build:
        build.join()
        os._exit(1)


def within(
    seconds: int, job: Callable[..., T], args: Sequence[Any], kwargs: Mapping[str, Any]
) -> Answer[T]:
    """Do one job in so many seconds of processor time; what it raises comes back as a value.

    An exception that cannot be pickled comes back as its words.
    """
    if gc.get_count()[1] > MANY:
        gc.collect()
    try:
        with _limits(seconds, JOB_MEMORY.most * MEGABYTE):
            return Answer(value=job(*args, **kwargs))
    except MemoryError:
        return Answer(error=over_memory())
    except Exception as error:  # noqa: BLE001 - it is handed on, not dropped
        error.add_note(traceback.format_exc())
        try:
            pickle.loads(pickle.dumps(error, -1))
        except Exception:  # noqa: BLE001 - it cannot travel
            return Answer(error=RuntimeError(traceback.format_exc()))
        return Answer(error=error)


@contextmanager
def _limits(seconds: int, more: int) -> Iterator[None]:
    """Let this process take so much more time and memory (bytes) than it has taken so far."""
    bounds = {resource.RLIMIT_CPU: _taken() + seconds}
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        bounds[resource.RLIMIT_AS] = pages * resource.getpagesize() + more
    before = {kind: resource.getrlimit(kind) for kind in bounds}
    signal.setitimer(signal.ITIMER_REAL, seconds * IDLE)  # SIGALRM, which nobody hears
    for kind, most in bounds.items():
        resource.setrlimit(kind, (_lower(most, before[kind][0]), before[kind][1]))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        for kind, pair in before.items():
            resource.setrlimit(kind, pair)


def _taken() -> int:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return int(used.ru_utime + used.ru_stime) + 1


def _lower(most: int, there: int) -> int:
    """Return the lower of two limits; the user's own (``ulimit``) stands."""
    return most if there == resource.RLIM_INFINITY else min(most, there)


class Stopped(EditionError):
    """A job was ended. Its one finding begins with what it was, once `of` has said that."""

    def of(self, what: str, remedy: str = "") -> EditionError:
        """Return the same of a job that made ``what``; ``remedy`` is for what was too much."""
        (said,) = self.diagnostics
        own = remedy if said.code in (TIME, MEMORY) else ""
        return EditionError.because(said.code, f"{what} {said.message}", own or said.remedy)


def over_time() -> Stopped:
    """Return what is said of a job that took too much time."""
    return Stopped.because(
        TIME,
        f"was stopped: it took more than {JOB_TIME}.",
        f"Divide the text, or look in it for {_REPEATED}.",
    )


def over_memory() -> Stopped:
    """Return what is said of a job that took too much memory."""
    return Stopped.because(
        MEMORY,
        f"was stopped: it took more than {JOB_MEMORY}.",
        f"Divide the text, make its pictures smaller, or look in it for {_REPEATED}.",
    )


def lost() -> Stopped:
    """Return what is said of a job whose process ended in the middle of its work."""
    return Stopped.because(
        "worker-lost",
        "was not made: a worker process ended in the middle of its work.",
        "Most often the memory was full: close programs, or build with --jobs 1.",
    )


def not_begun(error: Exception) -> Stopped:
    """Return what is said of a job for which no process could be had."""
    return Stopped.because(
        "worker-not-begun",
        f"was not made: no worker process could be begun ({_reason(error)}).",
        "Free space in /dev/shm, or raise the limits of this shell: ulimit -a shows them.",
    )


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__
