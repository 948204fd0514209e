"""Remove what builds made."""

from __future__ import annotations

import contextlib
import shutil

from faircopy.publish import publish
from faircopy.publish.workspace import Workspace


def clean(workspace: Workspace) -> str:
    """Empty ``dist/`` but for its README, and drop the build's cache; say what went.

    Raises:
        PublishError: something in ``dist/`` can't be removed.
    """
    gone = [f"{workspace.dist.name}/{name}" for name in publish.clean(workspace.dist)]
    if workspace.cache.exists():
        with contextlib.suppress(FileNotFoundError):  # another clean at the same time
            shutil.rmtree(workspace.cache)
        gone.append(workspace.shown(workspace.cache))
    return f"removed: {', '.join(gone)}" if gone else "there was nothing to remove"
