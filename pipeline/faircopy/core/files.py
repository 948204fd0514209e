"""Files that strangers may have put there: opened only where reading them must come to an end.

And folders of theirs that we write in: no link that lies there leads what we write elsewhere.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


def read(path: str | Path, *, within: str | Path = "", follow: bool = False) -> bytes:
    """Return the bytes of a regular file.

    A pipe, a socket or a device is not opened: it may never end, and opening one may do something.
    A link is followed only where it leads to a file below the folder ``within``, or with
    ``follow`` to anywhere.

    Raises:
        OSError: there is no such file, it cannot be read, it is of another kind (EINVAL), or a
            link that leads elsewhere (ELOOP).
    """
    about = os.lstat(path)
    if stat.S_ISLNK(about.st_mode):
        if not follow and not (within and leads_below(path, within)):
            raise OSError(errno.ELOOP, "it is a link to something elsewhere", str(path))
        path = os.path.realpath(path)
        about = os.lstat(path)
    if not stat.S_ISREG(about.st_mode):
        raise OSError(errno.EINVAL, "it is no file", str(path))
    # What has taken the file's place since then neither keeps us waiting nor is followed.
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "it is no file", str(path))
        return file.read()


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


def leads_below(path: str | Path, folder: str | Path) -> bool:
    """Whether a path, all links in it followed, lies below a folder."""
    root = os.path.realpath(folder)
    return os.path.realpath(path).startswith(f"{root.rstrip(os.sep)}{os.sep}")
