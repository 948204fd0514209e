"""The review of a translation: a person signs, and what reviewers changed is reported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from faircopy.core.diagnostics import EditionError
from faircopy.publish import languages
from faircopy.publish.project import Project
from faircopy.publish.translations import texts
from faircopy.publish.translations.bundling import BUNDLES, write
from faircopy.publish.translations.signature import Person, signature

if TYPE_CHECKING:
    from faircopy.core.model import Publication
    from faircopy.translation.reviewing import Signed


class Reviewing(msgspec.Struct, frozen=True, kw_only=True):
    """What a review did to one manuscript, and where the report of changes is."""

    slug: str
    lang: str
    signed: Signed | None = None
    report: str = ""
    changes: int = 0


def review(
    project: Project,
    lang: str,
    who: Person,
    *,
    segments: Sequence[str] = (),
    report: bool = False,
    asked: Sequence[str] = (),
) -> Reviewing:
    """Record that a person has reviewed a translation; with ``report`` write what was changed.

    Raises:
        FaircopyError: nobody is named, there is no such translation, or it can't be written.
    """
    from faircopy.translation import reviewing

    if not (who.by.strip() or report):
        raise EditionError.because(
            "review-by-nobody",
            "A review is a person's word, and nobody is named.",
            f'Name who read it: ./inv translate.review --lang {lang} --by "Name"',
        )
    folder, publication = _of_language(project, lang, asked)
    tag = next(one for one in _stored(folder) if languages.asked_for(one, (lang,)))
    done = None
    if who.by.strip():
        done = reviewing.review(publication, folder, tag, signature(who), segments)
    path, count = "", 0
    if report:
        name, data, count = reviewing.report(publication, folder, tag)
        write(project.dist, name, data)
        path = project.shown(project.dist / BUNDLES / name)
    return Reviewing(slug=folder.name, lang=tag, signed=done, report=path, changes=count)


def _stored(folder: Path) -> tuple[str, ...]:
    return tuple(one.name for one in languages.translations(folder))


def _of_language(project: Project, lang: str, asked: Sequence[str]) -> tuple[Path, Publication]:
    """Return the one manuscript that has a translation into a language.

    Raises:
        EditionError: none has, or several have and none of them is named.
    """
    there = list(texts.publications(project, asked))
    found = [
        (folder, text)
        for folder, text in there
        if any(languages.asked_for(one, (lang,)) for one in _stored(folder))
    ]
    if not found:
        tags = [tag for folder, _ in there for tag in _stored(folder)]
        raise languages.unknown((lang,), tags) or EditionError.because(
            "unknown-language", f"No manuscript is there in {lang}.", "Take one in first."
        )
    if len(found) > 1:
        names = ", ".join(folder.name for folder, _ in found)
        raise EditionError.because(
            "which-manuscript",
            f"Several manuscripts have a translation into {lang}: {names}.",
            "Name the one that was reviewed with --manuscript.",
        )
    return found[0]
