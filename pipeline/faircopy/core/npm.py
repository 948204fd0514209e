"""What only npm has: kits of locked packages, each in a folder of a cache.

The cache is never a project's, which a stranger may have filled: see `faircopy.core.own`. A kit's
``package.json`` and its lock come along with this program. They are laid into the cache, and npm
installs there what the lock names, by its hashes. A copy of the lock says afterwards that all is
there: packages of another lock do not count.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib import resources
from pathlib import Path

import msgspec

from faircopy.core import process

LOCK = "package-lock.json"
_FILES = ("package.json", LOCK)
_MARK = "installed.lock"
_PACKAGES = "node_modules"
_SECONDS = 1800.0


class Kit(msgspec.Struct, frozen=True):
    """Packages that one lock names.

    Attributes:
        name: the folder's name in the cache.
        data: where ``package.json`` and the lock lie within this program's package.
        verb: npm's command with its options.
    """

    name: str
    data: str
    verb: tuple[str, ...] = ("ci",)

    def read(self, file: str) -> bytes:
        """Return ``package.json`` or the lock."""
        return resources.files("faircopy").joinpath(self.data, file).read_bytes()


def folder(kit: Kit, cache: Path) -> Path:
    """Return where a kit lies in a cache."""
    return cache / "npm" / kit.name


def packages(kit: Kit, cache: Path) -> Path | None:
    """Return the folder of a kit's packages, or None where not all of its lock are installed."""
    inside = folder(kit, cache) / _PACKAGES
    try:
        state = (inside / _MARK).stat()
    except OSError:
        return None
    return inside if _is_locked(kit, inside / _MARK, state.st_ino, state.st_mtime_ns) else None


@lru_cache(maxsize=8)
def _is_locked(kit: Kit, mark: Path, *_state: int) -> bool:
    return mark.read_bytes() == kit.read(LOCK)


def install(kit: Kit, cache: Path, say: Callable[[str], None]) -> None:
    """Install a kit into a cache.

    Args:
        kit: what is installed.
        cache: the cache, which need not be there.
        say: is told the command before it runs.

    Raises:
        ToolError: npm is missing or failed.
        OSError: the cache cannot be written.
    """
    place = folder(kit, cache)
    place.mkdir(parents=True, exist_ok=True)
    for name in _FILES:
        (place / name).write_bytes(kit.read(name))
    command = ["npm", *kit.verb, "--ignore-scripts", "--no-audit", "--no-fund"]
    say(f"{' '.join(command)} --prefix {place}")
    process.run([*command, "--prefix", str(place)], timeout=_SECONDS)
    (place / _PACKAGES / _MARK).write_bytes(kit.read(LOCK))
