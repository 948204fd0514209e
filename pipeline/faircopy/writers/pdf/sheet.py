"""The style sheet of one edition, from the theme and ``styles/pdf.css``."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from faircopy.core.model import Kind, Metadata
from faircopy.languages import Locale
from faircopy.theme import Page, Theme, restyled
from faircopy.theme.css import fill, page_values
from faircopy.writers.html import data_uri

STYLES = Path(str(resources.files("faircopy"))) / "styles"
SHEET = STYLES / "pdf.css"
COVER = STYLES / "pdf-cover.css"


def sheet(theme: Theme, page: Page, metadata: Metadata, locale: Locale) -> str:
    """Return the CSS of an edition.

    Raises:
        ThemeError: ``styles/pdf.css`` names an unknown token.
    """
    values = page_values(theme, page, metadata.lang)
    house = fill(SHEET.read_text("utf-8"), values | _heads(metadata, locale), file=str(SHEET))
    return house + restyled.written(theme, metadata.lang, "print")


def _heads(metadata: Metadata, locale: Locale) -> dict[str, str]:
    """Return what the running heads say at the inner margin of left and right pages.

    The outlet stands at the outer one. Books that read from right to left have their right
    pages at the left.
    """
    title = "string(running-title)"
    kind = (
        "string(running-part)" if metadata.kind is Kind.BOOK else _string(_genre(metadata, locale))
    )
    left, right = (kind, title) if metadata.dir == "ltr" else (title, kind)
    return {"head-inner-left": left, "head-inner-right": right}


def _genre(metadata: Metadata, locale: Locale) -> str:
    return locale.genre(metadata.kind)


def _string(text: str) -> str:
    """Quote text for CSS (CSS Syntax 3, section 4.3.5)."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


def opening(cover: bytes) -> str:
    """Return the CSS of a first page that is ``cover``, a JPEG."""
    image = {"cover": f"url({data_uri('image/jpeg', cover)})"}
    return fill(COVER.read_text("utf-8"), image, file=str(COVER))
