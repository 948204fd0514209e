"""Where the theme's faces come from: font files inside locked packages of PyPI and npm."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from faircopy.core import npm
from faircopy.core.diagnostics import ToolError
from faircopy.theme.tokens import Face

FONTS = npm.Kit("fonts", "styles/fonts")
"""Fonts of the languages that the themes are made for; in a checkout ``./inv`` installs them."""

MORE = npm.Kit("more-fonts", "styles/fonts/more")
"""Fonts of optional faces, for names in other scripts."""

INSTALL = "./inv doctor --install=fonts"
"""The command that installs both."""

KNOWN = frozenset(
    {
        *("fontpkg-amiri", "fontpkg-frank-ruhl-libre", "fontpkg-source-code-pro"),
        *("fontpkg-source-sans-3", "fontpkg-source-serif-4", "pylopdf-fonts-zh-cn"),
    }
)
"""The packages of PyPI that the themes name that come along; any other may be a stranger's."""

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
    if face.local:
        raise ToolError.because(
            "font-missing", f"The font {face.name} is not beside its theme.", install(face)
        )
    package = face.package or face.npm
    if path is not None and path.parent.is_dir():
        why, remedy = f"has no file {face.file}", "Name a file that it has in the theme."
    else:
        why, remedy = "is not installed", f"Run: {install(face)}"
    raise ToolError.because(
        "font-missing", f"The font {face.name} needs the package {package}, which {why}.", remedy
    )


def kit(face: Face) -> npm.Kit:
    """Return the kit that a face of npm's is in."""
    return MORE if face.optional else FONTS


def fetched(store: Path) -> tuple[str, ...]:
    """Return which of npm's kits are in a project's cache: a file may hold fonts of theirs."""
    return tuple(one.name for one in (FONTS, MORE) if npm.packages(one, store))


def install(face: Face) -> str:
    """Return the command that installs what ``face`` comes from, or what else is to be done."""
    if face.local:
        return f"Put the file {face.file} beside the theme."
    if not face.package:
        return INSTALL
    unknown = (
        "" if face.package in KNOWN else "  # only if you know whose it is: the theme names it"
    )
    return f"pip install {face.package}{unknown}"


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
        from importlib import metadata  # a rebuild of nothing does without

        files = metadata.files(face.package) or ()
        texts = [Path(str(file.locate())) for file in files if file.name in LICENCES]
    return texts[0].read_text(encoding="utf-8") if texts else ""


def _path(face: Face) -> Path | None:
    if face.local:
        return face.folder / face.file
    if face.npm:
        packages = npm.packages(kit(face), face.store)
        return packages / face.npm / face.file if packages else None
    folder = _folder(face.package)
    if folder is None:
        return None
    inside = folder / "files" / face.file
    return inside if inside.is_file() else folder / face.file


@lru_cache(maxsize=64)
def _folder(package: str) -> Path | None:
    """Return the folder of an installed package of PyPI."""
    spec = find_spec(package.partition(".")[0].replace("-", "_"))  # which imports nothing
    places = spec.submodule_search_locations if spec else None
    return Path(places[0]) if places else None
