"""One manuscript in each theme of a project, beside each other on one page, to choose from."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from faircopy.core import files
from faircopy.core.diagnostics import FaircopyError
from faircopy.publish.dressing import dress
from faircopy.publish.plan import manuscripts
from faircopy.publish.project import Project
from faircopy.publish.trade import Trade, theme_of

if TYPE_CHECKING:
    from faircopy.proof.contact.model import Laid

PAGE = "a4"


def lay_out(
    project: Project, asked: Sequence[str], out: Path, listen: Callable[[str], None]
) -> Laid:
    """Set the first manuscript, or the one asked for, in each theme, and write the sheet.

    A theme that is wrong, or that cannot set it, is told and left out.

    Raises:
        FaircopyError: there is no such manuscript, or it cannot be read.
    """
    from faircopy.proof import contact
    from faircopy.theme import names
    from faircopy.writers import Options, pdf

    folder = manuscripts(project, asked)[0]
    publication = Trade.of(project).read(folder, project.shown(folder))
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch)
        for name in names(project.styles):
            try:
                theme = theme_of(project, name)
                artifact = pdf.write(dress(theme).on(publication), theme, Options(page=PAGE))
            except FaircopyError as error:
                listen(f"{name}: {error}")
                continue
            (made / name).mkdir()
            files.write(made / name / f"{folder.name}.{artifact.name}", artifact.data, within=made)
        return contact.lay_out(made, out, listen=listen)
