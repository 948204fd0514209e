"""Exif (CIPA DC-008): which way is up, and the resolution. Nothing else of it is read."""

from __future__ import annotations

import struct
import warnings
from typing import Any

_ORIENTATION, _X, _Y, _UNIT = 0x0112, 0x011A, 0x011B, 0x0128
_CENTIMETRE = 3
SIDEWAYS = 5
"""Orientations from here on change width for height."""


def orientation(data: bytes) -> int:
    """Return how a picture must be turned to stand upright: 1 (it does) to 8."""
    value = _tags(data).get(_ORIENTATION, 1)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def density(data: bytes) -> tuple[int, int] | None:
    """Return the pixels to the inch, across and down, where they are stated."""
    tags = _tags(data)
    scale = 2.54 if tags.get(_UNIT) == _CENTIMETRE else 1.0
    try:
        across, down = (round(float(tags[name]) * scale) for name in (_X, _Y))
    except (KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return (across, down) if 0 < across < 65536 and 0 < down < 65536 else None


def _tags(data: bytes) -> Any:
    from PIL import Image

    tags = Image.Exif()
    if data:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tags.load(data)
        except (SyntaxError, ValueError, OSError, KeyError, TypeError, struct.error):
            return {}  # not to be understood: the picture stands as it is
    return tags
