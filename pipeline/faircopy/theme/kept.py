"""Files that took long to make, kept outside all projects and read only as they were made.

A file's name ends in the SHA-256 of its content, so that one rename keeps both. What does not have
the bytes of its name (a disk fault, a killed build, a curious editor) is made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

_PARTIAL = ".partial-"


def file(folder: Path, name: str, suffix: str, make: Callable[[], bytes]) -> Path:
    """Return a file that holds what ``make`` makes, made only where it is not kept.

    Args:
        folder: where such files are kept; it need not be there.
        name: what says all that the content depends on.
        suffix: the end of its name, such as ``.ttf``.
        make: what makes the content.

    Raises:
        OSError: the folder can't be written, or the disk is full.
    """
    for path in folder.glob(f"{name}.*{suffix}"):
        if _is_as_made(path, suffix):
            return path
        path.unlink(missing_ok=True)
    content = make()
    path = folder / f"{name}.{hashlib.sha256(content).hexdigest()}{suffix}"
    _write(path, content)
    return path


def _is_as_made(path: Path, suffix: str) -> bool:
    try:
        about = path.lstat()
        expected = path.name.removesuffix(suffix).rpartition(".")[2]
        return _sha256(path, about.st_ino, about.st_size, about.st_mtime_ns) == expected
    except OSError:
        return False


@lru_cache(maxsize=256)
def _sha256(path: Path, *_state: int) -> str:
    """Return the hash of a file, taken once a process for each state of it."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; workers may make the same one at the same time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path.parent)
    handle, name = tempfile.mkstemp(prefix=f"{_PARTIAL}{os.getpid()}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())  # else a lost current may leave its name without its bytes
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _sweep(folder: Path) -> None:
    """Remove what killed processes left half-written."""
    for path in folder.glob(f"{_PARTIAL}*"):
        with contextlib.suppress(ValueError, OSError):
            number = int(path.name.removeprefix(_PARTIAL).partition("-")[0])
            try:
                os.kill(number, 0)
            except ProcessLookupError:
                path.unlink(missing_ok=True)
