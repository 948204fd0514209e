"""Figures that would leave the end of a page or column empty are made smaller: house rule P5.

One that has no room goes to the next column, and what is left above it stays white. If it has room
at ``RANGE`` of its height or more, it is set so high; a figure whose author gave it a size is
left as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from faircopy.writers.pdf.composition import Composition
from faircopy.writers.pdf.layout import Block, Laid

RANGE = 0.55
"""The least share of its height in which a figure stands."""
GAP = 3
"""Lines that a column may end early before a figure without anything being done."""
_MOST = 40
"""Figures of a text that are made smaller at most: each has pages made anew."""


def scale(composition: Composition, read: Callable[[Composition], Laid], lead: float) -> int:
    """Make figures smaller that left a column short before them; return how many.

    Args:
        composition: the pages, made once.
        read: reads them.
        lead: the leading, in pixels.
    """
    tried: set[str] = set()
    done = 0
    while len(tried) < _MOST:
        laid = read(composition)
        found = next(
            (
                (one, other)
                for one, other in pairwise(laid.blocks)
                if other.tag == "figure" and other.key not in tried and _moved(one, other)
            ),
            None,
        )
        if found is None:
            return done
        before, figure = found
        tried.add(figure.key)
        room = _left(laid, before) - lead
        if room < GAP * lead or composition.limit(figure.key, figure.height - room, RANGE) is None:
            continue
        composition.again({before.page}, {})
        done += 1
    return done


def _moved(one: Block, other: Block) -> bool:
    return (one.page, one.column) != (other.page, other.column)


def _left(laid: Laid, block: Block) -> float:
    """Return how much of a column is left below a block, in pixels."""
    return laid.bottoms[block.page - 1] - block.y - block.height
