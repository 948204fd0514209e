"""Independent work divided between this process and a copy of it."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from multiprocessing.connection import Connection, Pipe
from typing import NoReturn, TypeVar

T = TypeVar("T")
U = TypeVar("U")

WORTH = 24
"""Items that are worth a copy of a process that holds a book."""


def can_fork() -> bool:
    """Whether a copy of this process would be safe, and have a processor of its own.

    A copy has the locks of all threads, but only one thread, that could open them.
    """
    single = threading.active_count() == 1
    return sys.platform == "linux" and single and len(os.sched_getaffinity(0)) > 1


def shared(work: Callable[[T], U], items: Sequence[T]) -> list[U]:
    """Return what ``work`` gives for each item, in order.

    What it gives may depend on the item alone, and must be what can be pickled. Of many items a
    copy of this process does every other one; what it does not bring is done here.
    """
    if len(items) < WORTH or not can_fork():
        return [work(item) for item in items]
    ours, its = Pipe(duplex=False)
    try:
        pid = os.fork()
    except OSError:  # no room for another process
        return [work(item) for item in items]
    if pid == 0:
        ours.close()
        _help(work, items[1::2], its)
    its.close()
    try:
        mine = [work(item) for item in items[::2]]
        others = _heard(ours) or [work(item) for item in items[1::2]]
    finally:
        dismiss(ours, pid)
    found = list(mine)
    for number, result in enumerate(others):
        found.insert(2 * number + 1, result)
    return found


def dismiss(link: Connection, pid: int) -> None:
    """End a copy of this process, whatever it does."""
    link.close()
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def settle() -> None:
    """Be a copy: end when told to, and leave the garbage to the system."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.disable()


def _help(work: Callable[[T], U], items: Iterable[T], link: Connection) -> NoReturn:
    try:
        settle()
        link.send_bytes(pickle.dumps([work(item) for item in items], -1))
    finally:
        os._exit(0)


def _heard(link: Connection) -> list[U] | None:
    try:
        found: list[U] = pickle.loads(link.recv_bytes())
    except (EOFError, OSError):
        return None
    return found
