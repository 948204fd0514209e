"""The cover: drawn from the metadata, or the manuscript's own image.

HTML and SVG become one page of PDF (WeasyPrint), that page a raster (PDFium), the raster a
JPEG. The engine that sets the book thus sets its cover, in every script.
"""

from __future__ import annotations

from faircopy.core.model import Publication
from faircopy.languages import locale
from faircopy.theme import Theme
from faircopy.writers.cover import pixels
from faircopy.writers.cover.layout import around, page, plain
from faircopy.writers.pictures import SVG, all_drawn


def alt(publication: Publication) -> str:
    """Return the cover's alternative text: the author's, or "Cover: <title> – <outlet>"."""
    metadata = publication.metadata
    words = [plain(item, metadata.lang) for item in (metadata.title, metadata.outlet) if item]
    drawn = f"{locale(metadata.lang).labels.cover}: {' – '.join(words)}"
    return metadata.cover_alt or drawn.replace("\u00a0", " ")


def draw(publication: Publication, theme: Theme) -> bytes:
    """Return the cover as JPEG.

    A drawn cover has 1600 × 2560 pixels; the front matter's ``cover-image`` keeps its own
    proportions, and its own bytes when it is a JPEG of no more than that height. A vector image is
    drawn on a page of the cover's size.

    Raises:
        EditionError: the cover image cannot be drawn.
        ToolError: a font of the theme is missing.
    """
    own = publication.assets.get(publication.metadata.cover_image)
    if not own:
        return pixels.of_page(page(publication, theme))
    with all_drawn(publication):
        if own.media_type == SVG:
            return pixels.of_page(around(own, theme, publication.metadata.lang))
        return pixels.of_asset(own)
