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
        item if item.free == "f" else _Sealed(item, _bytes(item)) for item in pdf.objects
    ]


def _bytes(item: Any) -> bytes:
    if not (isinstance(item, pydyf.Stream) and item.compress):
        data: bytes = item.data
        return data
    content = b"\n".join([pydyf._to_bytes(part) for part in item.stream])
    packed = pydyf.Stream([zlib.compress(content, LEVEL)], {**item.extra, "Filter": "/FlateDecode"})
    return bytes(packed.data)
