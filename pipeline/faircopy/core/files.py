"""Files that strangers may have put there: opened only where reading them must come to an end."""

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


def leads_below(path: str | Path, folder: str | Path) -> bool:
    """Whether a path, all links in it followed, lies below a folder."""
    root = os.path.realpath(folder)
    return os.path.realpath(path).startswith(f"{root.rstrip(os.sep)}{os.sep}")
