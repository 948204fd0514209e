"""The web edition: one HTML file that holds all it needs, from the same tree as the EPUB.

Style sheet, fonts and pictures stand within; nothing runs and nothing is fetched, and a Content
Security Policy in the file says so. Ids are those of every other edition.
"""

from __future__ import annotations

from faircopy.core.model import Artifact, Publication
from faircopy.languages import locale
from faircopy.languages.tags import primary
from faircopy.theme import Theme
from faircopy.writers import Options
from faircopy.writers.html import data_uri, hoist_units
from faircopy.writers.reflowable import content, images, inert, links, notes, semantics
from faircopy.writers.reflowable.contents import entries
from faircopy.writers.reflowable.embedding import FontFile, look
from faircopy.writers.reflowable.sections import Section, split
from faircopy.writers.reflowable.sheet import sheet
from faircopy.writers.reflowable.words import count, plain
from faircopy.writers.reflowable.xhtml import MEDIA_TYPE, document, serialise
from faircopy.writers.web import article, head, html5, woff2

HTML_TYPE = "text/html"
CSS = "web.css"


def write(publication: Publication, theme: Theme, options: Options) -> Artifact:
    """Return the page, named after its language.

    Raises:
        EditionError: an image or a character can't stand in a page of the web, or something in
            it is active.
        ToolError: pandoc or a font of the theme is missing.
    """
    metadata = publication.metadata
    labels = locale(metadata.lang).labels
    sections, pictures, unlinked = text(publication)
    body = article.body(sections, entries(sections, labels, lambda _: ""), labels)
    words = sum(count(section.root) for section in sections)
    tree = serialise(document(metadata, "", body))
    inert.ensure("the page", MEDIA_TYPE, tree)
    for picture in pictures:
        inert.ensure(picture.path, picture.asset.media_type, picture.asset.data)
    seen = look(
        [tree], theme, metadata.lang, _address, sheet(theme, metadata.lang, CSS), tight=True
    )
    for part in (seen.faces, seen.rest):
        inert.ensure("the page's style", "text/css", part.encode())
    known = head.Known(words, options.address, options.card, options.sisters)
    page = html5.page(
        head.head(publication, theme, seen.css, known),
        body,
        metadata,
    )
    return Artifact(
        name=f"{primary(metadata.lang)}.html",
        media_type=HTML_TYPE,
        data=html5.serialise(page),
        facts={
            "words": words,
            "images": len(pictures),
            "fonts": tuple(font.face.name for font in seen.fonts),
        },
        diagnostics=unlinked,
    )


def text(publication: Publication) -> tuple[list[Section], tuple[images.Picture, ...], links.Told]:
    """Return the sections of the text, the pictures in them, and what was found on the way."""
    metadata = publication.metadata
    root = content.tree(publication)
    waiting = notes.take(root)
    for part in (root, *waiting):
        hoist_units(part)
        semantics.enrich(part)
    sections = split(root, metadata.kind, plain(metadata.title, metadata.lang))
    notes.place(sections, waiting)
    unlinked = links.connect(sections, lambda _: "", "web")
    pictures = images.collect(
        sections,
        publication.assets,
        lambda picture: data_uri(picture.asset.media_type, picture.asset.data),
    )
    return sections, pictures, unlinked


def _address(font: FontFile) -> str:
    return data_uri("font/woff2", woff2.pack(font.data))
