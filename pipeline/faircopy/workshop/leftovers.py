"""Remove from the virtual environment whatever the lock does not name.

`./inv` runs it by its path when all is installed, with the lock as its one argument. What goes is
what an earlier lock named, and pip and setuptools themselves: Python brings old ones, which nobody
calls after this, and known faults of theirs need not lie about.
"""

from __future__ import annotations

import re
import runpy
import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path


def leftovers(lock: str, installed: Iterable[str]) -> tuple[str, ...]:
    """Return the names of what is installed and not in a lock, sorted."""
    named = {_normal(name) for name in re.findall(r"(?m)^([A-Za-z0-9][\w.-]*)", lock)}
    return tuple(sorted(name for name in set(map(_normal, installed)) if name not in named))


def _normal(name: str) -> str:
    """Return a project's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def remove(lock: Path) -> None:
    """Have pip remove what is left over, itself too."""
    here = [one.metadata["Name"] for one in metadata.distributions()]
    names = leftovers(lock.read_text(encoding="utf-8"), here)
    if "pip" in names:  # else there is nobody to do it
        sys.argv = ["pip", "--disable-pip-version-check", "-qq", "uninstall", "--yes", *names]
        runpy.run_module("pip", run_name="__main__")


if __name__ == "__main__":
    remove(Path(sys.argv[1]))
