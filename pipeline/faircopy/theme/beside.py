"""What a theme has beside it: its own style sheet and its sign, as files of its folder.

They come from whoever made the theme. Nothing outside its folder is read, and nothing that is
larger than its limit.
"""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from faircopy.core import files, toml
from faircopy.core.limits import IMAGE, SETTINGS, Limit
from faircopy.theme.base import Files

CSS = ("css",)
"""The token that names the style sheet,"""
LOGO = ("opener", "logo")
"""and the one that names the sign."""
_MOST: Mapping[tuple[str, ...], Limit] = {CSS: SETTINGS, LOGO: IMAGE}


class Lying(msgspec.Struct, frozen=True):
    """A file beside a theme: the theme's folder, and the file's path in it."""

    folder: Path
    name: str

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.folder / self.name


def named(themes: Files, token: tuple[str, ...]) -> Lying | None:
    """Return the file that a token names, beside the nearest theme that sets it."""
    for path, text in themes:
        name = _value(toml.loads(text), token)
        if isinstance(name, str):
            return Lying(path.parent, name) if name else None
    return None


def _value(table: Mapping[str, Any], token: tuple[str, ...]) -> object:
    found: object = table
    for part in token:
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def read(file: Lying, token: tuple[str, ...]) -> bytes:
    """Return the bytes of a file beside a theme.

    Raises:
        OSError: it is missing, leads out of the theme's folder or is larger than ``limit``.
    """
    if file.path.exists() and not files.leads_below(file.path, file.folder):
        raise OSError(errno.ELOOP, "it leads out of the theme's folder", file.name)
    return files.read(file.path, within=file.folder, most=limit(token).most)


def limit(token: tuple[str, ...]) -> Limit:
    """Return the most that the file of a token may have."""
    return _MOST[token]


def digests(themes: Files) -> Iterator[str]:
    """Yield the hash of each file that there may be beside a theme, "" for none."""
    for token in _MOST:
        file = named(themes, token)
        try:
            yield hashlib.sha256(read(file, token)).hexdigest() if file else ""
        except (OSError, ValueError):
            yield ""
