"""Lint manuscripts: read each and collect what an editor would want to look at again."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from faircopy.core import process
from faircopy.core.diagnostics import Diagnostic, FaircopyError
from faircopy.publish.plan import MANUSCRIPT, manuscripts
from faircopy.publish.trade import theme_of
from faircopy.publish.workspace import Workspace

SECONDS = 30.0


def changed(workspace: Workspace) -> tuple[str, ...]:
    """Return the manuscripts in which something differs from git's last commit, sorted.

    Raises:
        ToolError: git is missing, or the project is no repository of git's.
    """
    asked = ["status", "--porcelain", "-z", "--untracked-files=all", "--", "source"]
    above = _git(workspace, "rev-parse", "--show-prefix").strip()  # the paths begin at git's root
    said = _git(workspace, *asked).split("\0")
    paths = (entry[3:] if entry[2:3] == " " else entry for entry in said)
    paths = (path.removeprefix(above) for path in paths)
    found = {parts[1] for path in paths if len(parts := Path(path).parts) > 2}
    return tuple(sorted(name for name in found if (workspace.source / name / MANUSCRIPT).is_file()))


def _git(workspace: Workspace, *args: str) -> str:
    return os.fsdecode(process.run(["git", *args], timeout=SECONDS, cwd=workspace.root).stdout)


def lint(workspace: Workspace, asked: Sequence[str] = ()) -> tuple[Diagnostic, ...]:
    """Return the findings of the manuscripts that are asked for, by default of all.

    Raises:
        ManuscriptError: there is no manuscript of that name.
    """
    from faircopy.manuscript import read
    from faircopy.manuscript.lint import ignores, original
    from faircopy.manuscript.lint import lint as findings
    from faircopy.manuscript.lint.spelling import own_words

    theme = theme_of(workspace)
    measure = max(theme.page(name).column_width for name in theme.tokens.page)
    found: list[Diagnostic] = []
    for folder in manuscripts(workspace, asked):
        name = workspace.shown(folder)
        try:
            found += findings(
                read(folder, name=name),
                ignores(folder, name),
                own_words(folder),
                original=original.read(folder, name),
                measure=measure,
            )
        except FaircopyError as error:
            found += error.diagnostics
    return tuple(found)
