"""Glyphs as outlines, for letters that are drawn rather than set."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec
import uharfbuzz as hb

from faircopy.theme import fonts
from faircopy.theme.tokens import Face


class Metrics(msgspec.Struct, frozen=True):
    """Heights of a face, in em: above and below the base line, and of a capital."""

    ascent: float
    descent: float
    capital: float


class Outline(msgspec.Struct, frozen=True):
    """A run of glyphs: an SVG path in em (y grows downwards from the base line), its advance.

    ``depth`` is how far it reaches below the base line.
    """

    path: str
    advance: float
    depth: float = 0.0


def metrics(face: Face) -> Metrics:
    """Return the heights of ``face``."""
    return _metrics(fonts.file(face))


@lru_cache(maxsize=32)
def _metrics(path: Path) -> Metrics:
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    font = hb.Font(face)
    extents = font.get_font_extents("ltr")
    capital = font.get_metric_position_with_fallback(hb.OTMetricsTag.CAP_HEIGHT)
    return Metrics(
        ascent=extents.ascender / face.upem,
        descent=-extents.descender / face.upem,
        capital=capital / face.upem,
    )


def outline(face: Face, text: str) -> Outline:
    """Return ``text`` set in one line, as outlines."""
    opened = hb.Face(hb.Blob.from_file_path(str(fonts.file(face))))
    font = hb.Font(opened)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    pen = _Pen(opened.upem)
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        font.draw_glyph_with_pen(info.codepoint, pen)
        pen.x += place.x_advance
    return Outline(" ".join(pen.parts), pen.x / opened.upem, pen.depth / opened.upem)


class _Pen:
    """Collects the segments of glyphs, in the protocol of fontTools' pens."""

    def __init__(self, upem: int) -> None:
        self.x = self.depth = 0.0
        self.parts: list[str] = []
        self._upem = upem

    def _add(self, command: str, *points: tuple[float, float]) -> None:
        scaled = (f"{(self.x + x) / self._upem:.4f} {-y / self._upem:.4f}" for x, y in points)
        self.parts.append(command + " ".join(scaled))
        self.depth = max(self.depth, *(-y for _, y in points))

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - the protocol's names
        self._add("M", point)

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self._add("L", point)

    def qCurveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._add("Q", *points)

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._add("C", *points)

    def closePath(self) -> None:  # noqa: N802
        self.parts.append("Z")
