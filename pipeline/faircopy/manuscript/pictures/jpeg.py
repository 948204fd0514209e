"""JPEG (ITU-T T.81): metadata taken out without touching a pixel; the rest decoded and set right.

Segments are kept that a decoder needs, the colour profile and the resolution. What stands in
the others (Exif with the place where a photograph was taken, the camera's number and a small
copy of the picture before it was cropped; XMP; Photoshop's resources with names; further pictures
of an MPO file, ISO/CIPA DC-007) is nobody's business but the photographer's.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

import msgspec

from faircopy.core.limits import SCANS
from faircopy.manuscript.pictures import colour, exif, raster
from faircopy.manuscript.pictures.picture import Picture, Unfit, damaged, measured

_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_APP0, _APP1, _APP2, _APP14, _APP15, _COM = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
_JFIF, _EXIF, _ICC = b"JFIF\0", b"Exif\0\0", b"ICC_PROFILE\0"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SIMPLE = frozenset((0xC0, 0xC1, 0xC2))
"""Baseline, extended and progressive Huffman frames: what PDF and every browser decode."""

_PIECE = 65_000
"""Bytes of a profile in a segment, of 65,533 that a segment can have (ICC.1, annex B.4)."""

_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
"""A marker in coded data, where FF 00 is a byte and FF D0 to FF D7 restart the decoder."""


class _Parts(msgspec.Struct, frozen=True):
    """A file, divided: the kind and size of its frame, and what is kept of its segments."""

    frame: int
    size: tuple[int, int]
    channels: int
    body: bytes
    exif: bytes
    profile: bytes
    jfif: bytes
    adobe: bytes


def prepare(data: bytes) -> Picture:
    """Return a JPEG in sRGB or grey, upright and without metadata.

    Where only metadata must go, the coded picture is the same byte for byte. Otherwise it is
    coded once more, with its own tables where these fit.

    Raises:
        Unfit: it is damaged or too large.
    """
    parts = _divide(data)
    turn = exif.orientation(parts.exif)
    with raster.opened(_joined(parts), "JPEG") as image:
        reading = colour.read(parts.profile, image.mode)
        kept = parts if reading.is_known else msgspec.structs.replace(parts, profile=b"")
        if turn == 1 and reading.is_srgb and parts.frame in _SIMPLE:
            raster.try_out(image)
            return Picture("image/jpeg", _joined(kept), *parts.size, reading.remarks)
        picture = raster.upright(colour.in_srgb(image, reading), turn)
        data = raster.as_jpeg(picture, like=image, turned=turn >= exif.SIDEWAYS)
        width, height = picture.size
    return Picture("image/jpeg", data, width, height, reading.remarks)


def _divide(data: bytes) -> _Parts:
    frame, channels, scans = 0, 0, 0
    size = (0, 0)
    about = jfif = adobe = b""
    profile: dict[int, bytes] = {}
    body: list[bytes] = []
    for kind, content, coded in _segments(data):
        if kind == _APP0 and content.startswith(_JFIF) and len(content) >= 12:
            jfif = content[:12] + b"\0\0"  # without the small picture
        elif kind == _APP1 and content.startswith(_EXIF):
            about = about or content
        elif kind == _APP2 and content.startswith(_ICC) and len(content) > 14:
            profile[content[12]] = content[14:]
        elif kind == _APP14 and content.startswith(b"Adobe"):
            adobe = content[:12]
        if _APP0 <= kind <= _APP15 or kind == _COM:
            continue
        if kind in _FRAMES and not frame:
            if len(content) < 6:
                raise damaged("its frame is cut short")
            height, width, channels = struct.unpack(">HHB", content[1:6])
            frame, size = kind, measured(width, height)
        scans += kind == _SOS
        body.append(_segment(kind, content) + coded)
    if not frame or not scans:
        raise damaged("it has no picture in it")
    if scans > SCANS.most:
        raise Unfit(
            "image-too-large",
            f"comes in {scans:,} scans, the limit is {SCANS.most}",
            "Save it again as JPEG.",
        )
    whole = b"".join(profile[number] for number in sorted(profile))
    return _Parts(frame, size, channels, b"".join(body), about, whole, jfif, adobe)


def _segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield each segment's marker, its content, and the coded data after it, up to the end."""
    at = 2
    while True:
        if data[at : at + 1] != b"\xff":
            raise damaged("it ends too soon" if at >= len(data) else "what it holds is no JPEG")
        while data[at : at + 1] == b"\xff":  # a marker may have any number of these before it
            at += 1
        kind = data[at] if at < len(data) else _EOI
        at += 1
        if kind == _EOI and at <= len(data):
            return
        end = at + int.from_bytes(data[at : at + 2])
        if end < at + 2 or end > len(data):
            raise damaged("it ends too soon")
        content, at = data[at + 2 : end], end
        if kind == _SOS:
            found = _MARKER.search(data, at)
            if not found:
                raise damaged("it ends too soon")
            yield kind, content, data[at : found.start()]
            at = found.start()
        else:
            yield kind, content, b""


def _segment(kind: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, kind, len(content) + 2) + content


def _joined(parts: _Parts) -> bytes:
    """Return the file again with what is needed to show it, and nothing else."""
    jfif = parts.jfif
    density = exif.density(parts.exif)
    if density and (not jfif or jfif[7] == 0) and parts.adobe[11:] in (b"", b"\1"):
        # JFIF means YCbCr, and so does an Adobe transform of 1; with another it would be wrong.
        jfif = _JFIF + struct.pack(">HBHHBB", 0x0101, 1, *density, 0, 0)
    head = [b"\xff\xd8"]
    if jfif:
        head.append(_segment(_APP0, jfif))
    if parts.adobe:
        head.append(_segment(_APP14, parts.adobe))
    pieces = [parts.profile[at : at + _PIECE] for at in range(0, len(parts.profile), _PIECE)]
    for number, piece in enumerate(pieces, 1):
        head.append(_segment(_APP2, _ICC + bytes((number, len(pieces))) + piece))
    return b"".join((*head, parts.body, b"\xff\xd9"))
