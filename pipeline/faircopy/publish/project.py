"""Where things lie: the folders of one project, found once and handed on."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import msgspec

from faircopy.core import files
from faircopy.core.diagnostics import EditionError, Place
from faircopy.core.limits import SLUG
from faircopy.publish import settings
from faircopy.publish.settings import Settings

CODE = Path(str(resources.files("faircopy")))
"""The folder of this program's own modules."""
STYLES = CODE / "styles"
"""The themes that come along; in this program's own checkout the project's are the same folder."""

PROJECT = "FAIRCOPY_PROJECT"
"""Variable of the environment that names the project's folder."""
SOURCE = "source"

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RESERVED = ("translation",)
"""Folders of ``dist/`` that are no manuscript's."""


def is_slug(name: str) -> bool:
    """Whether a manuscript's folder may be called so: it begins the names of files and addresses.

    Lower-case letters, digits and single hyphens between them are the same on every system.
    """
    return bool(_SLUG.fullmatch(name)) and len(name) <= SLUG.most and name not in _RESERVED


class Project(msgspec.Struct, frozen=True):
    """The folders that a build reads and writes, all below ``root``."""

    root: Path
    settings: Settings = Settings()

    @classmethod
    def here(cls, start: Path | None = None, environ: Mapping[str, str] = os.environ) -> Project:
        """Return the project that the environment names, or that ``start`` lies in.

        That is the nearest folder with a ``faircopy.toml``, from ``start`` (by default the
        working folder) upwards; failing that, the nearest with a folder ``source``.

        Raises:
            EditionError: there is none, or its ``faircopy.toml`` is wrong.
        """
        if named := environ.get(PROJECT):
            return cls.at(files.real(named))
        begin = files.real(start or Path.cwd())
        folders = (begin, *begin.parents)
        for holds in (settings.FILE, SOURCE):
            for folder in folders:
                if (folder / holds).exists():
                    return cls.at(folder)
        raise EditionError.because(
            "no-project",
            f"Neither {begin} nor a folder above it is a project of Faircopy.",
            "Go into your project's folder, or begin one with: ./inv init FOLDER",
        )

    @classmethod
    def at(cls, root: Path) -> Project:
        """Return the project in a folder, with the settings that its house has made.

        Raises:
            EditionError: its ``faircopy.toml`` is wrong, or its cache or source leads elsewhere.
        """
        found = cls(root, settings.read(root))
        if found.source.is_symlink() and not files.leads_below(found.source, root):
            raise EditionError.because(
                "source-linked",
                f"The folder {SOURCE} is a link to {os.readlink(found.source)}, outside the"  # noqa: PTH115
                " project: nothing of it is published.",
                "Put the folder itself there, or work in the project that it leads to.",
                Place(SOURCE),
            )
        for place in (found.store, found.cache, found.store / "proof"):
            if place.is_symlink():  # whoever sent the project chose what we write over
                name = found.shown(place)
                raise EditionError.because(
                    "cache-linked",
                    f"{name} is a link to {os.readlink(place)}: nothing is kept or removed there.",  # noqa: PTH115
                    f"Remove the link: rm {name}",
                    Place(name),
                )
        return found

    @property
    def source(self) -> Path:
        """One folder for each manuscript."""
        return self.root / SOURCE

    @property
    def styles(self) -> Path:
        """Themes and style sheets."""
        return self.root / "styles"

    @property
    def dist(self) -> Path:
        """What is handed out; nothing but build output."""
        return self.root / "dist"

    @property
    def store(self) -> Path:
        """What can be made or fetched again at any time."""
        return self.root / ".cache"

    @property
    def cache(self) -> Path:
        """What builds made and checks said."""
        return self.store / "build"

    def shown(self, path: Path) -> str:
        """Return ``path`` as a person in the checkout would write it."""
        inside = path.is_relative_to(self.root)
        return path.relative_to(self.root).as_posix() if inside else str(path)
