"""The documents of the package: sections, cover and navigation, each a whole XHTML file."""

from __future__ import annotations

from collections.abc import Sequence

from faircopy.core.model import Metadata
from faircopy.writers.reflowable.sections import TEXT, Section
from faircopy.writers.reflowable.xhtml import EPUB_TYPE, document, h, serialise

COVER = "cover"
COVER_IMAGE = "images/cover.jpg"


def render(sections: Sequence[Section], metadata: Metadata) -> bytes:
    """Return the XHTML file of sections, which is called as the first of them is."""
    first = sections[0]
    body = h("body", *(section.root for section in sections))
    body.set(EPUB_TYPE, "frontmatter" if first.is_opener else "bodymatter")
    return serialise(document(metadata, first.title, body, folder=TEXT))


def cover(metadata: Metadata, title: str, alt: str) -> bytes:
    """Return the page that shows the cover's image."""
    image = h("img", src=f"../{COVER_IMAGE}", alt=alt, role="doc-cover")
    body = h("body", h("section", image, class_=COVER), class_=COVER)
    body.set(EPUB_TYPE, COVER)
    return serialise(document(metadata, title, body, folder=TEXT))
