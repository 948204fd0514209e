"""Swap two folders in one step of the file system.

A set in ``dist/`` is a real folder, so that copying, zipping or serving ``dist/`` needs no thought
of links. Such a folder can only be replaced whole by exchanging it with another. Linux has
``renameat2(RENAME_EXCHANGE)`` for it (ext4, XFS, Btrfs, tmpfs, overlayfs), macOS has
``renamex_np(RENAME_SWAP)``
(APFS). Python has neither.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

AT_FDCWD = -100
RENAME_EXCHANGE = 2
RENAME_SWAP = 2
UNSUPPORTED = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})


def replace(new: Path, final: Path, aside: Path) -> None:
    """Put the folder ``new`` where ``final`` is; what was there is then at ``new`` or ``aside``.

    At any moment ``final`` is the old folder or the new one, whole. Only where the file system
    can't exchange (NFS, some network shares) is there an instant between two renames without a
    ``final``; `recover` mends what a kill in that instant leaves.

    Raises:
        OSError: neither could be done; ``final`` is as before.
    """
    if not os.path.lexists(final):
        new.rename(final)
        return
    try:
        _exchange(new, final)
    except OSError as error:
        if error.errno not in UNSUPPORTED:
            raise
        final.rename(aside)
        try:
            new.rename(final)
        except OSError:
            aside.rename(final)
            raise


def recover(final: Path, aside: Path) -> None:
    """Put back what a kill between the two renames of `replace` left aside."""
    if aside.exists() and not final.exists():
        aside.rename(final)


def _exchange(one: Path, other: Path) -> None:
    function = _system_call()
    if function is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if function(os.fsencode(one), os.fsencode(other)) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(other))


def _system_call() -> Callable[[bytes, bytes], int] | None:
    """Return the call of this system as a function of two paths, or None."""
    library = ctypes.CDLL(None, use_errno=True)
    with contextlib.suppress(AttributeError):  # an old C library
        if sys.platform == "darwin":
            swap = library.renamex_np
            return lambda one, other: int(swap(one, other, RENAME_SWAP))
        rename = library.renameat2
        return lambda one, other: int(rename(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE))
    return None
