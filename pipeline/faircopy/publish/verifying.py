"""Hold a downloaded set against its own checksums, without a network."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from faircopy.core import limits
from faircopy.core.diagnostics import Diagnostic, FaircopyError, Place, Severity
from faircopy.core.files import entries, read, sha256
from faircopy.publish.manifest import REPORTS, SUMS

LARGEST = 2_000_000_000
"""Most bytes of all files together."""

MOST = 10_000
"""Most files."""

BESIDE = frozenset({SUMS, "README.md", *REPORTS})
"""Files that may lie in a set without being on its list."""

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How sets are packed; others take gigabytes to unpack at their packer's word."""

_LINE = re.compile(r"([0-9a-f]{64})  ([^\\\n]+)")


class NotASet(FaircopyError):
    """What was given is no folder or zip with a list of checksums."""


class _Files(Protocol):
    """A folder or a zip: the files by their relative path, and their sizes in bytes."""

    @property
    def sizes(self) -> Mapping[str, int]:
        """Return the size of each file in bytes."""

    def digest(self, name: str) -> str:
        """Return a file's SHA-256."""

    def read_text(self, name: str) -> str:
        """Return a file as text; it is small."""


def verify(path: Path) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """Return the names of the files that are as they were made, and what is wrong.

    A file that is missing, changed, or not on the list is an error.

    Raises:
        NotASet: ``path`` is neither a folder nor a zip with ``SHA256SUMS`` in it, or too large.
    """
    try:
        files: _Files = _Zip(path) if path.is_file() else _Folder(path)
        listed = _listed(path, files)
    except _DAMAGED as error:
        raise _no_set(path, f"it cannot be read ({error})") from error
    right = tuple(
        name
        for name, digest in listed.items()
        if name in files.sizes and _digest(files, name) == digest
    )
    return right, tuple(_wrong(path, files, listed, frozenset(right)))


_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(OSError, EOFError, LookupError, OverflowError, RuntimeError, ValueError),
)
"""What a damaged zip ends in: `zipfile` hands on what its parts raise."""


def _digest(files: _Files, name: str) -> str:
    """Return a file's SHA-256; "" where it cannot be read, which no file has."""
    try:
        return files.digest(name)
    except _DAMAGED:
        return ""


def _wrong(
    path: Path, files: _Files, listed: Mapping[str, str], right: frozenset[str]
) -> Iterator[Diagnostic]:
    for name in sorted(listed.keys() - right):
        changed = name in files.sizes
        yield Diagnostic(
            "file-changed" if changed else "file-missing",
            Severity.ERROR,
            f"{name} {'is not what was made' if changed else 'is missing'}.",
            "Download the set again.",
            Place(str(path)),
        )
    for name in sorted(files.sizes.keys() - listed.keys()):
        if name.rpartition("/")[2] in BESIDE:
            continue
        yield Diagnostic(
            "file-unlisted",
            Severity.WARNING,
            f"{name} is not on the list of checksums.",
            "It is no part of the set: do not hand it on.",
            Place(str(path)),
        )


def _listed(path: Path, files: _Files) -> dict[str, str]:
    if SUMS not in files.sizes:
        raise _no_set(path, f"it has no {SUMS}")
    if files.sizes[SUMS] > limits.SUMS.most:
        raise _no_set(path, f"its {SUMS} has more than {limits.SUMS}")
    text = files.read_text(SUMS)
    found = {match[2]: match[1] for match in map(_LINE.fullmatch, text.splitlines()) if match}
    if len(found) != len(text.splitlines()) or not found:
        raise _no_set(path, f"its {SUMS} is not a list of checksums")
    return found


class _Folder:
    """A folder; symbolic links in it are not followed."""

    sizes: Mapping[str, int]

    def __init__(self, path: Path) -> None:
        if not path.is_dir():
            raise _no_set(path, "it is not there")
        self._path = path
        self.sizes = {
            os.path.relpath(entry.path, path): entry.stat().st_size
            for entry in entries(path)
            if entry.is_file(follow_symlinks=False)
        }
        _bounded(path, self.sizes)

    def read_text(self, name: str) -> str:
        data = read(self._path / name, most=limits.SUMS.most)
        return data.decode("utf-8", "replace")

    def digest(self, name: str) -> str:
        return sha256(self._path / name)


class _InPieces(io.FileIO):
    """A zip's file, of which not more is read at a time than the longest list of files has.

    `zipfile` reads that list whole, as long as the zip says that it is.
    """

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes.

        Raises:
            OSError: more are asked for than any zip of ours makes anybody ask (E2BIG).
        """
        if size is not None and size > limits.SUMS.most:
            raise OSError(errno.E2BIG, f"its list of files has more than {limits.SUMS}")
        return super().read(size)


class _Zip:
    """A zip, read without unpacking: a set may lie in one folder at its top."""

    sizes: Mapping[str, int]

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(_InPieces(path))
        except (OSError, zipfile.BadZipFile) as error:
            raise _no_set(path, f"it is no zip ({error})") from error
        members = [info for info in self._zip.infolist() if not info.is_dir()]
        entries = {info.filename: info for info in members}
        if len(entries) < len(members):  # who unpacks it may get the other one
            raise _no_set(path, "it has two files of the same name")
        if any(info.compress_type not in _METHODS for info in members):
            raise _no_set(path, "it is packed as no set of ours is")
        tops = {name.partition("/")[0] for name in entries}
        top = f"{tops.pop()}/" if len(tops) == 1 and SUMS not in entries else ""
        self._entries = {name.removeprefix(top): info for name, info in entries.items()}
        self.sizes = {name: info.file_size for name, info in self._entries.items()}
        _bounded(path, self.sizes)

    def read_text(self, name: str) -> str:
        with self._zip.open(self._entries[name]) as file:
            return file.read(self.sizes[name]).decode("utf-8", "replace")

    def digest(self, name: str) -> str:
        total = hashlib.sha256()
        left = self.sizes[name]
        with self._zip.open(self._entries[name]) as file:
            while left > 0 and (block := file.read(min(left, 1 << 20))):
                total.update(block)
                left -= len(block)
        return total.hexdigest()


def _bounded(path: Path, sizes: Mapping[str, int]) -> None:
    if len(sizes) > MOST or sum(sizes.values()) > LARGEST:
        raise _no_set(path, f"it has more than {MOST:,} files or {LARGEST:,} bytes")


def _no_set(path: Path, why: str) -> NotASet:
    return NotASet.because(
        "not-a-set",
        f"{path} cannot be verified: {why}.",
        "Give the folder of a publication, or dist/ itself, or a zip of one of them.",
    )
