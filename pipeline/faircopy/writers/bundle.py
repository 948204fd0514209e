"""The translation bundle as an edition: the texts of a publication, for any language."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from faircopy.core.model import Artifact, Publication
from faircopy.languages.tags import primary
from faircopy.translation import manifest
from faircopy.translation.job import Job
from faircopy.translation.kit import Settled, bundle
from faircopy.translation.segments import extract
from faircopy.translation.terms import read_terms

if TYPE_CHECKING:
    from faircopy.theme import Theme
    from faircopy.writers import Options


def write(publication: Publication, theme: Theme, options: Options) -> Artifact:
    """Return the bundle of no language in particular; it has no look and no options.

    Raises:
        ImportRefused: the glossary or the list of what is not translated cannot be read.
    """
    text = extract(publication)
    counts = manifest.counts(text)
    terms = read_terms(publication.terms, PurePath(publication.source_path).parent.as_posix())
    return Artifact(
        name=f"{primary(publication.metadata.lang)}.translation.zip",
        media_type="application/zip",
        data=bundle(Job(text=text), publication, Settled(terms=terms)),
        facts={"units": counts.units, "segments": counts.segments, "words": counts.words},
    )
