"""From a page or an image to the JPEG that a shop or a reading system shows."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from faircopy.core import pango
from faircopy.core.model import Asset
from faircopy.writers.cover.art import HEIGHT, WIDTH
from faircopy.writers.cover.layout import Page

QUALITY = 86
"""Of the JPEG: thin lines on a dark ground show no ringing from here upwards."""


def of_page(page: Page) -> bytes:
    """Return a page, set with ``styles/cover.css``, as JPEG of 1600 × 2560 pixels.

    Raises:
        ToolError: Pango is missing.
    """
    pango.require()
    from faircopy.writers.cover import engine

    return _jpeg(_raster(engine.pdf(page.html, page.faces)))


def of_asset(asset: Asset) -> bytes:
    """Return an image of pixels as JPEG, no larger than a drawn cover.

    Transparency becomes white.
    """
    from PIL import Image

    if asset.media_type == "image/jpeg" and max(asset.width, asset.height) <= HEIGHT:
        return asset.data
    with Image.open(BytesIO(asset.data)) as image:
        layer = image.convert("RGBA")
    ground = Image.new("RGB", layer.size, "white")
    ground.paste(layer, mask=layer)
    ground.thumbnail((HEIGHT, HEIGHT))
    return _jpeg(ground)


def _raster(pdf: bytes) -> Any:
    """Return the first page as a picture of exactly 1600 × 2560 pixels."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    sheet = document[0]
    scale = WIDTH / sheet.get_width()
    # PIL's own order of bytes, and four to a pixel: what PDFium draws fastest.
    drawn = sheet.render(scale=scale, may_draw_forms=False, rev_byteorder=True, prefer_bgrx=True)
    picture = drawn.to_pil()  # RGBX, which a JPEG can be made of as it is
    document.close()
    return picture if picture.size == (WIDTH, HEIGHT) else picture.resize((WIDTH, HEIGHT))


def _jpeg(picture: Any) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, subsampling=0)
    return out.getvalue()
