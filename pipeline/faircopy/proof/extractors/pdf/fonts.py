"""From a font's codes to text and widths (ISO 32000-1, sections 9.7.4.3 and 9.10.3)."""

from __future__ import annotations

import re
import struct
from itertools import repeat
from typing import Any

import msgspec

_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.S)
_PAIR = re.compile(rb"<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[([^\]]*)\])")
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_UNKNOWN = "\ufffd"


class Font(msgspec.Struct, frozen=True):
    """A font's codes: how many bytes each has, what text it stands for, and how wide it is.

    Widths are in thousandths of the font size.
    """

    bytes_each: int
    map: dict[int, str]
    widths: dict[int, float]
    default_width: float

    @classmethod
    def of(cls, raw: Any) -> Font:
        """Read a font dictionary. A code that its map lacks becomes U+FFFD."""
        stream = raw.get("/ToUnicode")
        table = _table(stream.read_bytes()) if stream is not None else {}
        if raw.get("/Subtype") == "/Type0":
            inner = raw.DescendantFonts[0]
            return cls(2, table, _cid_widths(inner.get("/W", ())), float(inner.get("/DW", 1000)))
        first = int(raw.get("/FirstChar", 0))
        widths = {first + at: float(wide) for at, wide in enumerate(raw.get("/Widths", ()))}
        return cls(1, table, widths, 0.0)

    def codes(self, data: bytes) -> list[int]:
        """Return the codes of a shown string."""
        if self.bytes_each == 1:
            return list(data)
        return list(struct.unpack(f">{len(data) // 2}H", data[: len(data) // 2 * 2]))

    def texts(self, codes: list[int]) -> list[str]:
        """Return what each code stands for."""
        return [*map(self.map.get, codes, repeat(_UNKNOWN))]

    def advance(self, codes: list[int]) -> float:
        """Return the width of all codes, in thousandths of the font size."""
        return sum(map(self.widths.get, codes, repeat(self.default_width)))


def _cid_widths(array: Any) -> dict[int, float]:
    """Read the ``W`` array: ``c [w1 w2 …]`` and ``first last w``."""
    out: dict[int, float] = {}
    items = list(array)
    at = 0
    while at + 1 < len(items):
        first, second = int(items[at]), items[at + 1]
        if hasattr(second, "__len__"):
            out.update({first + n: float(wide) for n, wide in enumerate(second)})
            at += 2
        else:
            out.update(dict.fromkeys(range(first, int(second) + 1), float(items[at + 2])))
            at += 3
    return out


def _table(data: bytes) -> dict[int, str]:
    out: dict[int, str] = {}
    for kind, body in _SECTION.findall(data):
        if kind == b"bfchar":
            for code, text in _PAIR.findall(body):
                out[int(code, 16)] = _text(text)
        else:
            for first, last, start, several in _RANGE.findall(body):
                _range(out, int(first, 16), int(last, 16), start, several)
    return out


def _range(out: dict[int, str], first: int, last: int, start: bytes, several: bytes) -> None:
    if several:
        for code, text in zip(range(first, last + 1), _HEX.findall(several), strict=False):
            out[code] = _text(text)
        return
    base = _text(start)
    for offset in range(min(last - first, 0xFFFF) + 1):
        out[first + offset] = base[:-1] + chr(ord(base[-1]) + offset) if base else ""


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")
