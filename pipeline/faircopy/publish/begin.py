"""A new project: the folder in which a house keeps its manuscripts, with nothing of ours in it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import faircopy
from faircopy.core.diagnostics import EditionError, Place
from faircopy.core.files import read, write
from faircopy.publish.settings import FILE

SETTINGS = """\
# What holds for all manuscripts of this house. A manuscript's front matter wins over it.
engine = "{version}"  # a build with another version of Faircopy is refused
# publisher = "Who publishes"
# outlet = "The newspaper or magazine"
# rights = "© Who publishes"
# licence = "CC BY-SA 4.0"
# tdm = "reserved"                            # text and data mining
# site = "https://www.example.org/editions/"
# languages = ["en", "ur"]                    # all that are complete, when left out
# formats = ["pdf", "docx", "epub", "web", "bundle"]
# pages = ["a4", "a5"]
theme = "house"
"""
REQUIREMENTS = "requirements.txt"
THEME = """\
# The look of this house: name what differs from the theme that it extends.
extends = "theme"
name = "House"
"""
_BEGUN = (".git", "README", "LICENSE", "LICENCE", "COPYING")
"""How names begin of what may be in a folder before a project is begun there."""
_ENGINE = re.compile(r'^engine *= *"[^"]*"', re.MULTILINE)
TASKS = "from faircopy.tasks import namespace\n"
IGNORED = ".cache/\n.venv/\n__pycache__/\ndist/\n"
HOOK = """\
#!/bin/sh
# Lints the manuscripts that a commit changes. To use it: git config core.hooksPath .githooks
exec faircopy lint --changed
"""
WORKFLOW = """\
# Lints every manuscript and builds every edition, on each push.
name: Editions
on: [push, pull_request]
permissions:
  contents: read
jobs:
  editions:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.11"
          cache: pip
      - run: sudo apt-get update
      - run: >-
          sudo apt-get install --no-install-recommends -y
          libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
      - run: pip install -r requirements.txt
      # For Urdu, emoji and signs: - run: faircopy doctor --install=fonts
      - run: faircopy lint
      - run: faircopy build
      - uses: actions/upload-artifact@v4
        with:
          name: editions
          path: dist/
"""


def files(version: str = faircopy.__version__) -> Mapping[str, str]:
    """Return the files of a new project: their texts by path."""
    return {
        FILE: SETTINGS.format(version=version),
        REQUIREMENTS: requirements(version),
        "tasks.py": TASKS,
        ".gitignore": IGNORED,
        "source/.gitkeep": "",
        "styles/house.toml": THEME,
        ".githooks/pre-commit": HOOK,
        ".github/workflows/editions.yml": WORKFLOW,
    }


def requirements(version: str = faircopy.__version__) -> str:
    """Return what pip shall install for a project: this engine, and what it was tested with."""
    pins = resources.files("faircopy").joinpath(REQUIREMENTS).read_text(encoding="utf-8")
    return f"{faircopy.DISTRIBUTION}=={version}\n{pins}"


def move_on(folder: Path) -> tuple[Path, ...]:
    """Make this engine the one of a project; return the paths of the files that say so.

    Raises:
        EditionError: the project names no engine, or its files cannot be read or written.
    """
    settings = folder / FILE
    try:
        before = read(settings, within=folder).decode()
        line = f'engine = "{faircopy.__version__}"'
        text, count = _ENGINE.subn(line, before)
        if count != 1:
            raise EditionError.because(
                "engine-unnamed",
                f"{FILE} does not name the engine of this project in one line.",
                f"Write: {line}",
                Place(FILE),
            )
        write(settings, text.encode(), within=folder)
        write(folder / REQUIREMENTS, requirements().encode(), within=folder)
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or f"{FILE} is not UTF-8"
        raise EditionError.because(
            "project-not-written",
            f"The project could not be moved on: {why}.",
            "Name the project's folder, and see that it can be written.",
            Place(FILE),
        ) from error
    return settings, folder / REQUIREMENTS


def _folders() -> list[str]:
    """Return the folders of a new project's files."""
    return sorted({str(above) for name in files() for above in Path(name).parents})


def create(folder: Path) -> tuple[Path, ...]:
    """Make a project in ``folder``, which is new or empty; return the paths of its files.

    What a new repository of git begins with may be in it: its own files, a readme, a licence.

    Raises:
        EditionError: something else is in the folder already, or it cannot be written.
    """
    there = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    others = [name for name in there if not name.startswith(_BEGUN)]
    others += [name for name in files() if os.path.lexists(folder / name)]
    others += [name for name in _folders() if (folder / name).is_symlink()]
    if folder.is_file() or others:
        raise EditionError.because(
            "project-exists",
            f"{folder} is not empty{f': it has {others[0]}' if others else ''}; "
            "nothing was changed.",
            "Name a new folder, or make faircopy.toml and source/ in this one by hand.",
        )
    made = []
    try:
        for name, text in files().items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            write(path, text.encode(), within=folder)
            made.append(path)
        (folder / ".githooks/pre-commit").chmod(0o755)
    except OSError as error:
        raise EditionError.because(
            "project-not-written",
            f"{folder} could not be made: {error.strerror}.",
            "See that its parent can be written and that the disk has room.",
        ) from error
    return tuple(made)
