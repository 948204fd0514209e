"""Fonts as the web sends them: WOFF 2.0 (W3C Recommendation, 2024-08-08), packed by Brotli."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO


@lru_cache(maxsize=64)
def pack(font: bytes) -> bytes:
    """Return a font as WOFF 2.0; its glyphs and its names stay as they are."""
    from fontTools.ttLib import TTFont

    out = BytesIO()
    with TTFont(BytesIO(font), recalcTimestamp=False, lazy=True) as opened:
        opened.flavor = "woff2"
        opened.save(out)
    return out.getvalue()
