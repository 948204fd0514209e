"""Lint manuscripts: read each and collect what an editor would want to look at again."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from faircopy.core import git
from faircopy.core.diagnostics import Diagnostic, FaircopyError
from faircopy.publish.each import each
from faircopy.publish.plan import MANUSCRIPT, manuscripts
from faircopy.publish.project import Project
from faircopy.publish.trade import theme_of

LOADED = ("faircopy.manuscript.lint",)


def changed(project: Project) -> tuple[str, ...]:
    """Return the manuscripts in which something differs from git's last commit, sorted.

    Raises:
        ToolError: git is missing, or the project is no repository of git's.
    """
    wanted = ["--porcelain", "-z", "--untracked-files=all", "--ignore-submodules=all"]
    with git.asked(project.root) as ask:
        prefix = ask("rev-parse", "--show-prefix")  # the paths begin at git's root
        listed = ask("status", *wanted, "--", "source")
    above, said = os.fsdecode(prefix).strip(), os.fsdecode(listed).split("\0")
    paths = (entry[3:] if entry[2:3] == " " else entry for entry in said)
    paths = (path.removeprefix(above) for path in paths)
    found = {parts[1] for path in paths if len(parts := Path(path).parts) > 2}
    return tuple(sorted(name for name in found if (project.source / name / MANUSCRIPT).is_file()))


def lint(project: Project, asked: Sequence[str] = ()) -> tuple[Diagnostic, ...]:
    """Return the findings of the manuscripts that are asked for, by default of all.

    A manuscript that takes more time or memory than one file may is among them as that.

    Raises:
        ManuscriptError: there is no manuscript of that name.
    """
    theme = theme_of(project)
    measure = max(theme.page(name).column_width for name in theme.tokens.page)
    folders = manuscripts(project, asked)
    found: list[Diagnostic] = []
    house = project.settings.front_matter
    for one in each("The lint", project, folders, of_one, measure, house, loaded=LOADED):
        found += one.diagnostics if isinstance(one, FaircopyError) else one
    return tuple(found)


def of_one(
    folder: Path, name: str, measure: float, house: Mapping[str, object]
) -> tuple[Diagnostic, ...]:
    """Return the findings of one manuscript, whose diagnostics call it ``name``.

    ``measure`` is the width of the theme's widest column, in millimetres; ``house`` is what
    stands in for keys that the front matter leaves out.

    Raises:
        FaircopyError: it cannot be read.
    """
    from faircopy.manuscript import read
    from faircopy.manuscript.lint import ignores, lint, original
    from faircopy.manuscript.lint.spelling import own_words

    return tuple(
        lint(
            read(folder, name=name, house=house),
            ignores(folder, name),
            own_words(folder),
            original=original.read(folder, name),
            measure=measure,
        )
    )
