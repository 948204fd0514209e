"""Files that a manuscript names by a path: inside its folder, wherever links lead."""

from __future__ import annotations

import enum
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from faircopy.core.files import real


class Fault(enum.Enum):
    """What is wrong with a path that a manuscript names."""

    REMOTE = enum.auto()
    OUTSIDE = enum.auto()
    NOWHERE = enum.auto()
    HIDDEN = enum.auto()


class Elsewhere(ValueError):
    """A path leads to no file of the manuscript's folder; says how."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.name)
        self.fault = fault


def inside(folder: Path, url: str) -> Path:
    """Return the path that ``url``, relative and perhaps percent-encoded, means.

    Nothing is opened; that there is such a file is not said.

    Raises:
        Elsewhere: it is an address, leads out of the folder, can be no path, or is hidden: what
            editors and tools drop is not looked at for changes either.
    """
    if ":" in url.partition("/")[0] or url.startswith("//"):
        raise Elsewhere(Fault.REMOTE)
    relative = PurePosixPath(unquote(url))
    root = real(folder)
    try:
        path = real(root / relative)
    except (OSError, ValueError) as error:  # a zero byte
        raise Elsewhere(Fault.NOWHERE) from error
    if relative.is_absolute() or not path.is_relative_to(root):
        raise Elsewhere(Fault.OUTSIDE)
    names = relative.parts
    if any((name.startswith(".") and name != "..") or name.endswith("~") for name in names):
        raise Elsewhere(Fault.HIDDEN)
    return path
