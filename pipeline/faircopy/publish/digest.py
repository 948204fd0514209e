"""Content hashes of everything that a finished file depends on.

Two runs with the same hash would write the same bytes, so the second need not run. A hash never
depends on times, on the order of a folder or on where the checkout lies.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import resources
from pathlib import Path

from faircopy.core import files
from faircopy.core.limits import FOLDER, IMAGES

_DROPPED = (".swp", ".swo", "~")
_DROPPINGS = (".#", "._", ".~")
_DROPPED_NAMES = frozenset({".DS_Store", ".directory", ".gitignore", ".gitkeep"})
"""What editors and systems leave; any other hidden file may be a picture that a text shows."""
LIBRARIES = ("pango-1.0", "harfbuzz", "harfbuzz-subset", "fontconfig")
"""WeasyPrint's libraries of the system: a change of version may move a line end."""

_EDITIONS = "/editions.toml"
_RECORDED = re.compile(rb"(?m)^\[release\.sums\]\n(?:[^\[\n].*\n?)*")
"""The sums of a release's files, which follow from the rest, so that nothing depends on them."""

PINS = "requirements.txt"
"""What a build needs, in a file of this package."""


def of_file(path: Path, *, within: Path | None = None) -> str:
    """Return the hash of one file as `of_folder` counts it: of its bytes, if it has any.

    ``within`` is the folder that links of it may not leave; its own when left out.
    """
    return of(_bytes(str(path), str(within or path.parent)))


def of(*parts: str | bytes) -> str:
    """Return the SHA-256, in hexadecimal, of ``parts``; where one ends counts."""
    return _hashed(parts)


def _hashed(parts: Iterable[str | bytes]) -> str:
    """Return the hash of what need not be in memory at one time."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode(errors="surrogateescape") if isinstance(part, str) else part
        whole.update(b"%d:" % len(data))
        whole.update(data)
    return whole.hexdigest()


def of_folder(folder: Path, *, without: str = "", follow: bool = False) -> str:
    """Return the hash of a folder: the relative path and the bytes of every file in it.

    ``without`` names a folder in it that does not count.

    Left out is what editors and tools drop: copies, locks, caches, what keeps versions.
    A link to a file in the folder counts as that file, and any other as its target's name: nothing
    that such a link leads to is read, unless ``follow`` says that the folder is not a stranger's.
    What is no file, what cannot be read, what is too large for anything to read it, and what is
    more than a folder may have, counts by that: whoever needs it will say so.
    """
    root = str(folder)
    left_out = f"{root}/{without}/" if without else "\0"
    return _hashed(_parts(root, left_out, follow=follow))


def _parts(root: str, left_out: str, *, follow: bool) -> Iterator[str | bytes]:
    """Yield the path and the bytes of each file, as long as a folder may have so many."""
    left = FOLDER.most
    for path in _files(root):
        if not path.startswith(left_out):
            data = _bytes(path, root, follow) if left >= 0 else b"more than a folder may have"
            left -= len(data)
            yield from (path[len(root) + 1 :], data)


def of_files(paths: Iterable[Path]) -> str:
    """Return the hash of single files, by name and bytes; a missing one counts as missing."""
    return _hashed(
        part
        for path in paths
        for part in (path.name, _bytes(str(path), "", True) if path.is_file() else "missing")
    )


def _files(root: str) -> Iterator[str]:
    for entry in files.entries(root, files.TOOLS_FOLDERS):
        if not entry.is_dir(follow_symlinks=False) and not _is_dropped(entry.name):
            yield entry.path


def _is_dropped(name: str) -> bool:
    return name in _DROPPED_NAMES or name.startswith(_DROPPINGS) or name.endswith(_DROPPED)


def _bytes(path: str, root: str, follow: bool = False) -> bytes:
    link = os.readlink(path) if os.path.islink(path) else ""  # noqa: PTH114, PTH115 - hot path
    try:
        if link and not follow and not files.leads_below(path, root):
            return link.encode(errors="surrogateescape")
        size = os.stat(path).st_size  # noqa: PTH116
        if size > IMAGES.most:
            return b"%d bytes, which no manuscript may have" % size
        data = files.read(path, within=root, follow=follow)
        return _without_sums(data) if path.endswith(_EDITIONS) else data
    except OSError as error:
        return f"{link} {error.errno}".encode(errors="surrogateescape")


def _without_sums(data: bytes) -> bytes:
    """Return ``editions.toml`` without the sums of released files, and without empty lines."""
    return b"\n".join(line for line in _RECORDED.sub(b"", data).splitlines() if line)


def of_environment() -> str:
    """Return the hash of what runs the program, lock or no lock.

    That is Python, the machine's kind, what packs, the packages of a build that are installed (by
    name and version, read from the folders' names), and the system's libraries that set type.
    Judges and test tools beside them make no other bytes.
    """
    needed = frozenset(_normal(name) for name in pinned())
    packages = (
        sorted(name for name in os.listdir(path) if _distribution(name) in needed)  # noqa: PTH208
        for path in sys.path
        if path.endswith("site-packages") and os.path.isdir(path)  # noqa: PTH112
    )
    installed = (name for names in packages for name in names)
    about = (sys.version, sys.platform, machine(), zlib.ZLIB_RUNTIME_VERSION)
    return of(*about, *installed, *libraries())


@lru_cache(maxsize=1)
def pinned() -> tuple[str, ...]:
    """Return the names of all packages that a build needs, as ``requirements.txt`` pins them."""
    text = resources.files("faircopy").joinpath(PINS).read_text(encoding="utf-8")
    return tuple(re.findall(r"(?m)^([\w.-]+)==", text))


def _distribution(folder: str) -> str:
    """Return the name of the package that ``NAME-VERSION.dist-info`` is of; else nothing."""
    name, _, rest = folder.partition("-")
    return _normal(name) if rest.endswith(".dist-info") else ""


def _normal(name: str) -> str:
    """Return a project's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def machine() -> str:
    """Return the kind of processor, such as ``x86_64``."""
    return platform.machine()


def libraries() -> Iterator[str]:
    """Yield the real names of the typesetting libraries: they carry the version."""
    folders = (
        f"/usr/lib/{machine()}-linux-gnu",
        "/usr/lib64",
        "/usr/lib",
        "/usr/local/lib",
        "/opt/homebrew/lib",
        "/opt/local/lib",
    )
    for folder in folders:
        for name in LIBRARIES:
            for file in (f"lib{name}.so.0", f"lib{name}.so.1", f"lib{name}.0.dylib"):
                path = f"{folder}/{file}"
                if os.path.exists(path):  # noqa: PTH110
                    yield os.path.realpath(path)
