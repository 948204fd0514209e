"""An EPUB as Chromium shows it: on a phone and on a tablet, by day and by night.

The reading system's part is a style sheet of ours: margins, and by night a dark ground with
light text. Each document is shown in a frame as wide as the screen and as high as its text.
"""

from __future__ import annotations

import os
import posixpath
import tempfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import msgspec
from lxml import etree
from lxml import html as markup
from PIL import Image

from faircopy.core import process
from faircopy.core.diagnostics import ToolError
from faircopy.core.tools import tool
from faircopy.proof.contact.model import View
from faircopy.proof.extractors.archive import Archive
from faircopy.proof.extractors.epub import spine
from faircopy.writers.markup import Maker


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
HIGHEST = 8_000
"""Pixels of a document that are shown; Chromium's pictures end at 16,384."""

THUMBNAIL = 160
"""Pixels: how wide a shop's list shows a cover."""

_AREA = 48_000_000
"""Pixels of one picture of several documents, for the memory's sake."""

_SPARE = 200
"""Headless Chromium may take this much of its window's height for itself."""

_SECONDS = 180.0
_DAY = "html{background:#fff;color:#16181a}"
_NIGHT = "html{background:#121416;color:#e6e3dc;color-scheme:dark}"
_MARGINS = "body{margin:0;padding:28px 24px}"
_MEASURE = """
addEventListener("load", () => {
  const frames = [...document.querySelectorAll("iframe")];
  document.getElementById("out").textContent = JSON.stringify(
    frames.map(frame => frame.contentDocument.documentElement.scrollHeight));
});
"""
_h = Maker()


def views(path: Path) -> Iterator[View]:
    """Yield the cover of an EPUB, then each document of its spine on each screen.

    Raises:
        ToolError: Chromium is missing or fails.
        EditionError: the file is no readable EPUB.
    """
    data = path.read_bytes()
    yield from covers(data)
    yield from shown(data, SCREENS)


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
            with Image.open(BytesIO(archive.read(place))) as picture:
                whole = picture.convert("RGB")
            wide, high = whole.size
            yield View(title=f"{wide} × {high}", image=whole, row="cover")
            small = whole.resize((THUMBNAIL, round(high * THUMBNAIL / wide)))
            yield View(title=f"{THUMBNAIL} pixels wide", image=small, row="cover")


def shown(data: bytes, screens: Sequence[Screen]) -> Iterator[View]:
    """Yield each document of the EPUB ``data`` on each of ``screens``; see ``views``."""
    archive = Archive(data)
    names = list(dict(spine(archive)))
    for screen in screens:
        with tempfile.TemporaryDirectory(
            prefix="faircopy-reader-", ignore_cleanup_errors=True
        ) as name:
            folder = Path(name)
            _unpack(archive, folder, frozenset(names), screen)
            heights = _heights(folder, names, screen)
            for group in _groups(heights, screen):
                yield from _pictures(folder, [(names[i], heights[i]) for i in group], screen)


def _unpack(archive: Archive, folder: Path, documents: frozenset[str], screen: Screen) -> None:
    """Write the members whose names stay within the folder, with the reader's own style."""
    for name in archive.names:
        path = (folder / posixpath.normpath(name)).resolve()
        if name.endswith("/") or not path.is_relative_to(folder.resolve()):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        if name not in documents:
            path.write_bytes(archive.read(name))
            continue
        root = archive.xml(name)
        head = root.find("{*}head")
        if head is not None:
            style = etree.SubElement(head, head.tag.replace("head", "style"))
            style.text = (_NIGHT if screen.night else _DAY) + _MARGINS
        path.write_bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _heights(folder: Path, names: Sequence[str], screen: Screen) -> list[int]:
    page = _frames(folder, [(name, screen.least) for name in names], screen, _MEASURE)
    done = _chromium(folder, screen, "--virtual-time-budget=60000", "--dump-dom", page.as_uri())
    dumped = markup.document_fromstring(done.decode("utf-8", "replace"))
    said = "".join("".join(map(str, item.itertext())) for item in dumped.iter("pre"))
    try:
        return msgspec.json.decode(said, type=list[int])
    except msgspec.DecodeError as error:
        raise ToolError.because("tool-failed", "Chromium could not show the book.") from error


def _groups(heights: Sequence[int], screen: Screen) -> Iterator[list[int]]:
    """Yield the numbers of documents that go on one picture."""
    group: list[int] = []
    highest = 0
    for number, height in enumerate(heights):
        highest = max(highest, min(height, HIGHEST))
        if group and (len(group) + 1) * screen.width * highest > _AREA:
            yield group
            group, highest = [], min(height, HIGHEST)
        group.append(number)
    if group:
        yield group


def _pictures(folder: Path, documents: Sequence[tuple[str, int]], screen: Screen) -> Iterator[View]:
    page = _frames(folder, documents, screen)
    target = folder / "screen.png"
    high = min(HIGHEST, max(height for _, height in documents))
    _chromium(
        folder,
        screen,
        f"--screenshot={target}",
        f"--window-size={screen.width * len(documents)},{high + _SPARE}",
        page.as_uri(),
    )
    if not target.is_file():
        raise ToolError.because("tool-failed", "Chromium took no picture of the book.")
    with Image.open(target) as picture:
        for number, (name, height) in enumerate(documents):
            left = number * screen.width
            box = (left, 0, left + screen.width, min(height, HIGHEST))
            short = posixpath.basename(name)
            cut = f"{short} ({screen.title}) below {HIGHEST} pixels." if height > HIGHEST else ""
            yield View(
                title=short, image=picture.crop(box).convert("RGB"), row=screen.title, cut=cut
            )


def _frames(
    folder: Path, documents: Sequence[tuple[str, int]], screen: Screen, script: str = ""
) -> Path:
    """Write a page with the documents in frames beside each other."""
    frames = [
        _h(
            "iframe",
            src=quote(name),
            scrolling="no",
            style=f"position:absolute;border:0;top:0;left:{number * screen.width}px;"
            f"width:{screen.width}px;height:{min(height, HIGHEST)}px",
        )
        for number, (name, height) in enumerate(documents)
    ]
    page = _h(
        "html",
        _h("head", _h("meta", charset="utf-8"), _h("script", script)),
        _h("body", _h("pre", id="out", hidden="hidden"), *frames),
    )
    path = folder / "reader.html"
    path.write_bytes(etree.tostring(page, method="html", doctype="<!DOCTYPE html>"))
    return path


def _chromium(folder: Path, screen: Screen, *arguments: str) -> bytes:
    known = tool("chromium")
    program = known.path() if known else None
    if program is None:
        raise process.missing("chromium")
    command = [
        program,
        "--headless",
        *(["--no-sandbox"] if os.geteuid() == 0 else []),  # it refuses to run as root
        "--disable-gpu",
        "--hide-scrollbars",
        "--force-device-scale-factor=1",
        "--allow-file-access-from-files",
        f"--blink-settings=preferredColorScheme={0 if screen.night else 1}",
        f"--user-data-dir={folder / 'profile'}",
        *arguments,
    ]
    return process.run(command, timeout=_SECONDS).stdout
