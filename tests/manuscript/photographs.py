"""Pictures as cameras, scanners and printers' programs write them, made for tests."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image

RED, GREEN, BLUE, WHITE = (200, 30, 30), (30, 160, 60), (30, 60, 200), (250, 250, 250)
SECRET = "SERIAL-0815"
"""What stands in metadata and must not be published."""


def corners(size: tuple[int, int] = (48, 32)) -> Image.Image:
    """Return a picture whose four corners can be told apart: red, green / blue, white."""
    picture = Image.new("RGB", (2, 2))
    picture.putdata([RED, GREEN, BLUE, WHITE])
    return picture.resize(size, Image.Resampling.NEAREST)


def shown(data: bytes) -> Image.Image:
    """Return a picture as browsers show it: its profile not heeded, transparency on white."""
    with Image.open(io.BytesIO(data)) as image:
        layer = image.convert("RGBA")
    ground = Image.new("RGBA", layer.size, "white")
    ground.alpha_composite(layer)
    return ground.convert("RGB")


def seen(data: bytes) -> list[tuple[int, ...]]:
    """Return the colours near the four corners."""
    image = shown(data)
    across, down = image.width // 6, image.height // 6
    points = [(across, down), (-across, down), (across, -down), (-across, -down)]
    return [image.getpixel((x % image.width, y % image.height)) for x, y in points]  # type: ignore[misc]


def near(found: Any, wanted: Any, by: int = 12) -> bool:
    """Say whether colours are the same to the eye."""
    pairs = zip(found, wanted, strict=True)
    return all(abs(a - b) <= by for one, two in pairs for a, b in zip(one, two, strict=True))


def exif(orientation: int = 1, *, secret: bool = True) -> bytes:
    """Return Exif as a phone writes it: which way it was held, where it was, and its number."""
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x011A] = tags[0x011B] = 240.0
    tags[0x0128] = 2
    if secret:
        tags[0x010F], tags[0x013B] = "Camera of Jane Source", SECRET
        tags.get_ifd(0x8769)[0xA431] = SECRET
        tags.get_ifd(0x8825)[2] = (51.0, 7.0, 0.5)
    return tags.tobytes()


def jpeg(image: Image.Image | None = None, **settings: Any) -> bytes:
    """Return a JPEG; ``settings`` are Pillow's."""
    out = io.BytesIO()
    (image or corners()).save(out, "JPEG", **{"quality": 92, **settings})
    return out.getvalue()


def png(image: Image.Image | None = None, **settings: Any) -> bytes:
    """Return a PNG; ``settings`` are Pillow's."""
    out = io.BytesIO()
    (image or corners()).save(out, "PNG", **settings)
    return out.getvalue()


def segment(kind: int, content: bytes) -> bytes:
    """Return a JPEG's segment."""
    return struct.pack(">BBH", 0xFF, kind, len(content) + 2) + content


def after_start(data: bytes, *segments: bytes) -> bytes:
    """Return a JPEG with more segments."""
    return data[:2] + b"".join(segments) + data[2:]


def chunk(kind: bytes, content: bytes) -> bytes:
    """Return a PNG's chunk."""
    checksum = zlib.crc32(content, zlib.crc32(kind))
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def deep_png(kind: int, rows: list[bytes], width: int, *chunks: bytes) -> bytes:
    """Return a PNG of 16 bits a channel; ``kind`` is its colour type, ``rows`` its samples."""
    head = struct.pack(">IIBBBBB", width, len(rows), 16, kind, 0, 0, 0)
    coded = zlib.compress(b"".join(b"\0" + row for row in rows))
    body = (chunk(b"IHDR", head), *chunks, chunk(b"IDAT", coded), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


# --- profiles (ICC.1:2001-04) --------------------------------------------------------------------

P3 = ((0.5151, 0.2412, -0.0011), (0.2920, 0.6922, 0.0419), (0.1571, 0.0666, 0.7841))
SRGB = ((0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141))
"""Red, green and blue of Display P3 and of sRGB, as XYZ under D50."""


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _xyz(values: tuple[float, ...]) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(map(_fixed, values))


def _curve() -> bytes:
    """Return sRGB's own curve, in a thousand points."""
    steps = [step / 1023 for step in range(1024)]
    points = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in steps]
    table = b"".join(struct.pack(">H", round(value * 65535)) for value in points)
    return b"curv\0\0\0\0" + struct.pack(">I", 1024) + table


def _gamma(value: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(value * 256))


def _profile(kind: bytes, space: bytes, pcs: bytes, tags: dict[bytes, bytes]) -> bytes:
    name = b"A test's"
    text = b"desc\0\0\0\0" + struct.pack(">I", len(name) + 1) + name + bytes(79)
    tags = {b"desc": text, b"cprt": b"text\0\0\0\0none\0", **tags}
    at, table, body = 132 + 12 * len(tags), b"", b""
    for tag, content in tags.items():
        table += tag + struct.pack(">II", at + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    white = b"".join(map(_fixed, (0.9642, 1.0, 0.8249)))
    head = bytes(4) + b"lcms" + b"\x02\x40\0\0" + kind + space + pcs + bytes(12) + b"acsp"
    head += bytes(28) + white + bytes(48)
    assert len(head) == 128
    data = head + struct.pack(">I", len(tags)) + table + body
    return struct.pack(">I", len(data)) + data[4:]


def rgb_profile(primaries: tuple[tuple[float, ...], ...]) -> bytes:
    """Return a profile with sRGB's curve and these primaries."""
    names = (b"rXYZ", b"gXYZ", b"bXYZ")
    tags = {name: _xyz(value) for name, value in zip(names, primaries, strict=True)}
    curves = {name: _curve() for name in (b"rTRC", b"gTRC", b"bTRC")}
    white = {b"wtpt": _xyz((0.9642, 1.0, 0.8249))}
    return _profile(b"mntr", b"RGB ", b"XYZ ", tags | curves | white)


def grey_profile(gamma: float) -> bytes:
    """Return a profile for grey pictures."""
    tags = {b"kTRC": _gamma(gamma), b"wtpt": _xyz((0.9642, 1.0, 0.8249))}
    return _profile(b"mntr", b"GRAY", b"XYZ ", tags)


def ink_profile(cyan: tuple[int, int, int]) -> bytes:
    """Return a profile of four inks; full cyan has this Lab colour, the others roughly theirs."""
    inks = (cyan, (48, 74, -3), (89, -5, 93), (16, 0, 0))
    corners = []
    for number in range(16):
        used = [ink for bit, ink in zip((8, 4, 2, 1), inks, strict=True) if number & bit]
        light = 100.0
        a = b = 0.0
        for ink in used:
            light, a, b = light * ink[0] / 100, a + ink[1], b + ink[2]
        corners.append((light * 2.55, max(-128, min(127, a)) + 128, max(-128, min(127, b)) + 128))
    grid = bytes(min(255, round(value)) for corner in corners for value in corner)
    ramp = bytes(range(256))
    head = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0))
    matrix = b"".join(_fixed(value) for value in (1, 0, 0, 0, 1, 0, 0, 0, 1))
    table = head + matrix + ramp * 4 + grid + ramp * 3
    return _profile(b"prtr", b"CMYK", b"Lab ", {b"A2B0": table, b"A2B1": table})
