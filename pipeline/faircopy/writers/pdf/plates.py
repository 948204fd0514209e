"""Pictures that stand with the title: how large they are, and where.

One that is wider than high spans the page under the title's words; one that is upright stands
beside them; two share a row, equally high. They are made smaller, down to ``RANGE`` of what
their width allows, so that ``LEAST`` lines of text stand below, or ``FEW`` where that keeps them
large. Where it is not enough they take all of the page, and the text begins on the next. So no
page is left mostly empty.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from faircopy.core.model import Asset
from faircopy.theme import MM, Page

RANGE = 0.5
"""The least share of its natural size in which a picture stands."""
LEAST = 8
"""Lines of text, in each column, that stand below the pictures of an opener."""
FEW = 5
"""Lines that are enough where the pictures then fill their width."""
KEPT = 0.7
"""Share of its height that a picture that bleeds shows at least."""
BESIDE = 0.36
"""Share of the text's width that an upright picture takes beside the title."""
GAP = 6.0
"""Millimetres between pictures, or a picture and the words beside it, on a page of one column."""
_HIGHEST = 0.5
"""Share of the text's height that pictures take at most."""


class Plates(msgspec.Struct, frozen=True):
    """The pictures of an opener, before their height is known.

    Attributes:
        ratios: width by height of each.
        width: what they share, in points.
        measure: what is left for the words beside them, in points.
        gap: between them, in points.
        beside: whether they stand beside the words.
    """

    ratios: tuple[float, ...]
    width: float
    measure: float
    gap: float
    beside: bool = False

    @property
    def compact(self) -> bool:
        """Whether there are any: words then are set smaller."""
        return bool(self.ratios)

    @property
    def natural(self) -> float:
        """The height at which they fill their width."""
        gaps = self.gap * (len(self.ratios) - 1)
        return (self.width - gaps) / sum(self.ratios)

    def sizes(self, height: float) -> tuple[tuple[float, float], ...]:
        """Return width and height of each, in points, all ``height`` high."""
        return tuple((ratio * height, height) for ratio in self.ratios)


NONE = Plates((), 0.0, float("inf"), 0.0)


def plan(assets: Sequence[Asset], page: Page, *, bleed: bool = False) -> Plates:
    """Return how the pictures of an opener share the page; ``NONE`` without any."""
    ratios = tuple(asset.width / max(asset.height, 1) for asset in assets)
    width, gap = page.text_width * MM, max(page.gap, GAP) * MM
    if not ratios:
        return msgspec.structs.replace(NONE, measure=width)
    if len(ratios) == 1 and ratios[0] < 1:
        own = width * BESIDE
        return Plates(ratios, own, width - own - gap, gap, beside=True)
    whole = page.width * MM if bleed and len(ratios) == 1 else width
    return Plates(ratios, whole, width, gap)


def height(plates: Plates, words: float, captions: float, text: float, lead: float) -> float:
    """Return how high the pictures are, in points.

    Args:
        plates: the pictures.
        words: the height of the opener's words.
        captions: the height of what stands under the pictures.
        text: the height of the page's text.
        lead: the leading.
    """
    most = min(plates.natural, text * _HIGHEST)
    if plates.beside:
        return most
    room = text - words - captions
    wanted = most if room - most >= FEW * lead else room - LEAST * lead
    least = most * RANGE
    if wanted >= least:
        return wanted
    return max(min(most, room), min(least, text - captions))
