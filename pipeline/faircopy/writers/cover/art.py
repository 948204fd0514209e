"""The cover's ornament: one of a few geometric figures, drawn from the publication's slug.

Pure geometry, no picture of anything, so that it offends nowhere. The same slug gives the same
art, in every language of a publication.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator

import msgspec

WIDTH, HEIGHT = 1600, 2560
"""Size of the cover in pixels (the format that retailers ask for, 1:1.6)."""
HORIZON = 1480
"""Height below which the art may be strong; above it stands the text."""
BLEED = 60
"""How far lines run beyond the edge."""


class Line(msgspec.Struct, frozen=True):
    """A stroke: SVG path data, width in pixels, opacity from 0 to 1."""

    path: str
    width: float
    opacity: float


class Dice:
    """A row of numbers that depends on a word alone."""

    def __init__(self, word: str) -> None:
        self._bytes = iter(hashlib.sha512(word.encode()).digest())

    def pick(self, count: int) -> int:
        """Return a number from 0 to ``count`` - 1."""
        return (next(self._bytes) << 8 | next(self._bytes)) % count

    def between(self, low: float, high: float) -> float:
        """Return a number from ``low`` to ``high``."""
        return low + (high - low) * self.pick(1001) / 1000


def draw(slug: str) -> tuple[Line, ...]:
    """Return the strokes of a publication's cover, back to front."""
    dice = Dice(slug)
    motif = MOTIFS[dice.pick(len(MOTIFS))]
    return tuple(motif(dice))


def _rings(dice: Dice) -> Iterator[Line]:
    """Concentric rings that rise from the lower edge, finer and fainter outwards."""
    x = WIDTH * (0.5, 0.382, 0.618)[dice.pick(3)]
    y = HEIGHT + dice.between(20, 80)
    step = dice.between(43, 49)
    for index in range(25):
        fade = 1 - index / 25
        yield Line(_circle(x, y, 130 + index * step), 2 + 4.5 * fade, _soft(fade))


def _ripples(dice: Dice) -> Iterator[Line]:
    """Rings from both lower corners, whose waves cross in the middle."""
    step = dice.between(50, 58)
    low, high = dice.between(-60, 40), dice.between(-60, 40)
    for x, y in ((-40.0, HEIGHT + low), (WIDTH + 40.0, HEIGHT + high)):
        for index in range(21):
            fade = 1 - index / 21
            yield Line(_circle(x, y, 120 + index * step), 2 + 3.4 * fade, 0.9 * _soft(fade))


def _water(dice: Dice) -> Iterator[Line]:
    """Waves of a river, calm at the horizon and strong in front."""
    phase = dice.between(0, 2 * math.pi)
    drift = dice.between(0.16, 0.3) * (1 if dice.pick(2) else -1)
    lines = 26
    for index in range(lines):
        near = index / (lines - 1)
        base = HORIZON + (HEIGHT + 40 - HORIZON) * near**1.25
        high = 6 + 62 * near
        points: list[tuple[float, float]] = [
            (x, base - high * _swell(x, phase + drift * index))
            for x in range(-BLEED, WIDTH + BLEED + 1, 40)
        ]
        yield Line(_smooth(points), 2 + 4 * near, 0.1 + 0.85 * near)


def _rosette(dice: Dice) -> Iterator[Line]:
    """A guilloche: ellipses turned about one centre, as on a banknote or a watch."""
    petals = 14 + 2 * dice.pick(4)
    flat = dice.between(0.36, 0.52)
    x = WIDTH * (0.5, 0.382, 0.618)[dice.pick(3)]
    y = HEIGHT - dice.between(-20, 140)
    for ring, (radius, opacity) in enumerate(((980, 0.3), (760, 0.5), (540, 0.72), (320, 0.95))):
        for index in range(petals):
            angle = 180 / petals * (index + ring / 2)
            yield Line(_ellipse(x, y, radius, radius * flat, angle), 1.8 + 0.6 * ring, opacity)


MOTIFS: tuple[Callable[[Dice], Iterator[Line]], ...] = (_rings, _ripples, _water, _rosette)


def _soft(fade: float) -> float:
    """Return an opacity that leaves little at the outer edge."""
    return max(0.05, math.pow(fade, 1.3))


def _swell(x: float, phase: float) -> float:
    turn = 2 * math.pi * x / WIDTH
    return math.sin(1.5 * turn + phase) + 0.45 * math.sin(3.5 * turn - 1.7 * phase)


def _circle(x: float, y: float, radius: float) -> str:
    return _ellipse(x, y, radius, radius, 0)


def _ellipse(x: float, y: float, wide: float, high: float, degrees: float) -> str:
    """Return a closed path of two arcs (SVG 2, section 9.3.8)."""
    turn = math.radians(degrees)
    dx, dy = wide * math.cos(turn), wide * math.sin(turn)
    arc = f"A{wide:.1f} {high:.1f} {degrees:.2f} 1 1"
    return (
        f"M{x - dx:.1f} {y - dy:.1f}{arc} {x + dx:.1f} {y + dy:.1f}{arc} {x - dx:.1f} {y - dy:.1f}"
    )


def _smooth(points: list[tuple[float, float]]) -> str:
    """Return a curve through the points (Catmull-Rom, as cubic Béziers)."""
    path = [f"M{points[0][0]:.0f} {points[0][1]:.1f}"]
    padded = [points[0], *points, points[-1]]
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        control = (
            start[0] + (end[0] - before[0]) / 6,
            start[1] + (end[1] - before[1]) / 6,
            end[0] - (after[0] - start[0]) / 6,
            end[1] - (after[1] - start[1]) / 6,
        )
        path.append("C" + " ".join(f"{value:.1f}" for value in (*control, *end)))
    return "".join(path)
