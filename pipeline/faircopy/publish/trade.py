"""The other rooms, as far as a build needs to know them; each is loaded when it is needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Protocol

import msgspec

from faircopy.core.model import Publication
from faircopy.publish import jobs, server
from faircopy.publish.languages import Standing
from faircopy.publish.plan import THEME
from faircopy.publish.project import CODE, Project
from faircopy.theme import Theme
from faircopy.writers import FORMATS, Format


def _read(folder: Path, name: str, *, house: Mapping[str, object] | None = None) -> Publication:
    from faircopy.manuscript import read

    return read(folder, name=name, house=house or {})


class Languages(Protocol):
    """A manuscript in all languages that there are translations in."""

    def standings(self) -> tuple[Standing, ...]:
        """Return how each translation stands, sorted by tag."""

    def publication(self, lang: str, *, gaps: bool) -> Publication:
        """Return the publication in a language; with ``gaps``, what is missing is marked."""


class _Stored:
    """The translations in a manuscript's folder."""

    def __init__(self, publication: Publication, folder: Path) -> None:
        from faircopy.translation.commands import translations

        self._publication = publication
        self._translations = translations(publication, folder)

    def standings(self) -> tuple[Standing, ...]:
        from faircopy.translation.reviews import lines

        return tuple(
            Standing(
                lang=lang,
                total=one.total,
                translated=len(one.targets),
                draft=one.draft,
                machine=len(one.machines),
                reviews=tuple(lines(one.reviewed)),
            )
            for lang, one in self._translations.items()
        )

    def publication(self, lang: str, *, gaps: bool) -> Publication:
        from faircopy.translation.commands import in_language

        return in_language(self._publication, self._translations[lang], mark_missing=gaps)


def _theme(name: str) -> Theme:
    from faircopy.theme import load

    return load(name)


def theme_of(project: Project, name: str = "") -> Theme:
    """Return a theme as a project has it, by default the one of its house.

    Raises:
        ThemeError: there is none of that name, or it is wrong.
    """
    from faircopy.theme import load

    return load(name or project.settings.theme or THEME, project.styles)


def _tools() -> dict[str, str]:
    from faircopy.publish.tools import versions

    return versions()


class Trade(msgspec.Struct, frozen=True, kw_only=True):
    """How to read a manuscript and a theme, and what there is to be made of them.

    Attributes:
        formats: the table of formats.
        read: a folder, and what diagnostics call it, to its publication.
        languages: a publication and its folder to its translations.
        theme: a name or a path to its theme.
        tools: the versions of what makes an edition; runs in a worker.
        cover: the module that draws covers.
        proof: the module that holds a file against its publication.
        loaded: the modules that typesetters need, which every worker has loaded.
        site: the address that the editions are published under, or nothing.
        code: the folder of the program, a change in which makes everything stale.
    """

    formats: tuple[Format, ...] = FORMATS
    read: Callable[[Path, str], Publication] = _read
    languages: Callable[[Publication, Path], Languages] = _Stored
    theme: Callable[[str], Theme] = _theme
    tools: Callable[[], Mapping[str, str]] = _tools
    cover: str = jobs.COVER
    proof: str = jobs.PROOF
    loaded: tuple[str, ...] = (server.TYPESETTING,)
    site: str = ""
    code: Path = CODE

    @classmethod
    def of(cls, project: Project) -> Trade:
        """Return the trade in a project: with its settings and its own themes."""
        return cls(
            read=partial(_read, house=project.settings.front_matter),
            theme=partial(theme_of, project),
            site=project.settings.site,
        )
