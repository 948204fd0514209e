"""The file system under ``dist/``: held by one command at a time, written through, told in words.

Whoever changes ``dist/`` works in ``dist/.staging/``. As long as that folder is there, a command is
at work or was killed.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import signal
from collections.abc import Iterator
from pathlib import Path

from faircopy.core import files
from faircopy.core.diagnostics import Diagnostic, Place, PublishError, Severity
from faircopy.publish import exchange
from faircopy.publish.manifest import MANIFEST

STAGING = ".staging"
ASIDE = "aside"
_NO_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EROFS})
"""What a file system answers that cannot write a folder through."""


@contextlib.contextmanager
def held(dist: Path, refused: str = "Nothing was published") -> Iterator[None]:
    """Hold ``dist/`` for ourselves; the kernel lets go however we end.

    Sets that a kill left aside are back when it is held. ``refused`` is what an error says did not
    come about.

    Raises:
        PublishError: the file system refuses what is done within.
    """
    with _explained(dist, refused), _lock(dist):
        for aside in _left_aside(dist / STAGING):
            exchange.recover(dist / aside.name, aside)
        yield


def _left_aside(staging: Path) -> list[Path]:
    """Return the sets that a kill left aside; a link there was laid by somebody else."""
    folder = staging / ASIDE
    ours = not (staging.is_symlink() or folder.is_symlink())
    return [path for path in folder.glob("*") if not path.is_symlink()] if ours else []


@contextlib.contextmanager
def staging(dist: Path) -> Iterator[Path]:
    """Give an empty folder on the same file system, which is gone afterwards.

    What a killed command left in it goes; the folder itself stays until the work is done.
    """
    folder = dist / STAGING
    if folder.is_symlink() or not folder.is_dir():
        files.remove(folder)
        folder.mkdir()
    for path in folder.iterdir():
        files.remove(path)
    try:
        yield folder
    finally:
        with contextlib.suppress(OSError):  # else the next command clears it
            files.remove(folder)


def sync(*paths: Path) -> None:
    """Have the bytes of files, and the names in folders, written to the disk.

    Raises:
        OSError: the disk refuses them.
    """
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in _NO_SYNC:
                raise
        finally:
            os.close(handle)


def read(path: Path) -> bytes | None:
    """Return the bytes of a file, or None where no plain file is or it cannot be read."""
    try:
        return files.read(path)
    except OSError:
        return None


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Keep Ctrl-C waiting for the microseconds in which ``dist/`` changes."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _lock(dist: Path) -> Iterator[None]:
    if os.path.lexists(dist) and not dist.is_dir():
        raise PublishError.because(
            "in-the-way",
            f"Nothing was published: {dist.name} is no folder, and leads to none.",
            "Move it out of the way and build again; it may be somebody's.",
            Place(dist.name),
        )
    dist.mkdir(parents=True, exist_ok=True)
    _hold_to_ours(dist)
    folder = os.open(dist, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with contextlib.suppress(OSError):  # a file system without locks: go on without
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _hold_to_ours(dist: Path) -> None:
    """Refuse a link to a folder that is somebody's: a project that was sent may have one.

    Raises:
        PublishError: it leads to a folder in which no editions lie, but something else.
    """
    if dist.is_symlink() and not (dist / MANIFEST).is_file() and any(dist.iterdir()):
        raise PublishError.because(
            "dist-linked",
            f"Nothing was published: {dist.name} is a link to {files.real(dist)}, where other"
            " things lie.",
            "Remove the link, or have it lead to an empty folder.",
            Place(dist.name),
        )


def no_room(error: OSError) -> Diagnostic | None:
    """Return what is to be said where an error says that a disk is full; None for all others.

    Work that is not yet publishing writes into the temporary folder and the cache.
    """
    if error.errno not in _FULL:
        return None
    where = error.filename or os.environ.get("TMPDIR") or "the folder for temporary files"
    return Diagnostic(
        "disk-full",
        Severity.ERROR,
        f"The work could not be done: the disk is full, or your share of it ({where}).",
        "Free some space and build again, or name another folder: TMPDIR=/some/folder.",
    )


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextlib.contextmanager
def _explained(dist: Path, refused: str) -> Iterator[None]:
    """Turn an error of the file system into one that says what to do."""
    try:
        yield
    except OSError as error:
        name = dist.name
        if error.errno in _FULL:
            code, why = "disk-full", "the disk is full, or your share of it"
            remedy = "Free some space and build again."
        elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            code, why = "dist-not-writable", "writing there is not allowed"
            remedy = f"Give yourself the right to write: chmod -R u+w {name}"
        else:
            code, why = "publish-failed", f"{error.strerror or error}"
            remedy = f"See what is the matter with {error.filename or name} and build again."
        raise PublishError.because(
            code,
            f"{refused}, the old files in {name}/ are untouched: {why}.",
            remedy,
            Place(str(error.filename or name)),
        ) from error
