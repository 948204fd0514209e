"""Lint manuscripts: read each and collect what an editor would want to look at again."""

from __future__ import annotations

from collections.abc import Sequence

from faircopy.core.diagnostics import Diagnostic, FaircopyError
from faircopy.publish.plan import manuscripts
from faircopy.publish.workspace import Workspace


def lint(workspace: Workspace, asked: Sequence[str] = ()) -> tuple[Diagnostic, ...]:
    """Return the findings of the manuscripts that are asked for, by default of all.

    Raises:
        ManuscriptError: there is no manuscript of that name.
    """
    from faircopy.manuscript import read
    from faircopy.manuscript.lint import ignores, original
    from faircopy.manuscript.lint import lint as findings
    from faircopy.manuscript.lint.spelling import own_words
    from faircopy.theme import load

    theme = load()
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
