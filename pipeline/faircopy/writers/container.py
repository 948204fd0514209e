"""The container of DOCX and EPUB: a zip whose bytes depend on its content alone."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The zip format's earliest date: every entry bears it."""
LEVEL = 4
"""Of compression: fonts are most of a package; level 9 takes five times as long for 2 % less."""
_UNIX = 3
_MODE = 0o644 << 16


def pack(
    entries: Mapping[str, bytes], *, stored: Callable[[str], bool] = lambda name: False
) -> bytes:
    """Return a zip of ``entries`` in their order; ``stored`` names are not compressed."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        for name, data in entries.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = _UNIX
            entry.external_attr = _MODE
            entry.compress_type = zipfile.ZIP_STORED if stored(name) else zipfile.ZIP_DEFLATED
            container.writestr(entry, data, compresslevel=LEVEL)
    return out.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """Return the entries of a zip that we have made ourselves, in their order."""
    with zipfile.ZipFile(BytesIO(data)) as container:
        return {name: container.read(name) for name in container.namelist()}
