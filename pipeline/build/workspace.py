"""Where things lie: the folders of one checkout."""

from __future__ import annotations

from pathlib import Path

import msgspec

CODE = Path(__file__).parents[1]
"""The folder of this program's own modules."""


class Workspace(msgspec.Struct, frozen=True):
    """The folders that a build reads and writes, all below ``root``."""

    root: Path

    @classmethod
    def here(cls) -> Workspace:
        """Return the checkout that this program runs from."""
        return cls(CODE.parent)

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
