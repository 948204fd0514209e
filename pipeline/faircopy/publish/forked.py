"""The crew on Linux: workers that are forked with everything already loaded.

All processes are forked before this one starts its only thread (a fork copies locks, not the
threads that hold them). The typesetters begin as one process, which loads WeasyPrint and only
then forks into as many as are wanted: the loading is paid once, and what is loaded is shared.

Each worker has one socket. When it closes, whatever the reason, the other side ends: a worker
outlives neither its build nor a killed one.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from multiprocessing.connection import Connection, Pipe, wait
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

import msgspec

from faircopy.core.diagnostics import EditionError
from faircopy.publish.lanes import Lane
from faircopy.publish.worker import live

P = ParamSpec("P")
T = TypeVar("T")
PATIENCE = 2.0
"""Seconds that an interrupted worker has for ending its own children."""


class _Job(msgspec.Struct):
    """A call on its way, and the promise of its result."""

    call: bytes
    future: Future[Any]


class _Worker(msgspec.Struct):
    """Our end of one worker process."""

    link: Connection
    lane: Lane
    pid: int = 0
    job: _Job | None = None

    @property
    def idle(self) -> bool:
        """Whether it is ready (it has said its pid) and has nothing to do."""
        return bool(self.pid) and self.job is None


class ForkedCrew:
    """At most ``jobs`` jobs at a time, of two lanes; see `faircopy.publish.lanes`.

    Typesetters take other jobs when they have none of their own and no light worker is free.
    Light workers take typesetting only when no typesetter is left.
    """

    def __init__(self, jobs: int, *, typesetters: int, warm_up: Callable[[], object]) -> None:
        self._jobs = max(1, jobs)
        self._lock = threading.Lock()
        self._queues: dict[Lane, deque[_Job]] = {lane: deque() for lane in Lane}
        self._workers: list[_Worker] = []
        self._children: list[int] = []
        self._thread: threading.Thread | None = None
        self._wake_up, self._wake = Pipe(duplex=False)
        if typesetters:
            self._fork(Lane.TYPESETTING, min(typesetters, self._jobs), warm_up)

    def executor(self, lane: Lane) -> Executor:
        """Return who takes the jobs of ``lane``."""
        return _Desk(self, lane)

    def submit(self, lane: Lane, call: bytes) -> Future[Any]:
        """Queue a pickled call."""
        if self._thread is None:
            self._fork(Lane.LIGHT, self._jobs, lambda: None)
            self._thread = threading.Thread(target=self._dispatch, daemon=True, name="crew")
            self._thread.start()
        job = _Job(call, Future())
        with self._lock:  # jobs come from the main thread, and from the dispatcher's own
            self._queues[lane].append(job)
            self._wake.send_bytes(b".")
        return job.future

    def __enter__(self) -> ForkedCrew:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            for worker in self._workers:
                if worker.pid:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(worker.pid, signal.SIGTERM)
        self._wake.close()  # the dispatcher ends, and with it every link
        if self._thread:
            self._thread.join()
        else:
            self._hang_up()
        for pid in self._children:
            _collect(pid, PATIENCE if kind is not None else None)

    # --- this side: hand out and take back -------------------------------------------------------

    def _fork(self, lane: Lane, count: int, warm_up: Callable[[], object]) -> None:
        pairs = [Pipe() for _ in range(count)]
        ours = [mine for mine, _ in pairs]
        theirs = [its for _, its in pairs]
        others = [worker.link for worker in self._workers]
        pid = os.fork()
        if pid == 0:
            live(theirs, [*ours, *others, self._wake_up, self._wake], warm_up)
        self._children.append(pid)
        for link in theirs:
            link.close()
        self._workers += [_Worker(link, lane) for link in ours]

    def _dispatch(self) -> None:
        while True:
            links = {worker.link: worker for worker in self._workers}
            for link in wait([self._wake_up, *links]):
                if link is self._wake_up:
                    try:
                        self._wake_up.recv_bytes()
                    except EOFError:
                        self._hang_up()
                        return
                elif isinstance(link, Connection):
                    self._hear(links[link])
            self._hand_out()

    def _hear(self, worker: _Worker) -> None:
        """Take what a worker says: first its pid, then one answer for each job."""
        try:
            said = worker.link.recv_bytes()
        except (EOFError, OSError):
            self._lose(worker)
            return
        job, worker.job = worker.job, None
        if job is None:
            worker.pid = int(said)
            return
        self._workers.remove(worker)
        self._workers.insert(0, worker)  # the next of its lane: it has loaded most
        done, value = pickle.loads(said)
        if done:
            job.future.set_result(value)
        else:
            job.future.set_exception(value)

    def _lose(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.link.close()
        if worker.job:
            worker.job.future.set_exception(_lost())

    def _hand_out(self) -> None:
        with self._lock:
            for queue in self._queues.values():
                while queue and not self._workers:
                    queue.popleft().future.set_exception(_lost())
            for worker, job in self._pairings():
                worker.job = job
                try:
                    worker.link.send_bytes(job.call)
                except OSError:  # it died idle; its link says so at the next turn
                    worker.job, worker.pid = None, 0
                    self._queues[worker.lane].appendleft(job)

    def _pairings(self) -> list[tuple[_Worker, _Job]]:
        """Choose who does what next."""
        setting, light = self._queues[Lane.TYPESETTING], self._queues[Lane.LIGHT]
        setters = [worker for worker in self._workers if worker.lane is Lane.TYPESETTING]
        busy = sum(worker.job is not None for worker in self._workers)
        if setters and not any(worker.pid for worker in setters):
            busy += 1  # loading WeasyPrint is work
        free = {lane: deque(w for w in self._workers if w.idle and w.lane is lane) for lane in Lane}
        pairs: list[tuple[_Worker, _Job]] = []
        for _ in range(self._jobs - busy):
            if setting and free[Lane.TYPESETTING]:
                pairs.append((free[Lane.TYPESETTING].popleft(), setting.popleft()))
            elif light and (free[Lane.LIGHT] or free[Lane.TYPESETTING]):
                lane = Lane.LIGHT if free[Lane.LIGHT] else Lane.TYPESETTING
                pairs.append((free[lane].popleft(), light.popleft()))
            elif setting and free[Lane.LIGHT] and not setters:
                pairs.append((free[Lane.LIGHT].popleft(), setting.popleft()))
        return pairs

    def _hang_up(self) -> None:
        for worker in self._workers:
            worker.link.close()
        self._wake_up.close()


class _Desk(Executor):
    """One lane of a crew, with the face of an executor."""

    def __init__(self, crew: ForkedCrew, lane: Lane) -> None:
        self._crew = crew
        self._lane = lane

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Queue ``fn(*args, **kwargs)``."""
        return self._crew.submit(self._lane, pickle.dumps((fn, args, kwargs), -1))


def _lost() -> EditionError:
    error = EditionError.because(
        "worker-lost",
        "A worker process ended in the middle of its work.",
        "Most often the memory was full: close programs, or build with --jobs 1.",
    )
    assert isinstance(error, EditionError)
    return error


def _collect(pid: int, patience: float | None) -> None:
    """Wait for a child; without patience left, kill it."""
    end = time.monotonic() + patience if patience is not None else None
    with contextlib.suppress(ChildProcessError):
        while end is not None and not os.waitpid(pid, os.WNOHANG)[0]:
            if time.monotonic() > end:
                os.kill(pid, signal.SIGKILL)
                break
            time.sleep(0.005)
        else:
            if end is not None:
                return
        os.waitpid(pid, 0)
