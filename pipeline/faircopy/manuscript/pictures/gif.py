"""GIF (version 89a): its first picture as PNG, which loses nothing of it but the movement."""

from __future__ import annotations

import struct

from faircopy.manuscript.pictures import raster
from faircopy.manuscript.pictures.picture import Picture, damaged, measured
from faircopy.manuscript.pictures.png import STILL

_IMAGE, _EXTENSION, _TRAILER = 0x2C, 0x21, 0x3B


def prepare(data: bytes) -> Picture:
    """Return a GIF's first picture as PNG: comments and whatever programs add stay behind.

    Raises:
        Unfit: it is damaged or too large.
    """
    if len(data) < 13:
        raise damaged("it ends too soon")
    measured(*struct.unpack("<HH", data[6:10]))
    frames = _frames(data)
    with raster.opened(data, "GIF") as image:
        measured(*image.size)
        image.load()
        still = raster.as_png(image)
        width, height = image.size
        return Picture("image/png", still, width, height, (STILL,) if frames > 1 else ())


def _frames(data: bytes) -> int:
    """Walk through the blocks to the end; return how many pictures there are."""
    at = 13 + _table(data[10])
    frames = 0
    while at < len(data):
        kind = data[at]
        if kind == _TRAILER:
            break
        if kind == _IMAGE and at + 9 < len(data):
            frames += 1
            at = _blocks(data, at + 11 + _table(data[at + 9]))
        elif kind == _EXTENSION:
            at = _blocks(data, at + 2)
        else:
            raise damaged("what it holds is no GIF")
    else:
        raise damaged("it ends too soon")
    if not frames:
        raise damaged("it has no picture in it")
    return frames


def _table(flags: int) -> int:
    """Return the bytes of a colour table: 3 times 2 to the power of its size and 1."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _blocks(data: bytes, at: int) -> int:
    """Return where a row of blocks ends, each after its length, the last of length 0."""
    while at < len(data) and data[at]:
        at += data[at] + 1
    return at + 1
