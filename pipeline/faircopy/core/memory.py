"""Whether there is too little memory, or too few files: not only Python says so by a MemoryError.

Where a limit leaves less than the least that any work takes, libraries end in many ways, and
threads that others wait for die; so it is refused before.
"""

from __future__ import annotations

import errno
import math
import os
import resource
import sys
import threading
from collections.abc import Callable, Iterator

from faircopy.core.limits import MEGABYTE

LEAST = 400 * MEGABYTE
"""Bytes of address space: pandoc alone takes 250 MB of it."""
FILES = 64
"""Files, pipes and sockets that a build of several jobs has open; below 24 Python's own server of
processes dies of it.
"""

SAID = "There is not enough memory for this, or no room for another process."
REMEDY = "Close other programs, or raise the limits of this shell: ulimit -a shows them."

_SIGNS = (
    "failed to map segment",  # the loader of libraries (ld.so)
    "annot allocate memory",  # strerror(3)
    "can't start new thread",
    "MemoryError",
)
"""What else has these words lacks memory, whatever it is raised as."""


def is_lacking(error: BaseException) -> bool:
    """Whether an exception, or one that it came from, says that there was no more memory."""
    return any(
        isinstance(item, MemoryError)
        or (isinstance(item, OSError) and item.errno == errno.ENOMEM)
        or any(sign in str(item) for sign in _SIGNS)
        for item in _chain(error)
    )


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def too_little() -> str:
    """Return what is said where this process may have less than it needs, "" where it may not."""
    most = _most(resource.RLIMIT_AS)
    if most < LEAST:
        return (
            f"A process may have {most // MEGABYTE:.0f} MB of memory here, and needs"
            f" {LEAST // MEGABYTE}. Allow more: ulimit -v {LEAST // 1024}"
        )
    if (most := _most(resource.RLIMIT_NOFILE)) < FILES:
        return (
            f"A process may have {most:.0f} files open here, and needs {FILES}."
            f" Allow more: ulimit -n {FILES}"
        )
    return ""


def _most(kind: int) -> float:
    most = resource.getrlimit(kind)[0]
    return math.inf if most == resource.RLIM_INFINITY else most


def end_with_threads(say: Callable[[str], None]) -> None:
    """Let this process end when a thread of it dies for want of memory: others wait for it."""
    usual = threading.excepthook

    def hook(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is None or not is_lacking(args.exc_value):
            usual(args)
            return
        say(f"{SAID} {REMEDY}")
        sys.stdout.flush()
        os._exit(1)

    threading.excepthook = hook
