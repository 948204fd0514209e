"""The inside of a forked worker: settle in, load, and do one job after the other."""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import traceback
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from types import FrameType
from typing import NoReturn

YOUNG = 50_000
"""Objects after which Python looks for garbage: its own 700 costs typesetting a tenth."""
OLDER = 1_000
"""Looks at the young after which it looks at what survived them: never within a book.

A book's boxes all survive; looking through them takes half a second and finds nothing.
"""
MANY = 20
"""Looks within one job after which all garbage is cleared before the next."""


def live(
    links: Sequence[Connection], not_ours: Sequence[Connection], warm_up: Callable[[], object]
) -> NoReturn:
    """Live as one worker, or as one for each link once warmed up; never return."""
    code = 1
    try:
        _settle(not_ours)
        gc.disable()  # loading makes much that lives for ever and nothing to collect
        with contextlib.suppress(Exception):  # the job that needs it fails again, and says why
            warm_up()
        mine = _divide(links)
        gc.freeze()
        gc.enable()
        gc.set_threshold(YOUNG, OLDER, OLDER)
        mine.send_bytes(b"%d" % os.getpid())
        while True:
            call = mine.recv_bytes()
            if gc.get_count()[1] > MANY:
                gc.collect()
            mine.send_bytes(_answer(call))
    except (EOFError, OSError, SystemExit):
        code = 0  # the build has ended, or told us to
    finally:
        os._exit(code)


def _settle(not_ours: Sequence[Connection]) -> None:
    """Take leave of what belongs to the parent: its links, its standard streams, its signals."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it and tells us
    signal.signal(signal.SIGTERM, _leave)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGTERM,))
    for link in not_ours:
        link.close()
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)  # what a library prints must not stand in the middle of our output


def _leave(signum: int, frame: FrameType | None) -> None:
    raise SystemExit


def _divide(links: Sequence[Connection]) -> Connection:
    """Fork so that there is one process for each link; return the link of the present one."""
    mine, *rest = links
    for number, link in enumerate(rest):
        if os.fork() == 0:
            mine.close()
            for other in rest[number + 1 :]:
                other.close()
            return link
        link.close()
    return mine


def _answer(call: bytes) -> bytes:
    """Do one job; return (True, result) or (False, exception), pickled."""
    try:
        function, args, kwargs = pickle.loads(call)
        return pickle.dumps((True, function(*args, **kwargs)), -1)
    except Exception as error:  # noqa: BLE001 - it is handed on, not dropped
        error.add_note(traceback.format_exc())
        try:
            answer = pickle.dumps((False, error), -1)
            pickle.loads(answer)
        except Exception:  # noqa: BLE001 - an exception that cannot travel goes as its words
            return pickle.dumps((False, RuntimeError(traceback.format_exc())), -1)
        return answer
