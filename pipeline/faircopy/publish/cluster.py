"""A crew on other machines: the workers of a Dask cluster.

Each worker does one job at a time, within the same budget as a process of this machine, and only
where all that an edition's bytes depend on is as it is here (`faircopy.publish.alike`). What a job
raises comes back as a value. A worker that ends in the middle of a job is begun again by its
nanny, and the job is done by another; the cluster gives a job up after some such losses
(Dask's ``scheduler.allowed-failures``, 3). Nothing is published but by the machine that builds.

The futures are those of ``Client.get_executor``, which `concurrent.futures.wait` understands;
``Client.submit`` gives others (dask/distributed#3695).
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import logging
import pickle
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from types import TracebackType
from typing import Any, ParamSpec, TypeVar, cast

import msgspec

from faircopy.core.diagnostics import Diagnostic, EditionError, Severity
from faircopy.core.limits import JOB_MEMORY, JOB_TIME
from faircopy.publish import alike, budget, crew
from faircopy.publish.project import Project
from faircopy.theme import Face

P = ParamSpec("P")
T = TypeVar("T")

OPEN = 2
"""Jobs that lie with the cluster, for each worker: one at work and one that is next."""
CONNECT = 15
"""Seconds in which a cluster must answer."""
EMPTY = 60.0
"""Seconds after which a cluster without a worker is given up: a nanny needs some."""
LOOK = 2.0
"""Seconds between two looks at how many workers there are."""
ADDRESS = re.compile(r"dask://([^/\s@]+:\d+)/?")
WORKER = "dask worker HOST:PORT --nthreads 1 --nworkers auto"


def at(address: str, place: Project, faces: Sequence[Face]) -> crew.Hire:
    """Return what hires the cluster at ``dask://HOST:PORT`` for a build of this project.

    ``faces`` are those of the theme that is built with.

    Raises:
        EditionError: that is no such address.
    """
    found = ADDRESS.fullmatch(address)
    if not found:
        raise EditionError.because(
            "cluster-address",
            f"“{address}” is no address of a cluster.",
            "Write it as in: --on dask://scheduler.example:8786",
        )

    def hire(jobs: int, loaded: Sequence[str] = ()) -> crew.Crew:
        return Cluster(found[1], jobs, loaded, place=place, faces=faces)

    return hire


class _Job(msgspec.Struct):
    """A call as a parcel, and the promise of its result."""

    parcel: bytes
    promise: Future[Any]


class Cluster:
    """The workers of a Dask cluster; see `faircopy.publish.crew.Crew`.

    Raises:
        EditionError: there is no cluster, it has no worker, its workers do several jobs at a
            time or have no nanny, or something is not there as it is here.
    """

    def __init__(
        self,
        address: str,
        jobs: int,
        loaded: Sequence[str],
        *,
        place: Project,
        faces: Sequence[Face],
    ) -> None:
        self._place = place
        self._client = _connected(address)
        try:
            workers: Mapping[str, Any] = self._client.scheduler_info()["workers"]
            _refuse_unfit(address, workers)
            here = alike.conditions(place, faces)
            _refuse_unlike(here, self._conditions(faces))
        except BaseException:
            self._client.close()
            raise
        self._needed = alike.pack(place, here, tuple(faces), tuple(loaded))
        self.size = min(len(workers), jobs) if jobs else len(workers)
        self._executor = self._client.get_executor(pure=False)
        self._ear = ThreadPoolExecutor(1)  # so that Dask's own thread only ever hands on
        self._lock = threading.Lock()
        self._queue: deque[_Job] = deque()
        self._open: dict[Future[bytes], _Job] = {}
        self._ended = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def submit(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have ``job`` called on some machine, within the budget of one job.

        The promise breaks with `budget.Stopped` where workers were lost with it
        (``workers-lost``), or the cluster was (``cluster-lost``).
        """
        promise: Future[T] = Future()
        self._queue.append(_Job(alike.pack(self._place, job, args, kwargs), promise))
        self._hand_out()
        return promise

    def __enter__(self) -> Cluster:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._queue.clear()
        with contextlib.suppress(Exception):  # where the cluster is gone, there is none to tell
            self._executor.shutdown(wait=False)
        self._ear.shutdown(wait=False, cancel_futures=True)
        self._client.close()

    def _conditions(self, faces: Sequence[Face]) -> dict[str, Mapping[str, str] | str]:
        """Return what each worker has, by its address, or why it cannot say."""
        parcel = alike.pack(self._place, tuple(faces))
        answers = self._client.run(conditions, parcel, on_error="return")
        return {
            worker: answer if isinstance(answer, dict) else _words(answer)
            for worker, answer in sorted(answers.items())
        }

    def _hand_out(self) -> None:
        """Give the cluster what waits, as far as the window is open."""
        while True:
            with self._lock:
                if self._ended.is_set() or not self._queue or len(self._open) >= OPEN * self.size:
                    return
                job = self._queue.popleft()
                future = self._executor.submit(perform, self._needed, job.parcel)
                self._open[future] = job
            future.add_done_callback(lambda done: self._ear.submit(self._hear, done))

    def _hear(self, done: Future[bytes]) -> None:
        """Take a job's answer, and hand out the next."""
        with self._lock:
            job = self._open.pop(done, None)
        if job is None:  # it was given up
            return
        if done.cancelled():
            job.promise.set_exception(_gone())
        elif error := done.exception():
            lost = type(error).__name__ == "KilledWorker"
            job.promise.set_exception(_lost() if lost else error)
        elif (answer := cast("budget.Answer[Any]", pickle.loads(done.result()))).error is not None:
            job.promise.set_exception(answer.error)
        else:
            job.promise.set_result(answer.value)
        self._hand_out()

    def _watch(self) -> None:
        """Give all jobs up where there is no worker for long, or no cluster."""
        seen = time.monotonic()
        while not self._ended.wait(LOOK):
            with contextlib.suppress(Exception):
                if self._client.status == "running" and self._client.nthreads():
                    seen = time.monotonic()
            if time.monotonic() - seen > EMPTY:
                self._ear.submit(self._give_up)
                return

    def _give_up(self) -> None:
        self._ended.set()
        with self._lock:
            jobs = (*self._open.values(), *self._queue)
            self._open.clear()
            self._queue.clear()
        for job in jobs:
            job.promise.set_exception(_gone())


def _connected(address: str) -> Any:
    """Return a client of the cluster, encrypted where Dask's configuration asks for that."""
    try:
        dask, distributed = map(importlib.import_module, ("dask", "distributed"))
    except ImportError:
        raise EditionError.because(
            "dask-missing",
            "Dask is not installed, which a build on other machines needs.",
            "Run: pip install 'faircopy-editions[dask]'",
        ) from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is said by us
    scheme = "tls" if dask.config.get("distributed.comm.require-encryption") else "tcp"
    where = f"{scheme}://{address}"
    try:
        asyncio.run(asyncio.wait_for(_greet(distributed, where), CONNECT))
        return distributed.Client(where, timeout=CONNECT, set_as_default=False)
    except Exception as error:  # noqa: BLE001 - what a stranger's server says ends in anything
        raise EditionError.because(
            "cluster-unreachable",
            f"No cluster answers at {address}: {_why(error)}.",
            "See that its scheduler runs there (dask scheduler) and that this machine reaches it.",
        ) from None


async def _greet(distributed: Any, where: str) -> None:
    """See that a scheduler of Dask is there, before a client is made of it.

    A client waits without end for one that is silent, and one that failed cannot be closed.
    """
    security = distributed.Security().get_connection_args("client")
    scheduler = distributed.rpc(where, timeout=CONNECT, connection_args=security)
    try:
        await scheduler.identity(n_workers=0)
    finally:
        await scheduler.close_rpc()


def _why(error: Exception) -> str:
    """Return in words why there is no cluster; of what is no scheduler nothing is repeated."""
    if isinstance(error, TimeoutError):
        return f"nothing was said in {CONNECT} seconds"
    return _words(error) if isinstance(error, OSError) else "what is there is no scheduler of Dask"


def _refuse_unfit(address: str, workers: Mapping[str, Any]) -> None:
    """See that there are workers, each for one job at a time, that are begun again.

    Raises:
        EditionError: it is not so.
    """
    if not workers:
        raise EditionError.because(
            "cluster-empty",
            f"The cluster at {address} has no worker.",
            f"Begin some in a copy of the project: {WORKER}",
        )
    unfit = [name for name, one in workers.items() if one["nthreads"] != 1 or not one.get("nanny")]
    if unfit:
        raise EditionError.because(
            "cluster-workers",
            f"{len(unfit)} of {len(workers)} workers cannot be trusted with jobs: each must have "
            f"one thread, and a nanny that begins it again ({', '.join(sorted(unfit)[:3])}).",
            f"Begin them so: {WORKER}",
        )


def _refuse_unlike(here: Mapping[str, str], there: Mapping[str, Mapping[str, str] | str]) -> None:
    """See that every worker would make the same bytes as this machine.

    Raises:
        EditionError: with a finding for each worker that would not.
    """
    found = {
        worker: said if isinstance(said, str) else "; ".join(alike.differences(here, said))
        for worker, said in there.items()
    }
    if wrong := [_unlike(worker, said) for worker, said in found.items() if said]:
        raise EditionError(*wrong)


def _unlike(worker: str, said: str) -> Diagnostic:
    return Diagnostic(
        "cluster-differs",
        Severity.ERROR,
        f"The worker {worker} would not make what this machine makes: {said}.",
        "Begin it in a copy of this project, with the same Faircopy, packages and fonts, on the "
        "same system.",
    )


def _words(error: object) -> str:
    text = " ".join(str(error).split()).rstrip(".")
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _lost() -> budget.Stopped:
    return budget.Stopped.because(
        "workers-lost",
        "was not made: several workers of the cluster ended in the middle of it.",
        f"Most often it takes more than {JOB_TIME} or {JOB_MEMORY}: divide the text, or make its "
        "pictures smaller. Without --on it is told which.",
    )


def _gone() -> budget.Stopped:
    return budget.Stopped.because(
        "cluster-lost",
        "was not made: the cluster is not there any more, or has no workers left.",
        "See that its scheduler and its workers run, then build again: what is made is kept.",
    )


# --- on a worker ---------------------------------------------------------------------------------


def conditions(parcel: bytes) -> dict[str, str]:
    """Return what is here, on a worker's machine, as `alike.conditions` has it.

    Raises:
        FaircopyError: the worker was not begun in a project, or there is no pandoc.
    """
    place = Project.here()
    (faces,) = alike.unpack(place, parcel)
    return alike.conditions(place, faces)


def perform(needed: bytes, parcel: bytes) -> bytes:
    """Do a job and return its answer as a pickle of `budget.Answer`.

    A worker that joined later, and has something otherwise than the machine that builds, refuses.
    """
    if said := _prepared(needed):
        return pickle.dumps(budget.Answer[Any](error=EditionError(_unlike("that came", said))), -1)
    job, args, kwargs = alike.unpack(Project.here(), parcel)
    return pickle.dumps(budget.within(JOB_TIME.most, job, args, kwargs), -1)


@lru_cache(maxsize=1)
def _prepared(needed: bytes) -> str:
    """Make this process fit for the jobs of a build; return in what it is not."""
    place = Project.here()
    here, faces, loaded = alike.unpack(place, needed)
    for module in loaded:
        importlib.import_module(module)
    budget.prepare()
    return "; ".join(alike.differences(here, alike.conditions(place, faces)))
