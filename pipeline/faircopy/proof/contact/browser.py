"""An EPUB as Chromium shows it: on a phone and on a tablet, by day and by night.

The reading system's part is a style sheet of ours: margins, and by night a dark ground with
light text. Each document is shown on a screen as wide as the device and as high as its text.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

import msgspec
from lxml import etree
from PIL import Image

from faircopy.core.diagnostics import EditionError
from faircopy.proof import browser
from faircopy.proof.contact.model import View
from faircopy.proof.extractors.archive import Archive, Element
from faircopy.proof.extractors.epub import spine


class Screen(msgspec.Struct, frozen=True):
    """What a book is read on: width in CSS pixels, and whether it is night."""

    name: str
    width: int
    least: int
    night: bool = False

    @property
    def title(self) -> str:
        """What a row of pictures is called."""
        return f"{self.name}, {'night' if self.night else 'day'}"


SCREENS = (
    Screen("phone", 390, 844),
    Screen("phone", 390, 844, night=True),
    Screen("tablet", 820, 1180),
    Screen("tablet", 820, 1180, night=True),
)
DESK = Screen("desk", 1280, 1024)
_PAGE = "page.html"
HIGHEST = 8_000
"""Pixels of a document that are shown; Chromium's pictures end at 16,384."""

THUMBNAIL = 160
"""Pixels: how wide a shop's list shows a cover."""

_DAY = "html{background:#fff;color:#16181a}"
_NIGHT = "html{background:#121416;color:#e6e3dc;color-scheme:dark}"
_MARGINS = "body{margin:0;padding:28px 24px}"


def views(path: Path) -> Iterator[View]:
    """Yield the cover of an EPUB, then each document of its spine on each screen.

    Raises:
        ToolError: Chromium is missing or fails.
        EditionError: the file is no readable EPUB.
    """
    data = path.read_bytes()
    yield from covers(data)
    yield from shown(data, SCREENS)


def pages(path: Path) -> Iterator[View]:
    """Yield a web edition on each screen, as it is, without a reading system around it.

    Raises:
        ToolError: Chromium is missing or fails.
    """
    data = path.read_bytes()
    with browser.reading(browser.Alone(_PAGE, data)) as page:
        for screen in (*SCREENS, DESK):
            page.by_night(screen.night)
            yield _view(page, _PAGE, data, screen)


def covers(data: bytes) -> Iterator[View]:
    """Yield the cover of the EPUB ``data``, and what a shop's list shows of it.

    Raises:
        EditionError: the file is no readable EPUB.
    """
    archive = Archive(data)
    items = (
        (package, item)
        for package in archive.names
        if package.endswith(".opf")
        for item in archive.xml(package).iter("{*}item")
    )
    for package, item in items:
        if "cover-image" in item.get("properties", "").split():
            place = posixpath.join(posixpath.dirname(package), item.get("href", ""))
            try:
                with Image.open(BytesIO(archive.read(place))) as picture:
                    whole = picture.convert("RGB")
            except OSError as error:
                raise EditionError.because(
                    "artifact-unreadable", "Its cover is no picture.", "Build it again."
                ) from error
            wide, high = whole.size
            yield View(title=f"{wide} × {high}", image=whole, row="cover")
            small = whole.resize((THUMBNAIL, round(high * THUMBNAIL / wide)))
            yield View(title=f"{THUMBNAIL} pixels wide", image=small, row="cover")


def shown(data: bytes, screens: Sequence[Screen]) -> Iterator[View]:
    """Yield each document of the EPUB ``data`` on each of ``screens``; see ``views``."""
    archive = Archive(data)
    documents = [name for name, _ in spine(archive)]
    with browser.reading(archive) as page:
        for screen in screens:
            page.by_night(screen.night)
            for name in documents:
                yield _view(page, name, _styled(archive.xml(name), screen), screen)


def _styled(root: Element, screen: Screen) -> bytes:
    """Return a document with the reader's own style."""
    head = root.find("{*}head")
    if head is not None:
        style = etree.SubElement(head, head.tag.replace("head", "style"))
        style.text = (_NIGHT if screen.night else _DAY) + _MARGINS
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _view(page: browser.Page, name: str, data: bytes, screen: Screen) -> View:
    page.show(name, data, width=screen.width, height=screen.least)
    height = int(page.compute("() => document.documentElement.scrollHeight"))
    high = min(height, HIGHEST)
    page.resize(screen.width, high)
    with Image.open(BytesIO(page.picture())) as picture:
        image = picture.convert("RGB")
    short = posixpath.basename(name)
    cut = f"{short} ({screen.title}) below {HIGHEST} pixels." if height > high else ""
    return View(title=short, image=image, row=screen.title, cut=cut)
