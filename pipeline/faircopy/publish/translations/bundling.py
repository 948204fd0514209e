"""A bundle for the translators into a language, of each manuscript, in ``dist/translation/``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from faircopy.core.diagnostics import Diagnostic, EditionError, Place, Severity
from faircopy.languages.tags import canonical
from faircopy.publish import above, disk, languages
from faircopy.publish.project import Project
from faircopy.publish.trade import theme_of
from faircopy.publish.translations import texts

if TYPE_CHECKING:
    from faircopy.core.model import Publication
    from faircopy.translation.bands import Band
    from faircopy.translation.kit import Layout

BUNDLES = "translation"
"""The folder of ``dist/`` for bundles of one language, which are for translators alone."""

LONG = 20_000
"""Words above which a text is set for its translators only when it is asked for."""

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """A bundle that was written: where it is, and how much of it is to be done."""

    path: str
    lang: str
    total: int
    translated: int
    bands: tuple[Band, ...] = ()


def export(
    project: Project,
    lang: str,
    asked: Sequence[str] = (),
    *,
    printed: bool = False,
    rest: bool = False,
) -> tuple[tuple[Bundle, ...], tuple[Diagnostic, ...]]:
    """Write a bundle for a language, of each manuscript that is asked for or of all.

    Short texts come with the printed pages; with ``printed`` long ones do as well. With ``rest``
    only what is not translated as it stands is in it.

    Returns the bundles, and what the translator or editor should know of the language.

    Raises:
        FaircopyError: no such manuscript or language, or the bundle can't be written.
    """
    from faircopy.translation import commands

    if not _TAG.fullmatch(lang):
        raise EditionError.because(
            "language-tag", f"“{lang}” is no language tag.", "Write one such as ur, kk or pt-BR."
        )
    lang = canonical(lang)
    bundles: list[Bundle] = []
    notes: list[Diagnostic] = []
    for folder, publication in texts.publications(project, asked):
        if lang.lower() == publication.metadata.lang.lower():
            raise EditionError.because(
                "language-is-source",
                f"{folder.name} is written in {lang}.",
                "Name the language that it is to be translated into.",
                Place(publication.source_path),
            )
        layout = _layout(project, publication) if printed or _is_short(publication) else None
        measure = partial(texts.boxes_of, project)
        made = commands.export(publication, folder, lang, layout, measure, rest=rest)
        path = project.dist / BUNDLES / made.name
        write(project.dist, made.name, made.data)
        bundles.append(
            Bundle(
                path=project.shown(path),
                lang=lang,
                total=made.total,
                translated=made.translated,
                bands=made.bands,
            )
        )
        strange = languages.without_conventions(lang, project.shown(folder))
        notes += [strange] if strange else []
        notes += [] if layout else [_without_context(publication)]
    return tuple(bundles), tuple(notes)


def _is_short(publication: Publication) -> bool:
    return len(publication.source.split()) <= LONG


def _without_context(publication: Publication) -> Diagnostic:
    return Diagnostic(
        "context-left-out",
        Severity.NOTE,
        f"The bundle has no context.pdf, since setting more than {LONG:,} words takes its time.",
        "If the translator wants it, add: --context",
        Place(publication.source_path),
    )


def _layout(project: Project, publication: Publication) -> Layout:
    """Set the text as it is printed, with the ids of its units in the margin."""
    from faircopy.translation.kit import Layout
    from faircopy.translation.segments import extract
    from faircopy.writers import FORMATS, Options, write
    from faircopy.writers.context import context

    printed = next(item for item in FORMATS if item.paged)
    edition = write(printed, publication, theme_of(project), Options(page="a5"))
    ids = (unit.id for unit in extract(publication).units())
    made = context(edition.data, ids, rtl=publication.metadata.dir == "rtl")
    return Layout(pdf=made.pdf, pages=made.pages)


def write(dist: Path, name: str, data: bytes) -> None:
    """Write a bundle whole or not at all; what a kill leaves, the next command takes away.

    Raises:
        PublishError: it cannot be written.
    """
    with disk.held(dist, "The bundle was not written"), disk.staging(dist) as aside:
        (aside / name).write_bytes(data)
        disk.sync(aside / name)
        above.put(aside, dist, [name], into=BUNDLES)
