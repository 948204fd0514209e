"""One temporary folder for a command and all that it starts, which goes when the command ends.

Libraries and programs leave things there: WeasyPrint its fonts when a worker ends, Chromium its
locks, a program that is killed all that it had. What a command that was killed itself has left, the
next one takes away. Next to nothing is imported: this is part of every start.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import os
import signal
import stat
from collections.abc import Mapping, MutableMapping
from types import FrameType

_PREFIX = "faircopy-"
_FOLDER = "TMPDIR"
_LONGEST = 72
"""Most characters of its path: a socket in it has 32 more, and may have 104 (macOS, unix(4))."""


class Ended(KeyboardInterrupt):
    """Somebody told this command to end (SIGTERM): it does so as after Ctrl-C."""


def begin(environ: MutableMapping[str, str] = os.environ) -> None:
    """Give this process and its children a temporary folder that nobody else has.

    It is removed when Python ends, after all that was imported later has cleaned up for itself.
    Where none can be made, as on a full or closed disk, or its path would be too long for sockets,
    all stays as it is.
    """
    place = environ.get(_FOLDER) or "/tmp"
    path = f"{place}/{_PREFIX}{os.getpid()}-{os.urandom(2).hex()}"
    with contextlib.suppress(OSError):
        _sweep(place)
    if len(path) > _LONGEST:
        return
    try:
        os.mkdir(path, 0o700)  # noqa: PTH102
    except OSError:
        return
    environ[_FOLDER] = path
    signal.signal(signal.SIGTERM, functools.partial(_end, os.getpid()))
    atexit.register(_left, path, os.getpid())


def folder(environ: Mapping[str, str] = os.environ) -> str:
    """Return the temporary folder of this command, "" where it has none of its own."""
    place = environ.get(_FOLDER, "")
    return place if os.path.basename(place).startswith(_PREFIX) else ""  # noqa: PTH119


def _left(path: str, owner: int) -> None:
    if os.getpid() == owner:  # and no child that somebody forked
        _remove(path)


def _end(owner: int, number: int, _: FrameType | None) -> None:
    if os.getpid() == owner:
        raise Ended(number)
    signal.signal(number, signal.SIG_DFL)  # a child that somebody forked ends at once
    os.kill(os.getpid(), number)


def _sweep(place: str) -> None:
    """Remove the folders of commands that run no more."""
    with os.scandir(place) as entries:
        found = [entry for entry in entries if entry.name.startswith(_PREFIX)]
    for entry in found:
        about = entry.stat(follow_symlinks=False)
        if stat.S_ISDIR(about.st_mode) and about.st_uid == os.geteuid() and _is_over(entry.name):
            _remove(entry.path)


def _is_over(name: str) -> bool:
    try:
        os.kill(int(name.removeprefix(_PREFIX).partition("-")[0]), 0)
    except ProcessLookupError:
        return True
    except (ValueError, OSError):
        return False
    return False


def _remove(path: str) -> None:
    try:
        os.rmdir(path)  # noqa: PTH106
    except OSError:
        import shutil

        shutil.rmtree(path, ignore_errors=True)
