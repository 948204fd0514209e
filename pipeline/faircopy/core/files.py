"""Files that strangers may have put there: opened only where reading them must come to an end.

And folders of theirs that we write in: no link that lies there leads what we write elsewhere.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

TOOLS_FOLDERS = frozenset(
    {"__pycache__", "node_modules", ".git", ".hg", ".svn", ".cache", ".venv"}
    | {".idea", ".obsidian", ".vscode"}
)
"""What tools keep within a folder; nothing in them is anybody's text."""


MOST = 1_000_000_000
"""Bytes that any file of ours may have."""
PART = 4096
"""Bytes that are asked for beyond those that a file says it has."""


def read(
    path: str | Path, *, within: str | Path = "", follow: bool = False, most: int = MOST
) -> bytes:
    """Return the bytes of a regular file, of which there are at most ``most``.

    A pipe, a socket or a device is not opened: it may never end, and opening one may do something.
    A link is followed only where it leads to a file below the folder ``within``, or with
    ``follow`` to anywhere.

    Raises:
        OSError: there is no such file, it cannot be read, it is of another kind (EINVAL), a link
            that leads elsewhere (ELOOP), or larger (E2BIG).
    """
    about = os.lstat(path)
    if stat.S_ISLNK(about.st_mode):
        if not follow and not (within and leads_below(path, within)):
            raise OSError(errno.ELOOP, "it is a link to something elsewhere", str(path))
        path = os.path.realpath(path)
        about = os.lstat(path)
    if not stat.S_ISREG(about.st_mode):
        raise OSError(errno.EINVAL, "it is no file", str(path))
    with _opened(path) as (handle, about):
        data = b"" if about.st_size > most else b"".join(_parts(handle, about.st_size, most))
    if about.st_size > most or len(data) > most:
        raise OSError(errno.E2BIG, f"it has more than {most:,} bytes", str(path))
    return data


def sha256(path: str | Path) -> str:
    """Return the SHA-256 of a regular file, however large, in hexadecimal digits.

    Raises:
        OSError: there is no such file, it cannot be read, or it is of another kind, a link too.
    """
    with _opened(path) as (handle, _), open(handle, "rb", closefd=False) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _opened(path: str | Path) -> Iterator[tuple[int, os.stat_result]]:
    """Open a regular file; what has taken its place neither keeps us waiting nor is followed."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise OSError(errno.EINVAL, "it is no file", str(path))
        yield handle, about
    finally:
        os.close(handle)


def _parts(handle: int, size: int, most: int) -> Iterator[bytes]:
    """Yield what an open file has, which may be another amount than it said, up to over ``most``.

    A buffered file would be made for each of some thousand small ones, and room for ``most`` bytes.
    """
    read = 0
    while read <= most and (part := os.read(handle, max(size - read, 0) + PART)):
        read += len(part)
        yield part


def write(path: Path, data: bytes, *, within: Path) -> None:
    """Put bytes in a file's place in one step, through to the disk.

    Raises:
        OSError: as `aside`, or the file's place is a folder's.
    """
    new = aside(path, data, within=within)
    try:
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise


def aside(path: Path, data: bytes, *, within: Path) -> Path:
    """Write bytes beside a file's place, through to the disk; return the path of the new file.

    A link in that place is taken away, not written through.

    Raises:
        OSError: it cannot be written, or its folder is a link that leads out of ``within`` (ELOOP).
    """
    folder = path.parent
    if os.path.realpath(folder) != os.path.realpath(within) and not leads_below(folder, within):
        raise OSError(errno.ELOOP, "its folder is a link to something elsewhere", str(folder))
    new = folder / f".{path.name}~"
    new.unlink(missing_ok=True)  # what a kill left, or a stranger laid there
    try:
        with new.open("xb") as file:  # O_EXCL follows no link
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        new.unlink(missing_ok=True)
        raise
    return new


def real(path: str | Path) -> Path:
    """Return where a path leads, all links in it followed; one in a ring of links leads to itself.

    `Path.resolve` ends at such a ring, in an error that is not even one of the system's.
    """
    return Path(os.path.realpath(path))


def leads_below(path: str | Path, folder: str | Path) -> bool:
    """Whether a path, all links in it followed, lies below a folder."""
    root = os.path.realpath(folder)
    return os.path.realpath(path).startswith(f"{root.rstrip(os.sep)}{os.sep}")


def entries(folder: str | Path, without: Collection[str] = ()) -> Iterator[os.DirEntry[str]]:
    """Yield what lies in a folder and in those within it, however deep: of each folder by name.

    No link is followed, and folders named in ``without`` are not looked into, nor those that may
    not be. Python's own ways (`os.walk`, `Path.rglob`) call themselves, and end at a thousand.
    """
    folders = [str(folder)]
    while folders:
        try:
            with os.scandir(folders.pop()) as found:
                there = sorted(found, key=lambda item: item.name)
        except OSError:
            continue
        yield from there
        inner = (item for item in there if item.is_dir(follow_symlinks=False))
        folders += [item.path for item in inner if item.name not in without][::-1]


def remove(path: str | Path) -> None:
    """Remove a file, a link, or a folder with all that is in it, however deep, if there is one.

    Raises:
        OSError: something of it cannot be removed.
    """
    if not os.path.isdir(path) or os.path.islink(path):  # noqa: PTH112, PTH114
        with suppress(FileNotFoundError):
            os.unlink(path)  # noqa: PTH108
        return
    folders = [str(path)]
    for entry in entries(path):
        if entry.is_dir(follow_symlinks=False):
            folders.append(entry.path)
        else:
            os.unlink(entry.path)  # noqa: PTH108
    for folder in reversed(folders):
        os.rmdir(folder)  # noqa: PTH106
