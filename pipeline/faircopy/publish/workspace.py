"""Where things lie: the folders of one checkout."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from faircopy.core.limits import SLUG

CODE = Path(__file__).parents[1]
"""The folder of this program's own modules."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RESERVED = ("translation",)
"""Folders of ``dist/`` that are no manuscript's."""


def is_slug(name: str) -> bool:
    """Whether a manuscript's folder may be called so: it begins the names of files and addresses.

    Lower-case letters, digits and single hyphens between them are the same on every system.
    """
    return bool(_SLUG.fullmatch(name)) and len(name) <= SLUG.most and name not in _RESERVED


class Workspace(msgspec.Struct, frozen=True):
    """The folders that a build reads and writes, all below ``root``."""

    root: Path

    @classmethod
    def here(cls) -> Workspace:
        """Return the checkout that this program runs from."""
        return cls(CODE.parents[1])

    @property
    def source(self) -> Path:
        """One folder for each manuscript."""
        return self.root / "source"

    @property
    def styles(self) -> Path:
        """Themes and style sheets."""
        return self.root / "styles"

    @property
    def dist(self) -> Path:
        """What is handed out; nothing but build output."""
        return self.root / "dist"

    @property
    def cache(self) -> Path:
        """What can be made again at any time."""
        return self.root / ".cache" / "build"

    def shown(self, path: Path) -> str:
        """Return ``path`` as a person in the checkout would write it."""
        inside = path.is_relative_to(self.root)
        return path.relative_to(self.root).as_posix() if inside else str(path)
