"""Pictures that could not be drawn: an error that names the file and the manuscript's line.

WeasyPrint goes on without a picture and tells its log the picture's whole address, a data URI.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import msgspec
from lxml import etree

from faircopy.core.diagnostics import Diagnostic, EditionError, Place, Severity
from faircopy.core.model import Asset, Publication
from faircopy.writers.html import data_uri

SVG = "image/svg+xml"
_TEXT = "{http://www.w3.org/2000/svg}text"
_LOST = re.compile(r"Failed to (?:render SVG image|load image at) ['\"]?(data:[^'\"\s.]*)?")


def told(complaints: Iterable[Diagnostic], publication: Publication) -> Iterator[Diagnostic]:
    """Return WeasyPrint's complaints, those of lost pictures as errors with a name and a line."""
    for item in complaints:
        lost = _LOST.search(item.message)
        if lost and lost[1]:
            yield _lost(lost[1], publication)
        elif lost:  # what no manuscript is let to name
            yield msgspec.structs.replace(item, severity=Severity.ERROR)
        else:
            yield item


@contextmanager
def all_drawn(publication: Publication) -> Iterator[None]:
    """Hold WeasyPrint to drawing every picture meanwhile.

    Raises:
        EditionError: it went on without one.
    """
    collector = _Collector(logging.ERROR)
    logger = logging.getLogger("weasyprint")
    before = logger.disabled
    logger.addHandler(collector)
    logger.disabled = False
    try:
        yield
    finally:
        logger.removeHandler(collector)
        logger.disabled = before
    if collector.lost:
        raise EditionError(*(_lost(address, publication) for address in collector.lost))


def letters(asset: Asset) -> str:
    """Return the letters of a drawing; "" for any other picture."""
    if asset.media_type != SVG or b"text" not in asset.data:
        return ""
    root = etree.fromstring(asset.data)
    return "".join("".join(map(str, item.itertext())) for item in root.iter(_TEXT))


class _Collector(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.lost: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        found = _LOST.search(record.getMessage())
        if found:
            self.lost[found[1] or ""] = None


def _lost(address: str, publication: Publication) -> Diagnostic:
    asset = _asset(address, publication)
    if asset is None:
        what = "a formula or a picture within a picture"
    else:
        what = f"the image “{asset.path}”"
    return Diagnostic(
        "image-undrawn",
        Severity.ERROR,
        f"{what} cannot be drawn",
        "Save it again, as plain SVG or as PNG; if it is sound, report this with the picture.",
        place(asset, publication),
    )


def _asset(address: str, publication: Publication) -> Asset | None:
    own = ((data_uri(one.media_type, one.data), one) for one in publication.assets.values())
    return next((asset for there, asset in own if there == address), None)


def place(asset: Asset | None, publication: Publication) -> Place | None:
    """Return where the manuscript asks for an image first."""
    if asset is None:
        return None
    from faircopy.manuscript import images
    from faircopy.manuscript.source import Source

    source = Source(publication.source_path, publication.source)
    used = dict(reversed(images.used(publication.blocks, source)))
    return used.get(asset.path) or source.keys.get("cover-image")
