"""One page of HTML to PDF. This module imports WeasyPrint, which costs half a second."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from lxml import etree
from weasyprint import CSS, HTML

from faircopy.theme import Face, fonts
from faircopy.writers.given import Fonts, Nothing
from faircopy.writers.markup import Element

SHEET = Path(str(resources.files("faircopy"))) / "styles" / "cover.css"


def pdf(page: Element, faces: Sequence[Face]) -> bytes:
    """Set ``page`` with ``styles/cover.css`` in the given faces, and no font of the system."""
    fetcher, config = Nothing(), Fonts(map(fonts.file, faces))
    css = SHEET.read_text(encoding="utf-8")
    look = CSS(string=css, url_fetcher=fetcher, font_config=config)
    text = etree.tostring(page, encoding="unicode", method="html")
    html = HTML(string=text, url_fetcher=fetcher)
    return bytes(html.write_pdf(stylesheets=[look], font_config=config, uncompressed_pdf=True))
