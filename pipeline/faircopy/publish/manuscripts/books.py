"""The files of an mdBook, which become one manuscript: its contents, its chapters, its settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from faircopy.core import files, toml
from faircopy.core.diagnostics import Place
from faircopy.core.limits import CHAPTERS, MANUSCRIPT, Limit
from faircopy.intake import Taken, Wishes, markdown, take_book
from faircopy.intake.front import Values
from faircopy.intake.mdbook import CONTENTS, is_contents
from faircopy.manuscript.named import Elsewhere, inside
from faircopy.passes.permitted import LANG
from faircopy.translation import archive
from faircopy.translation.forms import refuse

_SETTINGS = "book.toml"
_SOURCE = "src"


def contents(path: Path) -> Path | None:
    """Return the contents of the mdBook that a path is of: they, their folder, or the one above."""
    if path.is_dir():
        found = (one for folder in (path, path / _SOURCE) for one in sorted(folder.glob("*.md")))
        return next((one for one in found if is_contents(one.name)), None)
    return path if is_contents(path.name) else None


def named(path: Path) -> Path:
    """Return the folder that a book is named after."""
    folder = files.real(path).parent
    return folder.parent if folder.name == _SOURCE else folder


def take(path: Path, wishes: Wishes) -> Taken:
    """Make one manuscript of the book whose contents are at ``path``.

    Raises:
        FaircopyError: a file is none that can be read, or is too large; or there are too many.
    """
    with archive.readable(path, f"Give the path of an mdBook's {CONTENTS.lower()}, or its folder."):
        listed = markdown.chapters(archive.file(path), path.name)
        _hold_to(CHAPTERS, len(listed), path)
        root = files.real(path).parent
        found = [(one, _within(root, one.path)) for one in listed]
        sizes = [file.stat().st_size for _, file in found if file]
        _hold_to(MANUSCRIPT, sum(sizes), path)
        texts = [(one, archive.file(file)) for one, file in found if file]
        missing = [f"the chapter {one.path} is not there" for one, file in found if not file]
    front, lang = _settings(path)
    named_so = f"{named(path).name}.md"
    taken = take_book(texts, named_so, wishes, front, lang)
    told = (
        f"the {len(texts)} chapters of this mdBook are one manuscript, in the order of its contents"
    )
    return msgspec.structs.replace(taken, decide=(told, *missing, *taken.decide))


def _within(root: Path, path: str) -> Path | None:
    """Return a chapter's file, or None where none of this book is."""
    try:
        file = inside(root, quote(path))
    except Elsewhere:
        return None
    return file if file.is_file() else None


def _hold_to(limit: Limit, count: int, path: Path) -> None:
    if count > limit.most:
        raise refuse(
            "book-too-large",
            f"the chapters of this mdBook are too many: {count:,}; the limit is {limit}",
            f"Take some out of {path.name}, and import them as a manuscript of their own.",
            Place(str(path)),
        )


def _settings(path: Path) -> tuple[Values, str]:
    """Return what an mdBook says of itself (its guide, “General configuration”)."""
    said: dict[str, Any] = {}
    root = files.real(path).parent
    for folder in (root.parent, root):
        file = folder / _SETTINGS
        if file.is_file() and files.leads_below(file, folder):
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
