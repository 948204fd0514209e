"""Zip files: written the same on every run, read as a stranger's."""

from __future__ import annotations

import contextlib
import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from faircopy.core import files
from faircopy.core.diagnostics import Place
from faircopy.core.limits import RETURNED, ZIP_ALL, ZIP_BYTES, ZIP_FILES, ZIP_RATIO, Limit
from faircopy.translation.forms import ImportRefused, refuse

# What Python's zipfile raises for damage of one kind or another, encryption included.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_EPOCH = (1980, 1, 1, 0, 0, 0)
_SMALL = 100_000
_KIND = 100
_ENTRY = b"PK\x01\x02"
"""What begins an entry of a zip's directory (PKWARE's APPNOTE, 4.3.12)."""


def write(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of ``files`` in the order given, without times or owners."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            stored = name == "mimetype"  # in the clear (ODF 1.3, part 2, 3.3)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, data)
    return out.getvalue()


@contextlib.contextmanager
def readable(path: Path, remedy: str) -> Iterator[None]:
    """Tell of a file that cannot be read meanwhile, with what to do about it.

    Raises:
        ImportRefused: it cannot be read.
    """
    try:
        yield
    except OSError as error:
        raise refuse(
            "file-unreadable",
            f"the file cannot be read: {error.strerror}",
            remedy,
            Place(str(path)),
        ) from error


def file(path: Path) -> bytes:
    """Return the bytes of a file that came back.

    Raises:
        ImportRefused: it is larger than what comes back may be, or a pipe or a device.
        OSError: it cannot be read.
    """
    about = path.stat()
    if not stat.S_ISREG(about.st_mode):
        raise refuse(
            "no-file",
            "this is no file, but a pipe, a socket or a device",
            "Save what came back as a file, and give its name.",
            Place(str(path)),
        )
    if about.st_size > RETURNED.most:
        raise refuse(
            "file-too-large",
            f"the file has {about.st_size:,} bytes, the limit is {RETURNED.most:,}",
            "Send the translated file alone, without pictures and other files.",
            Place(str(path)),
        )
    return path.read_bytes()


def kind(data: bytes) -> bytes:
    """Return what a zip says that it is (``mimetype``: ODF 1.3, part 2, 3.3), b"" for nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("mimetype") as said:
            return said.read(_KIND).strip()
    except (*_BROKEN, KeyError):
        return b""


def folder(path: Path) -> bytes:
    """Return a folder as a zip, without hidden files and links.

    Raises:
        ImportRefused: it has more, or larger, files than a returned bundle may have.
        OSError: a file cannot be read.
    """
    plain = (one for one in files.entries(path) if one.is_file(follow_symlinks=False))
    there = sorted(Path(one.path) for one in plain)
    found = [file for file in there if "/." not in f"/{file.relative_to(path).as_posix()}"]
    if len(found) > ZIP_FILES.most or sum(file.stat().st_size for file in found) > ZIP_BYTES.most:
        raise refuse(
            "folder-too-large",
            f"the folder has more than {ZIP_FILES.most} files or {ZIP_BYTES.most:,} bytes",
            "Give the folder that came back, or the translated file alone.",
            Place(path.name),
        )
    return write({file.relative_to(path).as_posix(): file.read_bytes() for file in found})


class Bounds(msgspec.Struct, frozen=True):
    """How many files a zip may have, and what to do where it is not taken in."""

    files: Limit = ZIP_FILES
    remedy: str = "Send the translated file alone, without a zip around it."


_RETURNED = Bounds()


class Unpacked(msgspec.Struct):
    """How much was unpacked so far of a zip and the zips in it."""

    files: int = 0
    bytes: int = 0


def read(
    data: bytes, name: str, so_far: Unpacked | None = None, bounds: Bounds = _RETURNED
) -> dict[str, bytes]:
    """Return the files of a zip by their names in it, in its order. Nothing is written anywhere.

    ``so_far`` is added to where this zip came out of another: the bounds are of both.

    Raises:
        ImportRefused: broken, encrypted, with a path that leads out, or larger than the bounds.
    """
    if data.count(_ENTRY) > 2 * bounds.files.most:  # before each costs a kilobyte of memory
        raise _unsafe(f"it has more than {bounds.files.most:,} files", name, bounds)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check(entries, name, so_far or Unpacked(), bounds)
            return {entry.filename: _member(archive, entry, name, bounds) for entry in entries}
    except _BROKEN as error:
        raise refuse(
            "zip-broken",
            f"the zip file is broken or not complete: {error}",
            "Ask for it to be sent again.",
            Place(name),
        ) from None


def _check(entries: list[zipfile.ZipInfo], name: str, so_far: Unpacked, bounds: Bounds) -> None:
    so_far.files += len(entries)
    so_far.bytes += sum(entry.file_size for entry in entries)
    names = [entry.filename.replace("\\", "/") for entry in entries]
    outside = [n for n in names if n.startswith("/") or ".." in n.split("/") or ":" in n]
    too_dense = [
        entry
        for entry in entries
        if entry.file_size > _SMALL
        and entry.file_size > ZIP_RATIO.most * max(entry.compress_size, 1)
    ]
    problem = ""
    if len(entries) > bounds.files.most:
        problem = f"it has {len(entries)} files, more than {bounds.files.most:,}"
    elif so_far.files > ZIP_ALL.most:
        problem = f"it and the zips around it have more than {ZIP_ALL}"
    elif so_far.bytes > ZIP_BYTES.most:
        problem = f"its files have more than {ZIP_BYTES}"
    elif any(entry.file_size > RETURNED.most for entry in entries):
        problem = f"one of its files has more than {RETURNED.most:,} bytes"
    elif any(entry.compress_type not in _METHODS for entry in entries):
        problem = "it is packed in an uncommon way"
    elif too_dense:
        problem = f"“{too_dense[0].filename}” grows more than {ZIP_RATIO.most} times"
    elif outside:
        problem = f"“{outside[0]}” leads out of it"
    elif len(set(names)) < len(names):
        problem = "two of its files have the same name"
    if problem:
        raise _unsafe(problem, name, bounds)


def _unsafe(problem: str, name: str, bounds: Bounds) -> ImportRefused:
    return refuse(
        "zip-unsafe", f"the zip file is not taken in: {problem}", bounds.remedy, Place(name)
    )


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, bounds: Bounds) -> bytes:
    with archive.open(entry) as file:
        data = file.read(entry.file_size + 1)
    if len(data) > entry.file_size:
        raise refuse(
            "zip-unsafe",
            f"“{entry.filename}” is larger than the zip file says",
            bounds.remedy,
            Place(name),
        )
    return data
