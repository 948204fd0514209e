"""The container: a zip whose bytes depend on its content alone (EPUB 3.3 OCF, section 4.3)."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

MIMETYPE = "mimetype"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The zip format's earliest date: every entry bears it."""


def unpack(data: bytes) -> dict[str, bytes]:
    """Return the entries of a zip that we have made ourselves, in their order."""
    with zipfile.ZipFile(BytesIO(data)) as box:
        return {name: box.read(name) for name in box.namelist()}


def pack(entries: Mapping[str, bytes]) -> bytes:
    """Return a zip of ``entries`` in their order, ``mimetype`` first and stored."""
    out = BytesIO()
    first = sorted(entries, key=lambda name: name != MIMETYPE)
    with zipfile.ZipFile(out, "w") as box:
        for name in first:
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            stored = name == MIMETYPE or name.endswith((".jpg", ".png", ".webp"))
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            box.writestr(entry, entries[name], compresslevel=9)
    return out.getvalue()
