"""A printing condition for tests: a profile of four inks, small and rough, but a valid one."""

from __future__ import annotations

import itertools
import struct
from datetime import UTC, datetime

from faircopy.theme import Theme
from faircopy.writers.pdf import press
from faircopy.writers.pdf.press.profile import Condition

MADE = datetime(2026, 2, 5, tzinfo=UTC)


def pressed(edition: bytes, theme: Theme, condition: Condition | None = None) -> bytes:
    """Return the press file of an edition, printed on the condition of the tests."""
    return press.pressed(edition, theme, condition or CONDITION, MADE)


def profile(kind: bytes = b"prtr", space: bytes = b"CMYK", version: int = 2) -> bytes:
    """Return an ICC profile (ICC.1:2004-10) with tables of two steps."""
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", 6) + b"tests\0" + bytes(78),
        b"cprt": b"text" + bytes(4) + b"none\0",
        b"wtpt": b"XYZ " + bytes(4) + struct.pack(">3i", 63190, 65536, 54061),
        b"A2B0": _table(4, 3, [_lab(*inks) for inks in itertools.product((0, 1), repeat=4)]),
        b"B2A0": _table(3, 4, [_inks(*lab) for lab in itertools.product((0, 1), repeat=3)]),
    }
    place = 128 + 4 + 12 * len(tags)
    index, body = struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        index += name + struct.pack(">2I", place + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    size = place + len(body)
    date = struct.pack(">6H", 1980, 1, 1, 0, 0, 0)
    head = struct.pack(
        ">I4s4s4s4s4s", size, bytes(4), bytes([version, 0x20, 0, 0]), kind, space, b"Lab "
    )
    white = struct.pack(">3i", 63190, 65536, 54061)
    head += date + b"acsp" + bytes(28) + white
    return head.ljust(128, b"\0") + index + body


def _lab(cyan: int, magenta: int, yellow: int, black: int) -> bytes:
    light = 255 * (1 - black) * (1 - 0.4 * cyan) * (1 - 0.5 * magenta) * (1 - 0.1 * yellow)
    return bytes([int(light), 128 + 60 * magenta - 40 * cyan, 128 + 80 * yellow - 50 * cyan])


def _inks(light: int, redness: int, yellowness: int) -> bytes:
    if light:
        return bytes([0, 128 * redness, 128 * yellowness, 0])
    return bytes([255 * (1 - redness), 255 * redness, 255 * yellowness, 255])


def _table(inputs: int, outputs: int, nodes: list[bytes]) -> bytes:
    """Return a ``lut8Type`` (ICC.1:2004-10, 10.9) whose curves are straight."""
    matrix = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    straight = bytes(range(256))
    head = b"mft1" + bytes(4) + bytes([inputs, outputs, 2, 0]) + matrix
    return head + straight * inputs + b"".join(nodes) + straight * outputs


CONDITION = Condition("FOGRA39", "the condition of the tests", profile())
