"""What two machines must have alike to make the same bytes, and jobs on their way between them."""

from __future__ import annotations

import io
import pickle
import sys
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import faircopy
from faircopy.core import own
from faircopy.publish import digest, tools
from faircopy.publish.project import CODE, STYLES, Project
from faircopy.theme import Face
from faircopy.theme.sources import installed, source

NOT_THERE = "none"
_WORKSHOP, _STYLES = "workshop", "styles"


def conditions(place: Project, faces: Iterable[Face]) -> dict[str, str]:
    """Return what the bytes of an edition depend on here, beyond its manuscript, part by part.

    That is the program, Python, pandoc, every package of the lock, the libraries that set type,
    the themes, and the files of ``faces``, by version or by hash.

    Raises:
        ToolError: there is no pandoc.
    """
    found = dict(tools.versions())
    found["faircopy"] = f"{faircopy.__version__} ({_code()[:8]})"
    found["machine"] = f"{sys.platform} {digest.machine()}"
    found |= {name: _version(name) for name in digest.pinned()}
    found |= {Path(path).name.partition(".so")[0]: Path(path).name for path in digest.libraries()}
    found["themes that come along"] = digest.of_folder(STYLES, follow=True)[:8]
    found["styles/"] = digest.of_folder(place.styles, follow=True)[:8]
    found |= {f"font {face.name}": _font(face) for face in faces}
    return found


def differences(here: Mapping[str, str], there: Mapping[str, str]) -> tuple[str, ...]:
    """Return in words what is not alike, sorted by name."""
    return tuple(
        f"{name} is {there.get(name, NOT_THERE)} there, {here.get(name, NOT_THERE)} here"
        for name in sorted({*here, *there})
        if here.get(name, NOT_THERE) != there.get(name, NOT_THERE)
    )


def _code() -> str:
    """Return the hash of the program, without what a wheel lacks or has another way."""
    parts = sorted(path for path in CODE.iterdir() if path.name not in (_WORKSHOP, _STYLES))
    folders = (digest.of_folder(path) for path in parts if path.is_dir())
    return digest.of(*folders, digest.of_files(path for path in parts if path.suffix == ".py"))


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return NOT_THERE


def _font(face: Face) -> str:
    return digest.of_file(source(face))[:8] if installed(face) else NOT_THERE


# --- parcels -------------------------------------------------------------------------------------


def pack(place: Project, *values: object) -> bytes:
    """Return values as bytes in which the folders of this machine have names, not paths.

    What lies in the project, in the program or in the user's own folder (`faircopy.core.own`) is
    found again where `unpack` has these.
    """
    stream = io.BytesIO()
    _Packer(stream, place).dump(values)
    return stream.getvalue()


def unpack(place: Project, parcel: bytes) -> Any:
    """Return the values of `pack` with the paths of this machine."""
    return _Unpacker(io.BytesIO(parcel), place).load()


def _folders(place: Project) -> dict[str, Path]:
    """Return the folders that have names, the inner first."""
    return {"program": CODE, "own": own.folder(), "project": place.root}


class _Packer(pickle.Pickler):
    def __init__(self, stream: io.BytesIO, place: Project) -> None:
        super().__init__(stream, -1)
        self._named = _folders(place)

    def persistent_id(self, value: object) -> tuple[str, str] | None:
        """Return a folder's name and the path in it, for a path that lies in one."""
        if not isinstance(value, Path):
            return None
        inside = (item for item in self._named.items() if value.is_relative_to(item[1]))
        name, folder = next(inside, ("", Path()))
        return (name, value.relative_to(folder).as_posix()) if name else None


class _Unpacker(pickle.Unpickler):
    def __init__(self, stream: io.BytesIO, place: Project) -> None:
        super().__init__(stream)
        self._named = _folders(place)

    def persistent_load(self, named: tuple[str, str]) -> Path:
        """Return the path of `_Packer.persistent_id` here."""
        name, inside = named
        return self._named[name] / inside
