"""The files of an mdBook, which become one manuscript: its contents, its chapters, its settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from faircopy.core import files, toml
from faircopy.intake import Taken, Wishes, markdown, take_book
from faircopy.intake.front import Values
from faircopy.intake.mdbook import CONTENTS, is_contents
from faircopy.passes.permitted import LANG
from faircopy.translation import archive

_SETTINGS = "book.toml"
_SOURCE = "src"
_MOST = 2_000
"""Chapters of a book; the longest of those that are public has 200."""


def contents(path: Path) -> Path | None:
    """Return the contents of the mdBook that a path is of: they, their folder, or the one above."""
    if path.is_dir():
        folders = (path, path / _SOURCE)
        found = (
            one for folder in folders for one in sorted(folder.glob("*.md")) if folder.is_dir()
        )
        return next((one for one in found if is_contents(one.name)), None)
    return path if is_contents(path.name) else None


def named(path: Path) -> Path:
    """Return the folder that a book is named after."""
    folder = path.resolve().parent
    return folder.parent if folder.name == _SOURCE else folder


def take(path: Path, wishes: Wishes) -> Taken:
    """Make one manuscript of the book whose contents are at ``path``.

    Raises:
        FaircopyError: a file is none that can be read, or is too large.
    """
    with archive.readable(path, f"Give the path of an mdBook's {CONTENTS.lower()}, or its folder."):
        listed = markdown.chapters(archive.file(path), path.name)
        root = path.resolve().parent
        texts, missing = [], []
        for one in listed[:_MOST]:
            file = (root / one.path).resolve()
            if file.is_relative_to(root) and file.is_file():
                texts.append((one, archive.file(file)))
            else:
                missing.append(f"the chapter {one.path} is not there")
    front, lang = _settings(path)
    named_so = f"{named(path).name}.md"
    found = take_book(texts, named_so, wishes, front, lang)
    told = (
        f"the {len(texts)} chapters of this mdBook are one manuscript, in the order of its contents"
    )
    return msgspec.structs.replace(found, decide=(told, *missing, *found.decide))


def _settings(path: Path) -> tuple[Values, str]:
    """Return what an mdBook says of itself (its guide, “General configuration”)."""
    said: dict[str, Any] = {}
    for folder in (path.resolve().parent.parent, path.resolve().parent):
        file = folder / _SETTINGS
        if file.is_file():
            try:
                said = toml.loads(files.read(file).decode()).get("book", {})
            except (toml.Wrong, UnicodeDecodeError):
                said = {}
    front: Values = {}
    if isinstance(said.get("title"), str) and said["title"].strip():
        front["title"] = said["title"].strip()
    names = said.get("authors")
    if isinstance(names, list) and all(isinstance(one, str) for one in names) and names:
        front["author"] = names
    lang = said.get("language")
    return front, lang if isinstance(lang, str) and LANG.fullmatch(lang) else ""
