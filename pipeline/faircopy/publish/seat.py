"""Where editions are looked at: programs see the project's faces, and none of the machine's."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from faircopy.core.diagnostics import ThemeError
from faircopy.publish.project import Project
from faircopy.publish.trade import theme_of
from faircopy.theme import Face, names


@contextlib.contextmanager
def seated(project: Project) -> Iterator[None]:
    """Let the programs that are started meanwhile see a project's faces alone.

    Raises:
        ToolError: a font is damaged.
    """
    from faircopy.proof import desk

    with tempfile.TemporaryDirectory(prefix="faircopy-desk-", ignore_cleanup_errors=True) as name:
        given = desk.furnish(Path(name), _faces(project))
        before = {variable: os.environ.get(variable) for variable in given}
        os.environ.update(given)
        try:
            yield
        finally:
            for variable, value in before.items():
                if value is None:
                    del os.environ[variable]
                else:
                    os.environ[variable] = value


def _faces(project: Project) -> tuple[Face, ...]:
    """Return the faces of all themes that editions can be set in, each once."""
    faces: dict[str, Face] = {}
    for name in names(project.styles):
        with contextlib.suppress(ThemeError):  # who builds with it is told
            faces.update((face.name, face) for face in theme_of(project, name).faces)
    return tuple(faces.values())
