"""PNG (W3C, third edition): metadata taken out, eight bits a channel, sRGB, one still picture."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Any

import msgspec

from faircopy.manuscript.pictures import colour, exif, raster
from faircopy.manuscript.pictures.picture import Picture, Remark, damaged, measured

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEPT = (b"IHDR", b"sRGB", b"PLTE", b"tRNS", b"pHYs", b"IDAT", b"IEND")
"""What is kept: no text, no times, no Exif, no frames but the first.

Without ``gAMA``, which browsers alone heed, all editions show the same.
"""

_LARGEST_PROFILE = 4_000_000
"""Bytes, unpacked: profiles of printers have up to two million."""

STILL = Remark(
    "image-animated",
    "moves; its first picture alone is shown",
    "Use a still picture, so that you choose which.",
)


class _Parts(msgspec.Struct, frozen=True):
    """A file, divided: its size, depth and type of colour, the chunks that are kept, the rest."""

    size: tuple[int, int]
    depth: int
    kind: int
    kept: tuple[bytes, ...]
    icc: bytes
    profile: bytes
    exif: bytes
    animated: bool

    def whole(self, *, profiled: bool = False) -> bytes:
        """Return the file again, with its profile where that fits."""
        head, *rest = self.kept
        return b"".join((_SIGNATURE, head, self.icc if profiled else b"", *rest))


def prepare(data: bytes) -> Picture:
    """Return a PNG as every edition shows it; its pixels are the same where they can be.

    Raises:
        Unfit: it is damaged or too large.
    """
    parts = _divide(data)
    turn = exif.orientation(parts.exif)
    with raster.opened(parts.whole(), "PNG") as image:
        reading = colour.read(parts.profile, "L" if parts.kind in _GREYS else "RGB")
        remarks = (*reading.remarks, *((STILL,) if parts.animated else ()))
        if parts.depth <= 8 and turn == 1 and reading.is_srgb:
            image.load()
            data = parts.whole(profiled=reading.is_known)
            return Picture("image/png", data, *parts.size, remarks)
        picture = _in_srgb(_in_bytes(image, parts), reading)
        picture = raster.upright(picture, turn)
        width, height = picture.size
        data = raster.as_png(picture, image.info.get("dpi"))
        return Picture("image/png", data, width, height, remarks)


_GREYS = (0, 4)
"""Types of colour (PNG, table 8): grey, and grey with transparency."""


def _in_bytes(image: Any, parts: _Parts) -> Any:
    """Return a picture with eight bits a channel, the upper ones; Pillow does so for colours."""
    from PIL import Image

    key = image.info.get("transparency")
    if image.mode == "I;16":
        info = image.info
        image = Image.frombytes("L", image.size, image.tobytes()[1::2])  # least byte first
        image.info = info
    elif image.mode == "RGBA" and parts.kind in _GREYS:
        image = image.convert("LA")
    if parts.depth > 8 and key is not None:
        upper = tuple(part >> 8 for part in key) if isinstance(key, tuple) else key >> 8
        image.info["transparency"] = upper
    return image


def _in_srgb(image: Any, reading: colour.Reading) -> Any:
    """Return a picture of any of PNG's modes in sRGB, with its transparency."""
    if reading.is_srgb:
        return image
    clear = image.mode in ("LA", "RGBA") or "transparency" in image.info
    grey = image.mode in ("1", "L", "LA")
    whole = image.convert(("LA" if grey else "RGBA") if clear else ("L" if grey else "RGB"))
    if not clear:
        return colour.in_srgb(whole, reading)
    *_, alpha = whole.split()
    shown = colour.in_srgb(whole.convert("L" if grey else "RGB"), reading)
    shown.putalpha(alpha)
    return shown


def _divide(data: bytes) -> _Parts:
    head = b""
    kept: list[bytes] = []
    icc = profile = about = b""
    animated = False
    for kind, content, whole in _chunks(data):
        if kind == b"IHDR" and not head and len(content) == 13:
            head = content
            measured(*struct.unpack(">II", content[:8]))
        elif not head:
            raise damaged("it has no head")
        if kind == b"iCCP":
            icc, profile = whole, _profile(content)
        elif kind == b"eXIf":
            about = about or content
        animated = animated or kind == b"acTL"
        if kind in _KEPT:
            kept.append(whole)
    width, height, depth, colours = struct.unpack(">IIBB", head[:10])
    return _Parts((width, height), depth, colours, tuple(kept), icc, profile, about, animated)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield each chunk's type, its content, and all of it, to the last."""
    at, kind = len(_SIGNATURE), b""
    while kind != b"IEND":
        end = at + 12 + int.from_bytes(data[at : at + 4])
        kind, content = data[at + 4 : at + 8], data[at + 8 : end - 4]
        if end > len(data) or len(kind) < 4:
            raise damaged("it ends too soon")
        if zlib.crc32(content, zlib.crc32(kind)) != int.from_bytes(data[end - 4 : end]):
            raise damaged("its checksums are wrong")
        yield kind, content, data[at:end]
        at = end


def _profile(content: bytes) -> bytes:
    """Return a profile, unpacked; an empty one, where it is too large, is none that fits."""
    packed = content.partition(b"\0")[2][1:]
    try:
        return zlib.decompressobj().decompress(packed, _LARGEST_PROFILE) or b"\0"
    except zlib.error:
        return b"\0"
