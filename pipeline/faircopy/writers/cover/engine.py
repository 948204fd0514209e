"""One page of HTML to PDF. This module imports WeasyPrint, which costs half a second."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from lxml import etree
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from faircopy.writers.markup import Element

SHEET = Path(str(resources.files("faircopy"))) / "styles" / "cover.css"
HERE = "cover:"
"""Scheme of the addresses under which a page finds the files that are given with it."""


class Given(URLFetcher):  # type: ignore[misc]
    """Fetches what it was given, and data URIs, and nothing else."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)
        self._files = files

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Return a given file; see ``weasyprint.urls.URLFetcher.fetch``."""
        name = url.removeprefix(HERE)
        if name == url:
            return super().fetch(url, headers)
        if name not in self._files:  # WeasyPrint would go on in another font
            raise FatalURLFetchingError(f"the cover's page was not given {name}")
        return URLFetcherResponse(url, self._files[name])


def pdf(page: Element, rules: str, files: Mapping[str, bytes]) -> bytes:
    """Set ``page`` with ``rules`` and ``styles/cover.css``."""
    fetcher = Given(files)
    config = FontConfiguration()
    css = rules + SHEET.read_text(encoding="utf-8")
    look = CSS(string=css, url_fetcher=fetcher, font_config=config)
    text = etree.tostring(page, encoding="unicode", method="html")
    html = HTML(string=text, url_fetcher=fetcher)
    return bytes(html.write_pdf(stylesheets=[look], font_config=config, uncompressed_pdf=True))
