"""The manuscripts that a command about translations reads, and the room that print gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from faircopy.publish.plan import manuscripts
from faircopy.publish.project import Project
from faircopy.publish.trade import Trade, theme_of

if TYPE_CHECKING:
    from faircopy.core.model import Publication
    from faircopy.translation.boxes import Boxes
    from faircopy.translation.segments import SourceText


def publications(project: Project, asked: Sequence[str]) -> Iterator[tuple[Path, Publication]]:
    """Yield the manuscripts that are asked for, or all, as a build reads them, with their folders.

    Raises:
        FaircopyError: there is no such manuscript, or it cannot be read.
    """
    trade = Trade.of(project)
    for folder in manuscripts(project, asked):
        yield folder, trade.read(folder, project.shown(folder))


def boxes_of(project: Project, text: SourceText, lang: str) -> Boxes:
    """Measure the room that the printed edition in a language has for its titles."""
    from faircopy.writers.boxes import boxes

    return boxes(text, theme_of(project), lang)
