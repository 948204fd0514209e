"""The objects of a PDF as bytes, made once.

pydyf makes each object's bytes twice, for the file's identifier (ISO 32000-1, 14.4) and for the
file, and packs the pages each time at the slowest level of zlib.
"""

from __future__ import annotations

import zlib
from typing import Any

import pydyf

LEVEL = 6
"""Of zlib: 9 takes twice as long to save one byte in eighty."""


class _Sealed(pydyf.Object):  # type: ignore[misc]
    """An object that changes no more."""

    def __init__(self, original: Any, data: bytes) -> None:
        super().__init__()
        self.number, self.generation = original.number, original.generation
        self._data, self._compressible = data, bool(original.compressible)

    @property
    def data(self) -> bytes:
        return self._data

    @property
    def compressible(self) -> bool:
        return self._compressible


def seal(pdf: Any) -> None:
    """Put bytes in place of every object; whatever was to be changed has been."""
    pdf.objects[:] = [
        item if item.free == "f" else _Sealed(item, bytes(item.data)) for item in pdf.objects
    ]


def _packed(stream: Any) -> bytes:
    """Return what ``pydyf.Stream.data`` does, packed at a quicker level."""
    content = b"\n".join([pydyf._to_bytes(part) for part in stream.stream])
    extra = pydyf.Dictionary(stream.extra)
    if stream.compress:
        extra["Filter"] = "/FlateDecode"
        content = zlib.compress(content, LEVEL)
    extra["Length"] = len(content)
    return b"\n".join((extra.data, b"stream", content, b"endstream"))


def install() -> None:
    """Let pydyf pack all streams at our level, with the one that holds most objects."""
    pydyf.Stream.data = property(_packed)
