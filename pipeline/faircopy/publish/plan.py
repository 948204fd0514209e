"""What is asked for: which manuscripts, formats and pages; a slip of the pen gets a suggestion."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

import msgspec

from faircopy.core.diagnostics import (
    Diagnostic,
    EditionError,
    FaircopyError,
    ManuscriptError,
    Place,
    Severity,
)
from faircopy.core.limits import SLUG
from faircopy.publish.project import Project, is_slug
from faircopy.publish.settings import Settings
from faircopy.writers import FORMATS, Format

MANUSCRIPT = "manuscript.md"
THEME = "theme"
PAGES = ("a4", "a5")
"""The pages that are made when none is named."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What an editor asks for; empty means all, but for what is made on request.

    ``also`` names formats to be made beside whatever else is asked for.
    ``langs`` are language tags, or their first parts; without them ``usual_langs``, the house's,
    are made as far as they are there. ``allow_untranslated`` lets editions of
    an incomplete translation be made, with the gaps marked. ``jobs`` is how many jobs run at a
    time (0: one a processor); ``force`` makes everything anew and compares it with what was
    made before.
    """

    manuscripts: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()
    usual_langs: tuple[str, ...] = ()
    allow_untranslated: bool = False
    theme: str = ""
    jobs: int = 0
    force: bool = False

    def of(self, manuscripts: tuple[str, ...]) -> Request:
        """Return the same request for these manuscripts."""
        return msgspec.structs.replace(self, manuscripts=manuscripts)

    def filled_in_by(self, house: Settings) -> Request:
        """Return the same request with what it leaves open as the house has it."""
        return msgspec.structs.replace(
            self,
            formats=self.formats or house.formats,
            pages=self.pages or house.pages or PAGES,
            usual_langs=house.languages,
            theme=self.theme or house.theme or THEME,
        )


class Wanted(msgspec.Struct, frozen=True):
    """One file of a set: a format, on a page if it has pages, in a language.

    ``lang`` is the tag of a translation; empty for the manuscript's own language, which is not
    known before it has been read. ``gaps`` says that what is not translated will be marked.
    """

    format: Format
    page: str = ""
    lang: str = ""
    template: str = ""
    gaps: bool = False

    def __str__(self) -> str:
        parts = (self.format.name, self.template, self.page, self.lang)
        return " ".join(part for part in parts if part)

    def into(self, lang: str, *, gaps: bool = False) -> Wanted:
        """Return the same file in a translation."""
        return msgspec.structs.replace(self, lang=lang, gaps=gaps)


def manuscripts(project: Project, asked: Sequence[str] = ()) -> tuple[Path, ...]:
    """Return the folders of the manuscripts that are asked for, by default all, sorted.

    Raises:
        ManuscriptError: there is none, or none of that name.
    """
    root = project.source
    known = {path.parent.name: path.parent for path in root.glob(f"[!.]*/{MANUSCRIPT}")}
    known |= {path.name: path for path in root.glob("[!.]*/") if not _may_be_read(path)}
    if not known:
        raise ManuscriptError.because(
            "no-manuscripts",
            f"There is no manuscript under {project.shown(root)}/.",
            "Make one with: ./inv new SLUG",
        )
    names = chosen("manuscript", asked, sorted(known), error=ManuscriptError)
    if wrong := [name for name in names if not is_slug(name)]:
        raise ManuscriptError(*(_no_slug(project.shown(known[name])) for name in wrong))
    return tuple(known[name] for name in names)


def _may_be_read(folder: Path) -> bool:
    """Whether it can be seen what is in a folder; else it counts as a manuscript that is told."""
    return os.access(folder, os.R_OK | os.X_OK)


def _no_slug(folder: str) -> Diagnostic:
    return Diagnostic(
        "slug",
        Severity.ERROR,
        "The folder's name cannot begin the names of files and addresses on every system.",
        f"Rename it: lower-case letters a to z, digits and single hyphens between them, at most "
        f"{SLUG.most} in all, and not “translation”.",
        Place(folder),
    )


def wanted(
    formats: Sequence[str],
    pages: Sequence[str],
    table: Sequence[Format] = FORMATS,
    templates: Sequence[str] = (),
    *,
    also: Sequence[str] = (),
) -> tuple[Wanted, ...]:
    """Return the files of one set, in the order of the table of formats.

    Formats that are made on request are among them when they are named, here or in ``also``.

    Raises:
        EditionError: there is no format, or no template, of that name.
    """
    usual = [item.name for item in table if not item.on_request]
    names = chosen("format", formats, [item.name for item in table]) if formats else usual
    known = [name for item in table for name in item.templates]
    asked = chosen("template", templates, known) if templates else ()
    return tuple(
        Wanted(item, page, template=template)
        for item in table
        if item.name in names or item.name in also
        for page in (dict.fromkeys(pages) if item.paged else ("",))
        for template in _templates(item, asked)
    )


def _templates(format: Format, asked: Sequence[str]) -> tuple[str, ...]:
    """Return the templates to be made; the usual one has no name."""
    usual = format.templates[:1]
    named = tuple(name for name in format.templates if name in asked) or usual
    return tuple("" if name in usual else name for name in named) or ("",)


def chosen(
    what: str,
    asked: Iterable[str],
    known: Sequence[str],
    *,
    error: type[FaircopyError] = EditionError,
) -> tuple[str, ...]:
    """Return the names that are asked for, each once, or all that are known.

    Raises:
        FaircopyError: ``error``, with code ``unknown-<what>`` and the nearest known name.
    """
    names = tuple(dict.fromkeys(asked))
    for name in names:
        if name not in known:
            near = get_close_matches(name.lower(), known, 1)
            hint = f"Did you mean “{near[0]}”?" if near else f"Known are: {', '.join(known)}."
            raise error.because(f"unknown-{what}", f"There is no {what} “{name}”.", hint)
    return names or tuple(known)
