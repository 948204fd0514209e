"""The laid-out pages, read from WeasyPrint's tree of boxes.

``lines`` gives every line of text with where it stands; ``faircopy.writers.pdf.check`` judges
them. Lengths are CSS pixels, as in the tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from weasyprint.formatting_structure import boxes

from faircopy.writers.pdf.setting.rules import HYPHEN

KEY = "data-key"
"""Attribute that names a block of the text, set by ``faircopy.writers.pdf.tree``."""
PX = 96 / 72
"""CSS pixels in a point."""
_CODE = "pre"


class Line(msgspec.Struct, frozen=True):
    """One line.

    Attributes:
        key: the block it belongs to; "" for what has none (heads, tables' cells, notes).
        tag: the block's element.
        page: counts from 1.
        column: counts from 0, from the left.
        number: counts from 1 within the block's part on this page and column.
        y: top edge.
        text: as drawn, with the hyphen.
        stretch: what justification added to each word space.
        size: of the font.
    """

    key: str
    tag: str
    page: int
    column: int
    number: int
    y: float
    text: str
    stretch: float
    size: float

    @property
    def hyphenated(self) -> bool:
        """Whether the line ends in a broken word."""
        return self.text.endswith(HYPHEN)

    @property
    def ends_in_hyphen(self) -> bool:
        """Whether the line ends in a hyphen, of a broken word or of the text; code has none."""
        return self.tag != _CODE and self.text.endswith((HYPHEN, "-", "‐"))


class Block(msgspec.Struct, frozen=True):
    """A block of the text, or its part on one page and column."""

    key: str
    tag: str
    page: int
    column: int
    y: float
    height: float
    margin_top: float


class Laid(msgspec.Struct, frozen=True):
    """All that a check may know of the pages: lines and blocks in reading order."""

    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]
    tops: tuple[float, ...]
    """Top edge of each page's area."""
    bottoms: tuple[float, ...] = ()
    """Its bottom edge, above the notes if there are any."""
    parted: tuple[tuple[str, int], ...] = ()
    """Blocks that refer to a note which is not on the same page, and that page."""


class Reader:
    """Reads pages that have so many columns; one that is as it was before is not read again."""

    def __init__(self, columns: int = 1) -> None:
        self._columns = columns
        self._known: dict[tuple[int, Any], _Page] = {}

    def read(self, pages: Sequence[Any]) -> Laid:
        """Read page boxes, as many as there are now."""
        known, numbered = self._known, tuple(enumerate(pages, 1))
        self._known = {key: known.get(key) or self._page(*key) for key in numbered}
        found = self._known.values()
        return Laid(
            tuple(line for page in found for line in page.lines),
            tuple(block for page in found for block in page.blocks),
            tuple(page.content_box_y() for page in pages),
            tuple(map(bottom, pages)),
            tuple(_parted(pages)),
        )

    def _page(self, number: int, page: Any) -> _Page:
        found = _Page([], [])
        for box in _keyed(page):
            across = (box.position_x - page.content_box_x()) / page.width
            block = _block(box, number, int(across * self._columns + 0.01))
            found.blocks.append(block)
            found.lines.extend(lines(box, block))
        return found


class _Page(msgspec.Struct, frozen=True):
    lines: list[Line]
    blocks: list[Block]


def _parted(pages: Sequence[Any]) -> Iterator[tuple[str, int]]:
    """Yield what refers to a note on another page: WeasyPrint 70 parts them in columns."""
    for number, page in enumerate(pages, 1) if any(map(_notes, pages)) else ():
        here = {
            box.element.get("id")
            for area in _notes(page)
            for box in area.descendants()
            if box.element is not None and box.element_tag.endswith("::footnote-marker")
        }
        for block in _keyed(page):
            for box in block.descendants():
                called = box.element is not None and box.element_tag.endswith("::footnote-call")
                if called and box.element.get("id") not in here:
                    yield block.element.get(KEY), number


def _notes(page: Any) -> list[Any]:
    """Return the area of a page's notes, if it has any."""
    return [
        area for area in page.children if isinstance(area, boxes.FootnoteAreaBox) and area.children
    ]


def bottom(page: Any) -> float:
    """Return where a page's text ends at most."""
    edges = [page.content_box_y() + page.height]
    edges += [area.position_y for area in _notes(page)]
    return float(min(edges))


def _keyed(box: Any) -> Iterator[Any]:
    """Yield the block boxes that carry a key, in order."""
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.MarginBox):
            continue
        if (
            isinstance(child, boxes.BlockLevelBox)
            and child.element is not None
            and child.element.get(KEY)
            and "::" not in child.element_tag
        ):
            yield child
        yield from _keyed(child)


def containers(pages: Iterable[Any]) -> dict[str, Any]:
    """Return, by each block's key, the box that gives it its measure."""
    found: dict[str, Any] = {}
    for page in pages:
        for box in page.descendants():
            for child in getattr(box, "children", ()):
                if child.element is not None and isinstance(child, boxes.BlockLevelBox):
                    found.setdefault(child.element.get(KEY, ""), box)
    return found


def _block(box: Any, page: int, column: int) -> Block:
    return Block(
        key=box.element.get(KEY),
        tag=box.element_tag,
        page=page,
        column=column,
        y=box.border_box_y(),
        height=box.border_height(),
        margin_top=box.margin_top,
    )


def lines(box: Any, block: Block | None = None) -> Iterator[Line]:
    """Yield the lines of a block box; without ``block`` they stand on no page."""
    block = block or _block(box, 0, 0)
    for number, line in enumerate(_line_boxes(box), 1):
        texts = [item for item in line.descendants() if isinstance(item, boxes.TextBox)]
        yield Line(
            key=block.key,
            tag=block.tag,
            page=block.page,
            column=block.column,
            number=number,
            y=line.position_y,
            text="".join(item.text for item in texts).rstrip(),
            stretch=max((_stretch(item) for item in texts), default=0.0),
            size=box.style["font_size"],
        )


def _stretch(text: Any) -> float:
    """Return what was added to the word spaces of a text: by its line, and by justification."""
    return float(text.justification_spacing + text.style["word_spacing"])


def _line_boxes(box: Any) -> Iterator[Any]:
    """Yield the lines of a block; one that we have set holds each in a block of its own."""
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.LineBox):
            yield child
        elif isinstance(child, boxes.BlockBox) and child.element_tag == "span":
            yield from _line_boxes(child)
