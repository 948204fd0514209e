"""Remove what builds made."""

from __future__ import annotations

import contextlib

from faircopy.core import files
from faircopy.publish import publish
from faircopy.publish.project import Project


def clean(project: Project) -> str:
    """Empty ``dist/`` but for its README, and drop the build's cache; say what went.

    Raises:
        PublishError: something in ``dist/`` can't be removed.
    """
    gone = [f"{project.dist.name}/{name}" for name in publish.clean(project.dist)]
    if project.cache.exists():
        with contextlib.suppress(FileNotFoundError):  # another clean at the same time
            files.remove(project.cache)
        gone.append(project.shown(project.cache))
    return f"removed: {', '.join(gone)}" if gone else "there was nothing to remove"
