"""The languages of a manuscript: which there are, which are asked for, which may be published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from faircopy.core.diagnostics import Diagnostic, EditionError, Place, Severity
from faircopy.languages import known
from faircopy.languages.tags import primary
from faircopy.publish import digest
from faircopy.publish.manifest import Hashed
from faircopy.translation import FOLDER

SUFFIX = ".xlf"
REVIEWS = ".reviews.toml"


class Standing(msgspec.Struct, frozen=True):
    """How a translation stands beside the manuscript of today.

    Attributes:
        lang: its language tag.
        total: how many sentences the manuscript has.
        translated: how many of them are translated as they stand.
        draft: whether nobody has reviewed some of them.
        machine: how many a machine translated, and nobody has edited or reviewed.
        reviews: who reviewed it, when, and how much they changed, a line each.
    """

    lang: str
    total: int
    translated: int
    draft: bool
    machine: int = 0
    reviews: tuple[str, ...] = ()

    @property
    def missing(self) -> int:
        """How many sentences are new or have changed."""
        return self.total - self.translated

    @property
    def complete(self) -> bool:
        """Whether an edition would hold nothing stale and nothing untranslated."""
        return not self.missing


def translations(folder: Path) -> tuple[Hashed, ...]:
    """Return the translations in a manuscript's folder: tag and hash, sorted by tag."""
    files = sorted(folder.glob(f"{FOLDER}/[!.]*{SUFFIX}"))
    return tuple(Hashed(path.stem, _digest(path, folder)) for path in files)


def _digest(path: Path, folder: Path) -> str:
    """Return the hash of a translation, and of who reviewed it."""
    reviews = path.with_suffix(REVIEWS)
    own = digest.of_file(path, within=folder)
    return digest.of(own, digest.of_file(reviews, within=folder)) if reviews.is_file() else own


def asked_for(lang: str, asked: Sequence[str]) -> bool:
    """Whether ``asked`` (empty: everything) names a language, by its tag or its first part."""
    return not asked or any(one.lower() in (lang.lower(), primary(lang)) for one in asked)


def labels(source: str, others: Iterable[str]) -> dict[str, str]:
    """Return what files call each language: its first subtag, or the tag where two share it."""
    tags = list(others)
    names = [primary(tag) for tag in (source, *tags)]
    return {tag: primary(tag) if names.count(primary(tag)) == 1 else tag for tag in tags}


def refused(standing: Standing, slug: str, source: str, *, asked: bool) -> Diagnostic:
    """Return why a translation is not published: an error if it was asked for by name."""
    lang, missing = standing.lang, standing.missing
    return Diagnostic(
        "translation-incomplete",
        Severity.ERROR if asked else Severity.WARNING,
        f"The translation into {lang} lacks {missing} of {standing.total} sentences, which are new"
        " or have changed, so its editions are not published.",
        f"See which: ./inv translate.status --lang {lang} --manuscript {slug}\n    "
        f"Or build them with the gaps marked: "
        f"./inv build --lang {lang} --manuscript {slug} --allow-untranslated",
        Place(f"{source}/{FOLDER}/{lang}{SUFFIX}"),
    )


def with_gaps(standing: Standing, source: str) -> Diagnostic:
    """Return the warning that an edition shows sentences of the source's language."""
    count = standing.missing
    return Diagnostic(
        "untranslated-shown",
        Severity.WARNING,
        f"The editions in {standing.lang} show {count} sentence{'' if count == 1 else 's'} in the"
        f" manuscript's language, marked as untranslated.",
        "They are for looking at, not for handing out.",
        Place(f"{source}/{FOLDER}/{standing.lang}{SUFFIX}"),
    )


def without_conventions(lang: str, source: str) -> Diagnostic | None:
    """Return the warning that labels will be English, for a language that has no row."""
    if known(lang):
        return None
    return Diagnostic(
        "language-unknown",
        Severity.WARNING,
        f"Faircopy has no labels and marks for the language {lang}; those of English are used.",
        f"Add pipeline/faircopy/languages/{primary(lang)}.toml: CONTRIBUTING.md, “add a language”.",
        Place(f"{source}/{FOLDER}/{lang}{SUFFIX}"),
    )


def unknown(asked: Iterable[str], there: Iterable[str]) -> EditionError | None:
    """Return the error for a language that no manuscript is in or has been translated into."""
    tags = sorted(set(there))
    wrong = [one for one in asked if not any(asked_for(tag, (one,)) for tag in tags)]
    if not wrong:
        return None
    return EditionError.because(
        "unknown-language",
        f"No manuscript is there in {wrong[0]}.",
        f"There are: {', '.join(tags)}. To have it translated: "
        f"./inv translate.export --lang {wrong[0]}",
    )
