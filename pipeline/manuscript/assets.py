"""The images of a manuscript: found inside its folder only, of a known type, within limits."""

from __future__ import annotations

import io
import stat
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from pipeline.diagnostics import Diagnostic, Place, Severity
from pipeline.limits import IMAGE, IMAGES, PIXELS
from pipeline.model import Asset

_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
}
_FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif"}
_SVG_SIZE = (300, 150)
"""Width and height of an SVG that states none, in CSS px (CSS 2.1, section 10.3.2)."""


class _Refused(ValueError):
    """An image cannot be used: a code, what is wrong, what to do."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        super().__init__(code, message, remedy)
        self.code, self.message, self.remedy = code, message, remedy


def load(
    folder: Path, urls: Iterable[tuple[str, Place]]
) -> tuple[dict[str, Asset], tuple[Diagnostic, ...]]:
    """Read the images at ``urls``, each given with the place that asks for it.

    Returns:
        the images by their URL, and one error for each that cannot be used.
    """
    assets: dict[str, Asset] = {}
    found: list[Diagnostic] = []
    total = 0
    for url, place in urls:
        if url in assets:
            continue
        try:
            asset = _load(folder, url)
            total += len(asset.data)
            if total > IMAGES.most:
                raise _Refused(
                    "images-too-large",
                    f"the manuscript's images have more than {IMAGES.most:,} bytes",
                    "Make the images smaller.",
                )
        except _Refused as refused:
            found.append(
                Diagnostic(refused.code, Severity.ERROR, refused.message, refused.remedy, place)
            )
            continue
        assets[url] = asset
    return assets, tuple(found)


def _load(folder: Path, url: str) -> Asset:
    path = _inside(folder, url)
    data = _bytes(path, url)
    if path.suffix.lower() == ".svg":
        width, height = _measure_svg(data, url)
        return Asset(url, "image/svg+xml", data, width, height)
    return _raster(data, url)


def _inside(folder: Path, url: str) -> Path:
    if ":" in url.partition("/")[0] or url.startswith("//"):
        raise _Refused(
            "image-remote",
            f"the image “{url[:80]}” is not a file in the manuscript's folder",
            "Save the image beside the manuscript and name it by its relative path.",
        )
    relative = PurePosixPath(unquote(url))
    root = folder.resolve()
    path = (root / relative).resolve()
    if relative.is_absolute() or not path.is_relative_to(root):
        raise _Refused(
            "image-outside",
            f"the image “{url}” lies outside the manuscript's folder",
            "Copy it into the folder and name it by its relative path.",
        )
    if path.suffix.lower() not in _TYPES:
        raise _Refused(
            "image-type",
            f"the image “{url}” is of no type that every edition can show",
            f"Use one of {', '.join(sorted(_TYPES))}.",
        )
    return path


def _bytes(path: Path, url: str) -> bytes:
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):  # reading a pipe would wait for ever
            raise OSError
        size = about.st_size
        if size > IMAGE.most:
            raise _Refused(
                "image-too-large",
                f"the image “{url}” has {size:,} bytes, the limit is {IMAGE.most:,}",
                "Make the image smaller.",
            )
        return path.read_bytes()
    except (OSError, ValueError) as error:
        if isinstance(error, _Refused):
            raise
        raise _Refused(
            "image-missing",
            f"the image “{unquote(url)}” cannot be read",
            "Write / between a folder and a file in it."
            if "\\" in url
            else "Check its name, capital letters included, and that it is in the folder.",
        ) from error


def _raster(data: bytes, url: str) -> Asset:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=tuple(_FORMATS)) as image:
            width, height = image.size
            media_type = _FORMATS[image.format or ""]
            if width * height > PIXELS.most:
                raise _Refused(
                    "image-too-large",
                    f"the image “{url}” has {width}×{height} pixels",
                    f"Make it smaller than {PIXELS.most:,} pixels.",
                )
            image.verify()
    except _Refused:
        raise
    except Exception as error:  # Pillow raises many kinds of error on damaged files
        raise _Refused(
            "image-damaged",
            f"the image “{url}” is damaged or is not what its name says",
            "Save it again as PNG or JPEG.",
        ) from error
    return Asset(url, media_type, data, width, height)


def _measure_svg(data: bytes, url: str) -> tuple[int, int]:
    """Check that an SVG runs nothing and draws nothing in; return its size in px."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _Refused(
            "image-damaged", f"the image “{url}” is no well-formed SVG: {error}", "Save it again."
        ) from error
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        attributes = [(etree.QName(str(k)).localname, str(v)) for k, v in element.attrib.items()]
        links = [value for key, value in attributes if key == "href"]
        outside = any(not link.startswith(("#", "data:image/")) for link in links)
        handler = any(key.lower().startswith("on") for key, _ in attributes)
        style = f"{element.text or ''}{element.get('style', '')}" if name == "style" else ""
        if name in ("script", "foreignObject") or outside or handler or "url(http" in style:
            raise _Refused(
                "image-active",
                f"the SVG “{url}” has a script or a link to something outside ({name})",
                "Save it as a plain SVG, or as PNG.",
            )
    if root.getroottree().docinfo.internalDTD is not None:
        raise _Refused("image-active", f"the SVG “{url}” has a DOCTYPE", "Save it as a plain SVG.")
    return _svg_size(root.get("width"), root.get("height"), root.get("viewBox"))


def _svg_size(width: str | None, height: str | None, view: str | None) -> tuple[int, int]:
    try:
        box = [float(part) for part in (view or "").replace(",", " ").split()]
        wide = float((width or "").removesuffix("px") or box[2])
        high = float((height or "").removesuffix("px") or box[3])
    except (ValueError, IndexError):
        try:
            wide, high = box[2], box[3]
        except (IndexError, UnboundLocalError):
            return _SVG_SIZE
    return max(1, round(wide)), max(1, round(high))
