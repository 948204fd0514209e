"""Whether a font file is all there: told from its directory of tables, without reading it all."""

from __future__ import annotations

import struct
from pathlib import Path

_KINDS = (b"\0\1\0\0", b"OTTO", b"true")
_HEAD = 12
_ENTRY = 16


def is_whole(path: Path) -> bool:
    """Whether ``path`` is an OpenType font whose tables all lie within it.

    A file that a full disk or a lost current has cut short is not (OpenType 1.9, "Table
    Directory": each entry has its table's tag, checksum, offset and length).
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_HEAD)
            if head[:4] not in _KINDS or len(head) < _HEAD:
                return False
            (count,) = struct.unpack(">H", head[4:6])
            entries = file.read(_ENTRY * count)
    except OSError:
        return False
    if not count or len(entries) < _ENTRY * count:
        return False
    return all(
        offset + length <= size for _, _, offset, length in struct.iter_unpack(">4sLLL", entries)
    )
