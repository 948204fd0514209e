"""A manuscript in other languages, by the door that a build uses."""

from __future__ import annotations

from pathlib import Path

from faircopy.core.model import Publication
from faircopy.publish.trade import Trade


def localized(
    publication: Publication, folder: Path, *, allow_untranslated: bool = False
) -> tuple[Publication, ...]:
    """Return the publication in every language that is complete, sorted by language.

    With ``allow_untranslated`` those that are not complete come too, their gaps marked.
    """
    languages = Trade().languages(publication, folder)
    return tuple(
        languages.publication(one.lang, gaps=not one.complete)
        for one in languages.standings()
        if one.complete or (allow_untranslated and one.translated)
    )
