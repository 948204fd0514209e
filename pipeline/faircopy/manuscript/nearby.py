"""The file that is meant when there is none of its name: in other letters, or another folder."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import islice
from pathlib import Path, PurePosixPath

from faircopy.core import files

_SEEN = 2_000
"""Files that are looked at: a manuscript's folder has some dozens."""


def meant(folder: Path, name: str, endings: tuple[str, ...]) -> str:
    """Return the path, relative to ``folder``, that comes nearest to ``name``; or nothing.

    First what differs in capital letters, slashes or the form of its accents alone, then a file
    of that name in another folder, then one with another ending, then one spelt much like it.
    """
    wanted = _plain(name)
    files = {_plain(path): path for path in _files(folder, endings)}
    if wanted in files:
        return files[wanted]
    for part in (_file, _stem):
        for plain, path in files.items():
            if part(plain) == part(wanted):
                return path
    close = get_close_matches(wanted, files, n=1, cutoff=0.8)
    return files[close[0]] if close else ""


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name.replace("\\", "/")).casefold().removeprefix("./")


def _file(path: str) -> str:
    return PurePosixPath(path).name


def _stem(path: str) -> str:
    return PurePosixPath(path).stem


def _files(folder: Path, endings: tuple[str, ...]) -> Iterator[str]:
    for entry in islice(files.entries(folder), _SEEN):
        path = os.path.relpath(entry.path, folder)
        hidden = path.startswith(".") or "/." in path
        if entry.name.lower().endswith(endings) and not hidden and os.path.isfile(entry.path):  # noqa: PTH113 - a ring is none
            yield path
