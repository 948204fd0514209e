"""The translation bundle as an edition: the texts of a publication, for any language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model import Artifact, Publication
from pipeline.passes.locales import primary
from pipeline.translation import manifest
from pipeline.translation.job import Job
from pipeline.translation.kit import bundle
from pipeline.translation.segments import extract

if TYPE_CHECKING:
    from pipeline.theme import Theme
    from pipeline.writers import Options


def write(publication: Publication, theme: Theme, options: Options) -> Artifact:
    """Return the bundle of no language in particular; it has no look and no options."""
    text = extract(publication)
    counts = manifest.counts(text)
    return Artifact(
        name=f"{primary(publication.metadata.lang)}.translation.zip",
        media_type="application/zip",
        data=bundle(Job(text=text), publication),
        facts={"units": counts.units, "segments": counts.segments, "words": counts.words},
    )
