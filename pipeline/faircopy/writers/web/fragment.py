"""The article of the web edition alone, for a system that has pages of its own.

No head, no style and no contents: how it looks is that system's affair. Ids, classes, notes and
pictures are those of the web edition, and nothing in it runs or is fetched.
"""

from __future__ import annotations

from faircopy.core.model import Artifact, Publication
from faircopy.languages import locale
from faircopy.languages.tags import primary
from faircopy.theme import Theme
from faircopy.writers import Options, web
from faircopy.writers.html import find
from faircopy.writers.reflowable import inert
from faircopy.writers.reflowable.words import count
from faircopy.writers.reflowable.xhtml import MEDIA_TYPE, document, serialise
from faircopy.writers.web import article, html5


def write(publication: Publication, theme: Theme, options: Options) -> Artifact:
    """Return the article with its language and direction, named after its language.

    Raises:
        EditionError: an image can't stand in a page of the web, or something in it is active.
        ToolError: pandoc is missing.
    """
    metadata = publication.metadata
    sections, pictures, unlinked = web.text(publication)
    words = sum(count(section.root) for section in sections)
    body = article.body(sections, (), locale(metadata.lang).labels)
    inert.ensure("the article", MEDIA_TYPE, serialise(document(metadata, "", body)))
    for picture in pictures:
        inert.ensure(picture.path, picture.asset.media_type, picture.asset.data)
    (alone,) = find(body, "article")
    alone.set("lang", metadata.lang)
    alone.set("dir", metadata.dir)
    return Artifact(
        name=f"{primary(metadata.lang)}.fragment.html",
        media_type=web.HTML_TYPE,
        data=html5.serialise_part(alone),
        facts={"words": words, "images": len(pictures)},
        diagnostics=unlinked,
    )
