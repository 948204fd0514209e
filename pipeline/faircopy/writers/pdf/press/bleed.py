"""Pages that are all picture, such as a cover, enlarged so that the picture fills the bleed.

A finished page ends at its trim. What is cut a little off would show a white edge, so a picture
over the whole page is drawn as much larger as the bleed asks for. A page with letters on it stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import pikepdf

Box: TypeAlias = tuple[float, float, float, float]
"""Left, low, right, high, in points."""

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
"""As in ISO 32000-1, 8.3.4."""

_WHOLE: Matrix = (1, 0, 0, 1, 0, 0)
_ROUNDING = 0.5
_SHOWS = frozenset({"Tj", "TJ", "'", '"'})


def is_filled(page: pikepdf.Page, trim: Box) -> bool:
    """Say whether a page shows no letter, and a picture that is cut only at its edges."""
    operators = pikepdf.parse_content_stream(page)
    if any(str(item.operator) in _SHOWS for item in operators):
        return False
    return any(_covers(window, trim) for window in _windows(operators))


def enlarged(trim: Box, bleed: float) -> str:
    """Return the operators that draw a page larger about its middle, up to the bleed's edge."""
    left, low, right, high = trim
    scale = max(1 + 2 * bleed / (right - left), 1 + 2 * bleed / (high - low))
    across, up = (left + right) / 2 * (1 - scale), (low + high) / 2 * (1 - scale)
    size = (right - left + 2 * bleed, high - low + 2 * bleed)
    return (
        f"{left - bleed:.4f} {low - bleed:.4f} {size[0]:.4f} {size[1]:.4f} re W n\n"
        f"{scale:.6f} 0 0 {scale:.6f} {across:.4f} {up:.4f} cm\n"
    )


def _windows(operators: Sequence[Any]) -> list[Box]:
    """Return the rectangles that something is drawn through, on the page."""
    found: list[Box] = []
    now: tuple[Matrix, Box | None] = (_WHOLE, None)
    kept: list[tuple[Matrix, Box | None]] = []
    rectangle: Box | None = None
    for item in operators:
        name = str(item.operator)
        if name == "q":
            kept.append(now)
        elif name == "Q" and kept:
            now = kept.pop()
        elif name == "cm":
            now = (_times(_numbers(item), now[0]), now[1])
        elif name == "re":
            rectangle = _placed(_numbers(item), now[0])
        elif name in ("W", "W*"):
            now = (now[0], rectangle)
        elif name == "Do" and now[1] is not None:
            found.append(now[1])
    return found


def _numbers(item: Any) -> Any:
    return tuple(float(value) for value in item.operands)


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _placed(rectangle: tuple[float, float, float, float], matrix: Matrix) -> Box:
    """Return the box of a rectangle (left, low, width, height) on the page."""
    x, y, wide, tall = rectangle
    a, b, c, d, e, f = matrix
    corners = [(x, y), (x + wide, y), (x, y + tall), (x + wide, y + tall)]
    across = [a * u + c * v + e for u, v in corners]
    up = [b * u + d * v + f for u, v in corners]
    return min(across), min(up), max(across), max(up)


def _covers(box: Box, trim: Box) -> bool:
    return (
        box[0] <= trim[0] + _ROUNDING
        and box[1] <= trim[1] + _ROUNDING
        and box[2] >= trim[2] - _ROUNDING
        and box[3] >= trim[3] - _ROUNDING
    )
