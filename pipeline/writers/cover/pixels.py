"""From a page or an image to the JPEG that a shop or a reading system shows."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.model import Asset
from pipeline.writers.cover.art import HEIGHT, WIDTH
from pipeline.writers.markup import Element, Maker

SHEET = Path(__file__).parents[3] / "styles" / "cover.css"
QUALITY = 86
"""Of the JPEG: thin lines on a dark ground show no ringing from here upwards."""

_h = Maker()


def of_page(page: Element) -> bytes:
    """Return a page of HTML, set with ``styles/cover.css``, as JPEG of 1600 × 2560 pixels."""
    return _jpeg(_raster(_pdf(page)))


def of_asset(asset: Asset) -> bytes:
    """Return an image of the manuscript as JPEG, no larger than a drawn cover.

    Transparency becomes white. A vector image is drawn on a page of the cover's size.
    """
    from PIL import Image

    if asset.media_type == "image/svg+xml":
        return of_page(_around(asset))
    if asset.media_type == "image/jpeg" and max(asset.width, asset.height) <= HEIGHT:
        return asset.data
    with Image.open(BytesIO(asset.data)) as image:
        layer = image.convert("RGBA")
    ground = Image.new("RGB", layer.size, "white")
    ground.paste(layer, mask=layer)
    ground.thumbnail((HEIGHT, HEIGHT))
    return _jpeg(ground)


def _around(asset: Asset) -> Element:
    """Return a page that holds a vector image and nothing else."""
    source = f"data:{asset.media_type};base64,{b64encode(asset.data).decode()}"
    style = f"width:{WIDTH}px;height:{HEIGHT}px;object-fit:contain;display:block"
    return _h("html", _h("body", _h("img", src=source, style=style, alt="")))


def _pdf(page: Element) -> bytes:
    """Set the page. Nothing is fetched, as fonts and art are in the tree itself."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(allowed_protocols={"data"})
    config = FontConfiguration()
    look = CSS(string=SHEET.read_text(encoding="utf-8"), url_fetcher=fetcher, font_config=config)
    text = etree.tostring(page, encoding="unicode", method="html")
    html = HTML(string=text, url_fetcher=fetcher)
    return bytes(html.write_pdf(stylesheets=[look], font_config=config, full_fonts=True))


def _raster(pdf: bytes) -> Any:
    """Return the first page as a picture of exactly 1600 × 2560 pixels."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    sheet = document[0]
    picture = sheet.render(scale=WIDTH / sheet.get_width()).to_pil().convert("RGB")
    document.close()
    return picture if picture.size == (WIDTH, HEIGHT) else picture.resize((WIDTH, HEIGHT))


def _jpeg(picture: Any) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, subsampling=0)
    return out.getvalue()
