"""How translations stand, language by language, of each manuscript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from faircopy.core.diagnostics import Diagnostic, FaircopyError
from faircopy.publish import languages
from faircopy.publish.each import each
from faircopy.publish.plan import manuscripts
from faircopy.publish.project import Project

if TYPE_CHECKING:
    from faircopy.translation.commands import Status

LOADED = ("faircopy.manuscript", "faircopy.translation.commands")


class Standings(msgspec.Struct, frozen=True):
    """How the translations of one manuscript stand."""

    slug: str
    statuses: tuple[Status, ...]


def status(
    project: Project, langs: Sequence[str] = (), asked: Sequence[str] = ()
) -> tuple[tuple[Standings, ...], tuple[Diagnostic, ...]]:
    """Return how translations stand, of the languages and manuscripts asked for or of all.

    The findings say why a manuscript is not among them.

    Raises:
        FaircopyError: no such manuscript, or no translation in such a language.
    """
    found: list[Standings] = []
    told: list[Diagnostic] = []
    folders = manuscripts(project, asked)
    house = project.settings.front_matter
    for one in each("The status", project, folders, of_one, house, loaded=LOADED):
        if isinstance(one, FaircopyError):
            told += one.diagnostics
        else:
            found.append(one)
    there = [one.lang for item in found for one in item.statuses]
    if langs and not told and (wrong := languages.unknown(langs, there)):
        raise wrong
    chosen = (
        Standings(
            item.slug,
            tuple(one for one in item.statuses if languages.asked_for(one.lang, langs)),
        )
        for item in found
    )
    return tuple(chosen), tuple(told)


def of_one(folder: Path, name: str, house: Mapping[str, object]) -> Standings:
    """Return how the translations of one manuscript stand, which findings call ``name``.

    ``house`` is what stands in for keys that its front matter leaves out.

    Raises:
        FaircopyError: it cannot be read, or a translation of it cannot.
    """
    from faircopy.manuscript import read
    from faircopy.translation import commands

    return Standings(folder.name, commands.status(read(folder, name=name, house=house), folder))
