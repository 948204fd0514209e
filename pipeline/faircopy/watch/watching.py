"""Which manuscript a save is about, and which language."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable
from pathlib import Path

import msgspec
import watchfiles

from faircopy.core.diagnostics import EditionError, FaircopyError
from faircopy.publish.languages import REVIEWS, SUFFIX
from faircopy.publish.plan import MANUSCRIPT, manuscripts
from faircopy.publish.project import Project
from faircopy.publish.settings import FILE
from faircopy.translation import FOLDER
from faircopy.watch.rounds import Rounds

TOML = ".toml"
"""By this end of its name a theme is a file, and no name."""
_LONGEST, _QUIET = 200, 10
"""Milliseconds: how long changes are gathered at most, and after how many of quiet they are told.

An editor's program saves in several steps.
"""


async def follow(project: Project, rounds: Rounds, theme: str = "") -> None:
    """Begin a round when a manuscript, a translation, a theme or the house's settings are saved.

    ``theme`` is what the preview was asked to be set in: a name, or the path of a file.

    Raises:
        EditionError: the system does not tell of changes.
    """
    folders = [path for path in (project.source, project.styles) if path.exists()]
    alone = {project.root / FILE, *([Path(theme).absolute()] if theme.endswith(TOML) else [])}
    about = About(project, frozenset(alone))
    await asyncio.gather(
        _follow(about, rounds, folders),
        _follow(about, rounds, {path.parent for path in alone if path.parent.exists()}, alone),
    )


async def _follow(
    about: About, rounds: Rounds, folders: Iterable[Path], alone: Collection[Path] = ()
) -> None:
    """Follow folders with all that they hold, or the files ``alone`` in them."""

    def counts(_: object, path: str) -> bool:
        return Path(path) in alone

    watched = watchfiles.awatch(
        *folders,
        watch_filter=counts if alone else watchfiles.DefaultFilter(),
        debounce=_LONGEST,
        step=_QUIET,
        recursive=not alone,
    )
    try:
        async for changes in watched:
            slugs = known(about.project)
            rounds.know(slugs)
            paths, desk = {Path(path) for _, path in changes}, rounds.desk
            slug, lang = about.touched(slugs, paths, desk.slug, desk.lang)
            if slug:
                rounds.begin(slug, lang)
    except (OSError, RuntimeError) as error:
        raise EditionError.because(
            "watch-failed",
            f"The folders could not be watched any longer: {error}.",
            "Start it again; where the system's limit is reached, close other programs that watch.",
        ) from error


class About(msgspec.Struct, frozen=True):
    """What the files of a project are about; ``alone`` are files outside its folders."""

    project: Project
    alone: frozenset[Path] = frozenset()

    def touched(
        self, slugs: Iterable[str], paths: Iterable[Path], slug: str, lang: str
    ) -> tuple[str, str]:
        """Return the manuscript that changes are about, and the language that is to be shown.

        Both are "" where they are about none. ``slug`` and ``lang`` are those on the desk, which go
        first. The language is the one whose file changed, as it was where that was a file of all.
        """
        among = {*slugs}
        about = [one for path in paths if (one := self._about(path, slug))[0] in among]
        if not about:
            return "", ""
        chosen = slug if any(one == slug for one, _ in about) else min(one for one, _ in about)
        langs = {said for one, said in about if one == chosen and said is not None}
        before = lang if chosen == slug else ""
        return chosen, before if before in langs else min(langs, default=before)

    def _about(self, path: Path, slug: str) -> tuple[str, str | None]:
        """Return the manuscript that a file is about, and the language if it is about one."""
        if path in self.alone or path.is_relative_to(self.project.styles):
            return slug, None
        if not path.is_relative_to(self.project.source):
            return "", None
        match path.relative_to(self.project.source).parts:
            case (of, name) if name == MANUSCRIPT:
                return of, ""
            case (of, folder, *rest) if folder == FOLDER:
                lang = _language(rest[0]) if len(rest) == 1 else ""
                return (of, lang) if lang else ("", None)
            case (of, _, *_):
                return of, None
        return "", None


def _language(name: str) -> str:
    """Return the language that a file of a folder of translations is for, "" if for no one."""
    found = (name.removesuffix(end) for end in (SUFFIX, REVIEWS) if name.endswith(end))
    return next(found, "").lstrip(".")


def known(project: Project) -> tuple[str, ...]:
    """Return the names of all manuscripts; none where they cannot be told just now."""
    try:
        return tuple(folder.name for folder in manuscripts(project))
    except FaircopyError:
        return ()
