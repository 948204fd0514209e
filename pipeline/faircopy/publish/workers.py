"""The processes that do the work, each job within a budget of time and memory.

Each place at work is a `ProcessPoolExecutor` of one process: a job that is ended takes no other
with it. The processes come from multiprocessing's forkserver, which has loaded WeasyPrint once
for all (`faircopy.publish.server`); where there is none, each process begins anew.
"""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

import msgspec

from faircopy.core.limits import JOB_TIME
from faircopy.publish import budget, server

P = ParamSpec("P")
T = TypeVar("T")

RECYCLED = 100
"""Jobs after which a process makes room for a fresh one, so that none grows over a long build."""
PAUSES = (0.0, 0.1, 1.0)
"""Seconds between tries to begin a job."""


class _Job(msgspec.Struct):
    """A call, the promise of its result, and when it was begun."""

    call: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    promise: Future[Any]
    begun: float = 0.0


class _Seat(msgspec.Struct):
    """Where one job is done at a time, and how many were done by its present process."""

    pool: ProcessPoolExecutor | None = None
    done: int = 0
    job: _Job | None = None


class Workers:
    """A pool of processes; see `faircopy.publish.crew.Crew`.

    ``seconds`` are those of the processor that a job may take.
    """

    def __init__(
        self, jobs: int, loaded: Sequence[str] = (), *, seconds: int = JOB_TIME.most
    ) -> None:
        self._seconds = seconds
        self.size = max(1, jobs)
        self._lock = threading.RLock()  # jobs come from the main thread, and from the pools' own
        self._queue: deque[_Job] = deque()
        self._seats = [_Seat() for _ in range(self.size)]
        self._free = list(self._seats)
        self._broken: list[ProcessPoolExecutor] = []
        self._closed = False
        context = server.begin(loaded) if server.FORKS else multiprocessing.get_context("spawn")
        self._context: Any = context

    def submit(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have ``job`` called within the budget of one job.

        The promise breaks with `budget.Stopped` where the job was ended for its time
        (``job-time``) or memory (``job-memory``), or its process was lost (``worker-lost``) or
        could not be begun (``worker-not-begun``).
        """
        promise: Future[T] = Future()
        with self._lock:
            self._queue.append(_Job(job, args, kwargs, promise))
        self._hand_out()
        return promise

    def give_up(self, seconds: float) -> None:
        """Give up all jobs: what waits is not begun, what began over ``seconds`` ago is ended.

        What began later goes on to its end: a process that stays is warm for the next job. The
        promises of what waits are cancelled, those of what is ended break (``worker-lost``).
        """
        with self._lock:
            waiting, self._queue = self._queue, deque()
            now = time.monotonic()
            late = [one for one in self._seats if one.job and now - one.job.begun > seconds]
            pools = [seat.pool for seat in late if seat.pool]
        for pool in pools:
            _kill(pool)
        for job in waiting:
            job.promise.cancel()

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._lock:
            self._closed = True
        for pool in [seat.pool for seat in self._seats if seat.pool]:
            if kind is not None:
                _kill(pool)
            pool.shutdown(cancel_futures=True)

    def _hand_out(self) -> None:
        """Give those who are free what waits."""
        while True:
            with self._lock:
                if self._closed or not (self._queue and self._free):
                    return
                job, seat = self._queue.popleft(), self._free.pop()
                job.begun, seat.job = time.monotonic(), job
            try:
                answer = self._begin(job, seat)
            except Exception as error:  # noqa: BLE001 - a server that is being replaced raises others
                self._end(seat)
                job.promise.set_exception(budget.not_begun(error))
            else:
                answer.add_done_callback(partial(self._hear, job, seat))

    def _begin(self, job: _Job, seat: _Seat) -> Future[budget.Answer[Any]]:
        """Begin a job; in a new process where someone ended that one, or the server, meanwhile.

        A server that was ended refuses for a moment, before it is known and another begun.
        """
        for pause in PAUSES:
            try:
                return self._submit(job, seat)
            except (BrokenProcessPool, EOFError, ConnectionError):
                seat.pool = None
                time.sleep(pause)
        return self._submit(job, seat)

    def _submit(self, job: _Job, seat: _Seat) -> Future[budget.Answer[Any]]:
        """Hand a job to a seat's process.

        Once that runs, we have no use for our own end of the pipe by which its answers come; while
        it is open, an answer that is broken off is waited for without end.
        """
        pool = self._pool(seat)
        answer = pool.submit(budget.within, self._seconds, job.call, job.args, job.kwargs)
        answers: Any = pool._result_queue
        answers._writer.close()
        return answer

    def _pool(self, seat: _Seat) -> ProcessPoolExecutor:
        if seat.pool is None:
            seat.pool, seat.done = ProcessPoolExecutor(1, self._context, budget.become_worker), 0
        return seat.pool

    def _hear(self, job: _Job, seat: _Seat, done: Future[budget.Answer[Any]]) -> None:
        """Take a job's answer, or the loss of its process, and hand out the next."""
        error = done.exception()
        seat.done += 1
        if isinstance(error, BrokenProcessPool) and seat.pool:
            self._broken.append(seat.pool)  # it ends itself; from Python 3.12 on it holds its lock
            seat.pool = None
        self._end(seat, keep=error is None and seat.done < RECYCLED)
        if isinstance(error, BrokenProcessPool):
            late = time.monotonic() - job.begun >= self._seconds
            job.promise.set_exception(budget.over_time() if late else budget.lost())
        elif error is not None:
            job.promise.set_exception(error)
        elif (answer := done.result()).error is not None:
            job.promise.set_exception(answer.error)
        else:
            job.promise.set_result(answer.value)
        self._hand_out()

    def _end(self, seat: _Seat, *, keep: bool = False) -> None:
        """Let a seat be free, with a fresh process unless the present one is kept."""
        if not keep and seat.pool:
            seat.pool.shutdown(wait=False)
            seat.pool = None
        with self._lock:
            seat.job = None
            self._free.append(seat)


def _kill(pool: ProcessPoolExecutor) -> None:
    """End a pool's process at once."""
    for process in tuple((pool._processes or {}).values()):
        process.kill()


def alone(
    what: str, remedy: str, times: int, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Call ``job`` in a process of its own, within the budget of so many jobs, and wait for it.

    Raises:
        budget.Stopped: it was over its budget: ``what`` names it, ``remedy`` says what to do.
    """
    with Workers(1, seconds=JOB_TIME.most * max(1, times)) as crew:
        try:
            return crew.submit(job, *args, **kwargs).result()
        except budget.Stopped as error:
            raise error.of(what, remedy) from None
