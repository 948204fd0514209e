"""Which manuscript a save is about."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import watchfiles

from faircopy.core.diagnostics import EditionError, FaircopyError
from faircopy.publish.plan import manuscripts
from faircopy.publish.project import Project
from faircopy.translation import FOLDER
from faircopy.watch.rounds import Rounds

_LONGEST, _QUIET = 200, 20
"""Milliseconds: how long changes are gathered at most, and after how many of quiet they are told.

An editor's program saves in several steps.
"""


async def follow(project: Project, rounds: Rounds) -> None:
    """Begin a round whenever a manuscript is saved, or a theme is.

    Raises:
        EditionError: the system does not tell of changes.
    """
    folders = [path for path in (project.source, project.styles) if path.exists()]
    try:
        async for changes in watchfiles.awatch(*folders, debounce=_LONGEST, step=_QUIET):
            slugs = known(project)
            rounds.know(slugs)
            slug = touched(project, slugs, {Path(path) for _, path in changes}, rounds.desk.slug)
            if slug:
                rounds.begin(slug)
    except (OSError, RuntimeError) as error:
        raise EditionError.because(
            "watch-failed",
            f"The folders could not be watched any longer: {error}.",
            "Start it again; where the system's limit is reached, close other programs that watch.",
        ) from error


def touched(project: Project, slugs: Iterable[str], paths: Iterable[Path], slug: str) -> str:
    """Return the manuscript that changes are about, "" where they are about none.

    ``slug`` is the one on the desk: a theme that changed is about it, and it goes first.
    """
    about = {_about(project, path, slug) for path in paths} & {*slugs}
    return slug if slug in about else min(about, default="")


def _about(project: Project, path: Path, slug: str) -> str:
    if path.is_relative_to(project.styles):
        return slug
    if not path.is_relative_to(project.source):
        return ""
    parts = path.relative_to(project.source).parts
    return parts[0] if len(parts) > 1 and parts[1] != FOLDER else ""


def known(project: Project) -> tuple[str, ...]:
    """Return the names of all manuscripts; none where they cannot be told just now."""
    try:
        return tuple(folder.name for folder in manuscripts(project))
    except FaircopyError:
        return ()
