"""The container (EPUB 3.3 OCF, section 4.3)."""

from __future__ import annotations

from collections.abc import Mapping

from faircopy.writers import container

MIMETYPE = "mimetype"
PICTURES = (".jpg", ".png")
"""What is compressed already."""


def pack(entries: Mapping[str, bytes]) -> bytes:
    """Return a zip of ``entries`` in their order, ``mimetype`` first and stored."""
    first = sorted(entries, key=lambda name: name != MIMETYPE)
    return container.pack(
        {name: entries[name] for name in first},
        stored=lambda name: name == MIMETYPE or name.endswith(PICTURES),
    )
