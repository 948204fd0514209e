"""The EPUB 3.3 of a publication.

The opener and the text become one XHTML tree by one call of pandoc. The tree is cut into
sections, which are gathered in documents, linked, given their meaning and packed with the
navigation, the fonts that the text needs, and metadata that states what is true of this book.
"""

from __future__ import annotations

from collections.abc import Sequence

from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.core.model import Artifact, Publication
from faircopy.languages import locale
from faircopy.languages.tags import primary
from faircopy.passes import editions
from faircopy.theme import Theme
from faircopy.writers import Options, cover
from faircopy.writers.cover import small
from faircopy.writers.epub import accessibility, gathering, navigation, package, page_list, pages
from faircopy.writers.epub.package import Item
from faircopy.writers.html import hoist_units
from faircopy.writers.reflowable import content, images, inert, links, notes, semantics
from faircopy.writers.reflowable.contents import entries
from faircopy.writers.reflowable.embedding import Look, look
from faircopy.writers.reflowable.sections import Section, split
from faircopy.writers.reflowable.words import count, plain
from faircopy.writers.reflowable.xhtml import MATHML, MEDIA_TYPE, SHEET

EPUB_TYPE = "application/epub+zip"


def write(publication: Publication, theme: Theme, options: Options) -> Artifact:
    """Return the EPUB, named after its language.

    ``options.cover`` is the cover as JPEG; without it the book claims no cover.

    Raises:
        EditionError: an image or a character can't stand in an EPUB, or something in it is active.
        ToolError: pandoc or a font of the theme is missing.
    """
    metadata = publication.metadata
    labels = locale(metadata.lang).labels
    title = plain(metadata.title, metadata.lang)
    root = content.tree(publication)
    waiting = notes.take(root)
    for part in (root, *waiting):
        hoist_units(part)
        semantics.enrich(part)
    sections = split(root, metadata.kind, title)
    notes.place(sections, waiting)
    files = gathering.gather(sections, metadata.kind)
    unlinked = links.connect(sections, lambda section: f"{section.name}.xhtml", "EPUB")
    pictures = images.collect(sections, publication.assets, lambda picture: f"../{picture.path}")
    listed = page_list.mark(sections, options.page_starts, metadata)
    contents = entries(sections, labels, lambda section: section.path)

    covered = _cover(publication, options.cover, labels.cover)
    front = covered[0].path if covered else ""
    marks = navigation.landmarks(sections, labels, front)
    nav = navigation.render(metadata, labels, contents, marks, listed)
    texts = [_item(file, pages.render(file, metadata)) for file in files]
    documents = [*(item.data for item in texts), nav]
    seen = look(documents, theme, metadata.lang, lambda font: f"../{font.path}")
    facts = accessibility.observe(sections, pictures, contents, seen.css, pages=len(listed))
    items = [
        Item("nav", navigation.PATH, MEDIA_TYPE, nav, ("nav",)),
        *covered,
        *texts,
        Item("sheet", SHEET, "text/css", seen.css.encode()),
        *_files(seen),
        *(
            Item(f"image-{n}", picture.path, picture.asset.media_type, picture.asset.data)
            for n, picture in enumerate(pictures, start=1)
        ),
    ]
    for item in items:
        inert.ensure(item.path, item.media_type, item.data)
    spine = [*(item.id for item in covered[:1]), *(item.id for item in texts), "nav"]
    return Artifact(
        name=f"{primary(metadata.lang)}.epub",
        media_type=EPUB_TYPE,
        data=package.build(publication, items, spine, contents, facts),
        facts={
            "documents": len(files),
            "words": sum(count(section.root) for section in sections),
            "images": facts.images,
            "formulas": facts.formulas,
            **({"lists_pages_of": metadata.print} if listed else {}),
            "fonts": tuple(font.face.name for font in seen.fonts),
            "claims": accessibility.claims(facts, metadata.lang, metadata.accessibility),
        },
        beside=_small(publication, theme, options),
        diagnostics=(
            *unlinked,
            *_undrawn(seen.undrawn),
            *editions.unsaid(publication),
            *accessibility.refused(facts, metadata.accessibility, publication.source_path),
        ),
    )


def _cover(publication: Publication, data: bytes | None, title: str) -> tuple[Item, ...]:
    """Return the cover's page and image, or nothing when there is no image."""
    if data is None:
        return ()
    page = pages.cover(publication.metadata, title, cover.alt(publication))
    return (
        Item("cover", "text/cover.xhtml", MEDIA_TYPE, page),
        Item("cover-image", pages.COVER_IMAGE, "image/jpeg", data, ("cover-image",)),
    )


def _small(publication: Publication, theme: Theme, options: Options) -> tuple[Artifact, ...]:
    """Return the cover for shelves, and for who shares a page of the house's site."""
    if options.cover is None:
        return ()
    tag, ground = primary(publication.metadata.lang), theme.colour.cover.ground
    return small.images(options.cover, tag, ground, card=bool(options.card))


def _item(file: Sequence[Section], data: bytes) -> Item:
    formulas = (item for section in file for item in section.root.iter(f"{{{MATHML}}}math"))
    properties = () if next(formulas, None) is None else ("mathml",)
    return Item(file[0].name, file[0].path, MEDIA_TYPE, data, properties)


def _files(seen: Look) -> list[Item]:
    """Return the fonts and the licences under which they are passed on."""
    fonts = [
        Item(f"font-{n}", font.path, font.media_type, font.data)
        for n, font in enumerate(seen.fonts, start=1)
    ]
    texts = [
        Item(f"licence-{n}", path, "text/plain", data)
        for n, (path, data) in enumerate(seen.licences, start=1)
    ]
    return [*fonts, *texts]


def _undrawn(characters: str) -> tuple[Diagnostic, ...]:
    if not characters:
        return ()
    return (
        Diagnostic(
            "epub-glyph-missing",
            Severity.NOTE,
            f"No embedded font draws {characters!r}; the reading system's own fonts will.",
            "Name a font that has these characters in the theme, or install those that "
            "./inv doctor misses.",
        ),
    )
