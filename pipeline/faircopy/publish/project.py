"""A new project: the folder in which a house keeps its manuscripts, with nothing of ours in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import faircopy
from faircopy.core.diagnostics import EditionError
from faircopy.publish.settings import FILE

SETTINGS = """\
# What holds for all manuscripts of this house. A manuscript's front matter wins over it.
engine = "{version}"  # a build with another version of Faircopy is refused
# publisher = "Who publishes"
# outlet = "The newspaper or magazine"
# rights = "© Who publishes"
# site = "https://www.example.org/editions/"
# languages = ["en", "ur"]                    # all that are complete, when left out
# formats = ["pdf", "docx", "epub", "bundle"]
# pages = ["a4", "a5"]
theme = "house"
"""
THEME = """\
# The look of this house: name what differs from the theme that it extends.
extends = "theme"
name = "House"
"""
TASKS = "from faircopy.tasks import namespace\n"
IGNORED = ".cache/\n.venv/\n__pycache__/\ndist/\n"
HOOK = """\
#!/bin/sh
# Lints the manuscripts that a commit changes. To use it: git config core.hooksPath .githooks
exec faircopy lint --changed
"""
WORKFLOW = """\
# Builds and judges every edition, on each push.
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
      - run: sudo apt-get update
      - run: >-
          sudo apt-get install --no-install-recommends -y
          libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
      - run: pip install -r requirements.txt
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
        "requirements.txt": f"{faircopy.DISTRIBUTION}=={version}\n",
        "tasks.py": TASKS,
        ".gitignore": IGNORED,
        "source/.gitkeep": "",
        "styles/house.toml": THEME,
        ".githooks/pre-commit": HOOK,
        ".github/workflows/editions.yml": WORKFLOW,
    }


def create(folder: Path) -> tuple[Path, ...]:
    """Make a project in ``folder``, which is new or empty; return the paths of its files.

    Raises:
        EditionError: something is in the folder already, or it cannot be written.
    """
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise EditionError.because(
            "project-exists",
            f"{folder} is not empty; nothing was changed.",
            "Name a new folder, or make faircopy.toml and source/ in this one by hand.",
        )
    made = []
    try:
        for name, text in files().items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            made.append(path)
        (folder / ".githooks/pre-commit").chmod(0o755)
    except OSError as error:
        raise EditionError.because(
            "project-not-written",
            f"{folder} could not be made: {error.strerror}.",
            "See that its parent can be written and that the disk has room.",
        ) from error
    return tuple(made)
