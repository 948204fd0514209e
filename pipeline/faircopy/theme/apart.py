"""A font that a stranger may have made, taken apart before anything is set in it.

Whoever embeds a font takes it apart: WeasyPrint for the PDF, fontTools for WOFF 2. What is damaged
within a table ends them in as many ways as there are tables.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

_PARTS = 1_000
"""Simple outlines that one glyph may be put together from, at any depth; letters have three."""


def ensure_whole(font: bytes) -> None:
    """See that each table and each outline of a font can be read.

    Raises:
        ValueError: one cannot, or an outline is put together from itself or without end.
    """
    from fontTools.ttLib import TTFont

    try:
        with TTFont(BytesIO(font), recalcTimestamp=False, lazy=True) as opened:
            tables = {tag: opened[tag] for tag in opened.keys()}  # noqa: SIM118 - it is no dict
            if "glyf" in tables:
                _outlines(tables["glyf"])
            wide = [width for width, _ in tables["hmtx"].metrics.values()]
    except Exception as error:
        raise ValueError(f"it cannot be taken apart: {error}") from error
    if not any(wide):
        raise ValueError("its letters have no width")


def _outlines(table: Any) -> None:
    """See that no outline is put together from itself, or from too many."""
    parts: dict[str, int] = {}
    for name in table.keys():  # noqa: SIM118 - it is no dict
        _count(table, name, parts)


def _count(table: Any, name: str, parts: dict[str, int]) -> int:
    """Return from how many simple outlines a glyph is put together; those at work have none yet."""
    if name not in parts:
        parts[name] = 0
        glyph = table[name]
        inner = [one.glyphName for one in glyph.components] if glyph.isComposite() else []
        if any(parts.get(one) == 0 for one in inner):
            raise ValueError(f"the outline {name} is put together from itself")
        parts[name] = sum(_count(table, one, parts) for one in inner) or 1
        if parts[name] > _PARTS:
            raise ValueError(f"the outline {name} is put together from more than {_PARTS}")
    return parts[name]
