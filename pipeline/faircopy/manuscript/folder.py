"""A manuscript's folder as a stranger may have left it: looked at before it is read.

Only regular files inside the folder are opened, so that no link leads to someone's secrets and
no pipe or device keeps the reader waiting for ever.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from faircopy.core import files
from faircopy.core.diagnostics import Diagnostic, ManuscriptError, Place, Severity, errors
from faircopy.core.limits import BESIDE, FOLDER, IMAGES, MANUSCRIPT, RETURNED

_TRANSLATIONS = "translations"
_LARGEST = {
    ".md": MANUSCRIPT,
    ".toml": BESIDE,
    ".txt": BESIDE,
    ".tsv": BESIDE,
    ".xlf": RETURNED,
    ".tmx": RETURNED,
}
"""What is read, by the ends of names, and how large it may be."""


_MANUSCRIPT = "manuscript.md"
_BY_NAME = frozenset({
    _MANUSCRIPT, "queries.toml", "corrections.toml", "lint.toml", "original.txt", "words.txt",
    "do-not-translate.txt", "editions.toml", "glossary.tsv",
})  # fmt: skip
"""What is asked for by its whole name, so that no folder may be called so."""


def look_over(folder: Path, name: str) -> tuple[Diagnostic, ...]:
    """See that the texts in a manuscript's folder can be read safely.

    What nobody reads may be there: hidden files, other folders than ``translations``, other kinds
    of files. The images that a manuscript shows are looked at one by one when it is read.

    Args:
        folder: the manuscript's folder.
        name: what diagnostics call it.

    Returns:
        a warning for each file that cannot be read and that nobody asks for by its name.

    Raises:
        ManuscriptError: with a finding for each link that leads out, each thing that is no file,
            and each text that is too large or cannot be read.
    """
    root = files.real(folder)
    if folder.is_symlink() and not files.leads_below(folder, folder.parent):
        raise ManuscriptError.because(  # a project that was sent would publish what is not in it
            "folder-outside",
            f"the manuscript's folder is a link to {root}, outside the folder of all manuscripts",
            "Put the folder itself there.",
            Place(name),
        )
    _refuse_heavy(folder, name)
    found: list[Diagnostic] = []
    for part in (folder, folder / _TRANSLATIONS):
        shown = name if part is folder else f"{name}/{_TRANSLATIONS}"
        for entry in sorted(_entries(part), key=lambda item: item.name):
            place = Place(f"{shown}/{entry.name}")
            if _is_read(entry.name):
                wrong = _wrong(entry, root, place)
                found += [wrong] if wrong else []
            elif _is_closed(entry):
                found.append(_closed(entry.name, Severity.WARNING, place))
    if errors(found):
        raise ManuscriptError(*found)
    return tuple(found)


def _refuse_heavy(folder: Path, name: str) -> None:
    """See that a folder has no more than each build can look through.

    Raises:
        ManuscriptError: it has.
    """
    there = files.entries(folder, files.TOOLS_FOLDERS)
    sizes = (item.stat().st_size for item in there if item.is_file(follow_symlinks=False))
    if sum(size for size in sizes if size <= IMAGES.most) > FOLDER.most:
        raise ManuscriptError.because(
            "folder-too-large",
            f"the files in this folder have more than {FOLDER}",
            "Keep what the text does not show in another folder.",
            Place(name),
        )


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:  # not there, or not to be read: whoever asks for a file in it will say so
        return []


def _is_read(name: str) -> bool:
    return not name.startswith(".") and (name == _TRANSLATIONS or Path(name).suffix in _LARGEST)


def _wrong(entry: os.DirEntry[str], root: Path, place: Place) -> Diagnostic | None:
    if entry.is_symlink() and not files.real(entry.path).is_relative_to(root):
        what = "manuscript-outside" if entry.name == _MANUSCRIPT else "link-outside"
        return Diagnostic(
            what,
            Severity.ERROR,
            f"{entry.name} is a link to something outside the manuscript's folder",
            "Put the file itself into the folder.",
            place,
        )
    try:
        about = entry.stat()
    except OSError:  # a link to nothing
        return None
    if entry.name == _TRANSLATIONS and not os.access(entry.path, os.R_OK | os.X_OK):
        return _closed(entry.name, Severity.ERROR, place)
    if stat.S_ISDIR(about.st_mode):
        return _a_folder(entry.name, place) if entry.name in _BY_NAME else None
    if not stat.S_ISREG(about.st_mode):
        return Diagnostic(
            "no-file",
            Severity.ERROR,
            f"{entry.name} is no file, but a pipe, a socket or a device",
            "Remove it.",
            place,
        )
    if not os.access(entry.path, os.R_OK):
        return _closed(entry.name, Severity.ERROR, place)
    return _too_large(entry.name, about.st_size, place)


def _is_closed(entry: os.DirEntry[str]) -> bool:
    """Whether a plain file in sight may not be read."""
    seen = not entry.name.startswith(".") and entry.is_file(follow_symlinks=False)
    return seen and not os.access(entry.path, os.R_OK)


def _closed(name: str, severity: Severity, place: Place) -> Diagnostic:
    nobody = "" if severity is Severity.ERROR else "; nothing of it is in the editions"
    return Diagnostic(
        "file-unreadable",
        severity,
        f"{name} cannot be read: its permissions do not let you{nobody}",
        f"Give yourself the right to read it, as with: chmod u+rX {place.file}",
        place,
    )


def _a_folder(name: str, place: Place) -> Diagnostic:
    return Diagnostic(
        "no-file",
        Severity.ERROR,
        f"{name} is a folder, where a text is expected",
        "Rename it, or remove it.",
        place,
    )


def _too_large(name: str, size: int, place: Place) -> Diagnostic | None:
    most = _LARGEST.get(Path(name).suffix, BESIDE)
    if size <= most.most:
        return None
    main = name == _MANUSCRIPT
    return Diagnostic(
        "manuscript-too-large" if main else "file-too-large",
        Severity.ERROR,
        f"{name} has {size:,} bytes, the limit is {most.most:,}",
        "Divide it into several manuscripts." if main else "Make it smaller, or take it away.",
        place,
    )
