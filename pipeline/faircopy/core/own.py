"""What this program must be able to trust lies outside the projects that it is given.

A project's folder may come from a stranger, its cache with it. What is executed (npm's packages)
and what every project shares (cuts of fonts, profiles) is therefore kept in a folder of the user's,
as pre-commit and Playwright do, and what stays in a project carries the mark of a key that lies
there: what somebody else put among it has no such mark. A checkout of this program, whose code is
what runs, is its own folder.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import stat
import tempfile
from importlib import resources
from pathlib import Path

from faircopy.core import files, scratch
from faircopy.core.diagnostics import Diagnostic, Severity

MARK = 32
"""Bytes of a mark."""
_CHECKOUT = Path(str(resources.files("faircopy"))).parents[1]
_NAME = "faircopy"
_KEY = "key"
_LENGTH = 32


def folder() -> Path:
    """Return the folder, which is there unless it is a checkout's.

    ``$XDG_CACHE_HOME/faircopy``, by default ``~/.cache/faircopy`` (XDG Base Directory
    Specification); in a checkout its ``.cache``. Where none can be had, one that goes when the
    command ends: see `passing`.
    """
    return _found()[0]


def is_checkout(root: Path) -> bool:
    """Whether a folder is this program's own checkout, and no project that looks like one."""
    return (_CHECKOUT / "pyproject.toml").is_file() and root.resolve() == _CHECKOUT.resolve()


def passing() -> Diagnostic | None:
    """Return the warning that nothing can be kept for this user, None where it can."""
    if _found()[1]:
        return None
    return Diagnostic(
        "nothing-kept",
        Severity.WARNING,
        f"{_wanted()} cannot be used: what is made and fetched is lost when this command ends.",
        "Set XDG_CACHE_HOME to a folder that is yours and can be written.",
    )


def mark(*parts: bytes | memoryview) -> bytes:
    """Return a mark for ``parts`` that nobody can make who does not know this user's key.

    It is BLAKE2b with a key (RFC 7693, section 2.9).
    """
    whole = hashlib.blake2b(key=_key(folder()), digest_size=MARK)
    for part in parts:
        whole.update(len(part).to_bytes(8))
        whole.update(part)
    return whole.digest()


def _wanted() -> Path:
    named = os.environ.get("XDG_CACHE_HOME", "")
    place = named if os.path.isabs(named) else os.path.expanduser("~/.cache")  # noqa: PTH111, PTH117
    return Path(place) / _NAME


@functools.cache
def _found() -> tuple[Path, bool]:
    """Return the folder, and whether it stays."""
    if (_CHECKOUT / "pyproject.toml").is_file():
        return _CHECKOUT / ".cache", True
    wanted = _wanted()
    if _is_ours(wanted):
        return wanted, True
    place = scratch.folder()
    passing = Path(place) / "own" if place else Path(tempfile.mkdtemp(prefix="faircopy-own-"))
    with contextlib.suppress(OSError):
        passing.mkdir(mode=0o700, exist_ok=True)
    return passing, False


def _is_ours(place: Path) -> bool:
    """Whether a folder is there, or could be made, that nobody else may write to."""
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        about = place.stat()
    except (OSError, RuntimeError):
        return False
    mine = about.st_uid == os.geteuid() and not about.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return mine and os.access(place, os.W_OK | os.X_OK)


@functools.cache
def _key(place: Path) -> bytes:
    """Return the key that lies in a folder, made when there is none; one of this process at worst.

    Several processes may want it at the same time: the first to give it its name has made it.
    """
    path = place / _KEY
    made = os.urandom(_LENGTH)
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.path.lexists(path) and not _read(path):
            path.unlink()
        if not path.exists():
            with tempfile.NamedTemporaryFile(dir=place, prefix=f"{_KEY}-") as file:  # mode 0600
                file.write(made)
                file.flush()
                with contextlib.suppress(FileExistsError):
                    os.link(file.name, path)
    except OSError:
        return _read(path) or made
    return _read(path) or made


def _read(path: Path) -> bytes:
    """Return a key, if it is one that nobody else could read or write."""
    try:
        about = path.lstat()
        key = files.read(path)
    except OSError:
        return b""
    shared = about.st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    return key if len(key) == _LENGTH and about.st_uid == os.geteuid() and not shared else b""
