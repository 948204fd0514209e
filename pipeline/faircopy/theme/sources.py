"""Where the theme's faces come from: font files inside locked packages of PyPI and npm."""

from __future__ import annotations

from functools import lru_cache
from importlib import metadata, resources
from pathlib import Path

from faircopy.core.diagnostics import ToolError
from faircopy.theme.loading import STYLES
from faircopy.theme.tokens import Face

NPM = STYLES / "fonts" / "node_modules"
"""Where npm puts the packages of ``styles/fonts/package.json``, which ``./inv`` installs."""

MORE = STYLES / "fonts" / "more" / "node_modules"
"""Where it puts those of optional faces, which the doctor installs when it is told to."""

NPM_COMMAND = "npm ci --ignore-scripts --prefix styles/fonts"
MORE_COMMAND = f"{NPM_COMMAND}/more"
INSTALL = "./inv doctor --install"

LICENCES = ("LICENSE_FONT", "OFL.txt", "LICENSE", "LICENSE.txt")
"""What packages call the file with a font's licence, the surest name first."""


def source(face: Face) -> Path:
    """Return the installed font file that ``face`` is made from.

    Raises:
        ToolError: the package is not installed, or has no such file.
    """
    path = _path(face)
    if path is not None and path.is_file():
        return path
    package = face.package or face.npm
    if path is not None and path.parent.is_dir():
        why, remedy = f"has no file {face.file}", "Name a file that it has in the theme."
    else:
        why, remedy = "is not installed", f"Run: {install(face)}"
    raise ToolError.because(
        "font-missing", f"The font {face.name} needs the package {package}, which {why}.", remedy
    )


def again(face: Face) -> str:
    """Return the command that puts the packages of npm again where ``face`` has its own."""
    return MORE_COMMAND if face.optional else NPM_COMMAND


def install(face: Face) -> str:
    """Return the command that installs what ``face`` comes from."""
    if face.package:
        return f"pip install {face.package}"
    return INSTALL if face.optional else NPM_COMMAND


def installed(face: Face) -> bool:
    """Whether the file that ``face`` is made from is there."""
    path = _path(face)
    return path is not None and path.is_file()


def licence(face: Face) -> str:
    """Return the licence that comes with the face's package; "" when it brings none.

    Raises:
        ToolError: the package is not installed.
    """
    path = source(face)
    near = (path.parent, *path.parents[1:3])
    texts = [folder / name for folder in near for name in LICENCES if (folder / name).is_file()]
    if not texts and face.package:
        files = metadata.files(face.package) or ()
        texts = [Path(str(file.locate())) for file in files if file.name in LICENCES]
    return texts[0].read_text(encoding="utf-8") if texts else ""


def _path(face: Face) -> Path | None:
    if face.npm:
        return (MORE if face.optional else NPM) / face.npm / face.file
    folder = _folder(face.package)
    if folder is None:
        return None
    inside = folder / "files" / face.file
    return inside if inside.is_file() else folder / face.file


@lru_cache(maxsize=64)
def _folder(package: str) -> Path | None:
    """Return the folder of an installed package of PyPI."""
    try:
        return Path(str(resources.files(package.replace("-", "_"))))
    except ModuleNotFoundError:
        return None
