"""Finished work, kept by the hash of what it was made from.

An entry is one file: this user's mark for its key and content (`faircopy.core.own`), then the
content as MessagePack. What has another mark (a disk fault, a killed build, a curious editor, a
stranger who sent the project) or lies under another key is thrown away and made again, so that
nothing can come out of the cache that we did not put in.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from faircopy.core import files, own

T = TypeVar("T")


class Cache(Generic[T]):
    """A folder of values of one type.

    ``limit`` is in bytes: `prune` removes the entries that were unused for longest above it.
    """

    def __init__(self, folder: Path, kind: type[T], *, limit: int = 1 << 30) -> None:
        self._folder = folder
        self._decoder = msgspec.msgpack.Decoder(kind)
        self._limit = limit
        self.refused = 0
        """How many entries were not as we put them in."""

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key[2:]

    def load(self, key: str) -> T | None:
        """Return what was stored under ``key``, or None; a damaged entry is removed."""
        path = self._path(key)
        try:
            data = files.read(path)
        except OSError:
            return None
        content = memoryview(data)[own.MARK :]
        if own.mark(key.encode(), content) != data[: own.MARK]:
            self.refused += 1
        else:
            with contextlib.suppress(msgspec.MsgspecError):  # of another version's shape
                return self._decoder.decode(content)
        with contextlib.suppress(OSError):
            path.unlink()
        return None

    def store(self, key: str, value: T) -> None:
        """Keep ``value`` under ``key``, whole or not at all.

        Raises:
            OSError: the folder cannot be written, or the disk is full.
        """
        path = self._path(key)
        content = msgspec.msgpack.encode(value)
        if path.parent.is_symlink():  # whoever sent the project chose where it leads
            path.parent.unlink()
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
        try:
            partial.unlink(missing_ok=True)
            partial.touch(exist_ok=False)  # O_EXCL follows no link
            partial.write_bytes(own.mark(key.encode(), content) + content)
            partial.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                partial.unlink()
            raise

    def prune(self) -> None:
        """Remove what killed builds left, and the oldest entries above the limit."""
        with contextlib.suppress(OSError):  # another build may be pruning as well
            kept = (path for path in self._folder.glob("*/*") if not path.parent.is_symlink())
            entries = [(path.lstat(), path) for path in kept]
            entries.sort(key=lambda item: item[0].st_mtime, reverse=True)
            total = 0
            for stat, path in entries:
                total += stat.st_size
                if total > self._limit or (path.suffix == ".partial" and not _alive(path)):
                    path.unlink(missing_ok=True)


def _alive(partial: Path) -> bool:
    """Whether the process that writes ``partial`` still runs."""
    try:
        os.kill(int(partial.suffixes[-2][1:]), 0)
    except (ValueError, IndexError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
