"""Font files of a house's own, which lie beside the theme that names them.

They come from whoever made the theme: each is read once, as a file of the folder and of no more
than a stated size, and is refused where it is no whole OpenType font, or says that it may not be
embedded (OpenType 1.9.1, "OS/2", fsType).
"""

from __future__ import annotations

import functools
import hashlib
import struct
from collections.abc import Iterator
from pathlib import Path

import msgspec

from faircopy.core import files, toml
from faircopy.core.limits import FONT
from faircopy.theme.base import Files
from faircopy.theme.naming import tables_of
from faircopy.theme.tokens import Face
from faircopy.theme.whole import is_whole

FORMS = (".ttf", ".otf")
_NEEDED = frozenset({"OS/2", "cmap", "head", "hhea", "hmtx", "maxp", "name"})
"""The tables that every OpenType font has."""
_RESTRICTED = 0x2
"""The bit of fsType by which a font's maker lets nobody embed it."""
_FSTYPE = 8
"""Where it stands in the table."""


def placed(faces: tuple[Face, ...], files: Files) -> tuple[Face, ...]:
    """Return a theme's faces, each with the folder of the theme that names it.

    Args:
        faces: those of the themes ``files``, of the one that extends none first.
        files: the theme's file and those that it extends, nearest first.
    """
    folders = [
        path.parent for path, text in reversed(files) for _ in toml.loads(text).get("face", ())
    ]
    return tuple(
        msgspec.structs.replace(face, folder=folder)
        for face, folder in zip(faces, folders, strict=True)
    )


def digests(files: Files) -> tuple[str, ...]:
    """Return the hash of each font file that a theme's faces have beside it, "" for one not there.

    What is wrong in the theme is told by those who read it.
    """
    return tuple(_digest(folder, name) for folder, name in _named(files))


@functools.lru_cache(maxsize=8)
def _named(files: Files) -> tuple[tuple[Path, Path], ...]:
    """Return the folder of each theme with the font files in it that it names."""
    return tuple(_each_named(files))


def _each_named(files: Files) -> Iterator[tuple[Path, Path]]:
    for path, text in files:
        faces = toml.loads(text).get("face", ())
        for face in faces if isinstance(faces, list) else ():
            if isinstance(face, dict) and not (face.get("package") or face.get("npm")):
                name = Path(str(face.get("file", "")))
                if not (name.is_absolute() or ".." in name.parts):
                    yield path.parent, name


def _digest(folder: Path, name: Path) -> str:
    try:
        return hashlib.sha256(_read(folder / name, folder)).hexdigest()
    except (OSError, ValueError):
        return ""


def _read(path: Path, folder: Path) -> bytes:
    return files.read(path, within=folder, most=FONT.most)


def wrong(face: Face) -> tuple[str, str] | None:
    """Return what is wrong with the file of a face beside its theme, and what to do; or None."""
    name = f"The file {face.file} of the face {face.name}"
    if Path(face.file).suffix.lower() not in FORMS:
        return f"{name} has no ending that a font has.", f"Take one of {', '.join(FORMS)}."
    try:
        data = _read(face.folder / face.file, face.folder)
    except FileNotFoundError:
        return (
            f"{name} is not beside the theme.",
            'Put it there, or name a package of PyPI ("package") or of npm ("npm") that has it.',
        )
    except OSError as error:
        return f"{name} cannot be read: {error.strerror}.", f"It is a file of at most {FONT}."
    tables = tables_of(data) if is_whole(face.folder / face.file) else {}
    if not tables.keys() >= _NEEDED:
        return f"{name} is no font, or not all of one.", "Fetch it again from where it came from."
    if _flags(tables["OS/2"]) & _RESTRICTED:
        return (
            f"{name} says that it may not be embedded.",
            "Ask its maker for a licence, with a file that says so, or take another.",
        )
    return None


def _flags(table: bytes) -> int:
    return int(struct.unpack_from(">H", table, _FSTYPE)[0]) if len(table) >= _FSTYPE + 2 else 0
