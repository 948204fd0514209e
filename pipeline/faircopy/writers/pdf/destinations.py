"""Named destinations of sentences, found on the laid-out pages.

WeasyPrint makes a destination of every ``id``, so a unit has one already. A sentence would
need a span of its own, and spans in justified text make WeasyPrint 70 break lines too early;
so its first letter is looked for among the laid-out text instead, by counting letters.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from weasyprint.formatting_structure import boxes

from faircopy.core import ast
from faircopy.core.ast import Inlines
from faircopy.passes.sentences import sentences
from faircopy.passes.units import Unit
from faircopy.writers.paging import letters


def add(document: Any, units: Iterable[Unit], lang: str) -> None:
    """Add a destination for each sentence of every unit that has more than one."""
    starts = {unit.id: found for unit in units if (found := _starts(unit, lang))}
    counts = dict.fromkeys(starts, 0)
    for page in document.pages:
        for unit, text in _texts(page._page_box, starts):
            begin = counts[unit]
            counts[unit] += letters(text.text)
            for name, at in starts[unit].items():
                if begin <= at < counts[unit]:
                    x, y = _point(text, at - begin)
                    page.anchors.setdefault(name, (x, y, x, y))


def _starts(unit: Unit, lang: str) -> Mapping[str, int]:
    """Return how many letters stand before each sentence of a unit; {} for a single one."""
    found = sentences(unit.id, unit.inlines, lang)
    if len(found) < 2:
        return {}
    starts: dict[str, int] = {}
    count = 0
    for sentence in found:
        starts[sentence.id] = count
        count += letters(ast.text(_drawn(sentence.inlines), ast.Omit.NOTES, ast.Omit.ALT))
    return starts


def _drawn(inlines: Inlines) -> Inlines:
    """Leave out what is not laid out as text."""

    def change(node: ast.Node) -> ast.Node | tuple[ast.Node, ...]:
        return () if isinstance(node, ast.Math) else node

    return ast.rewrite(inlines, change, ast.Math)


def _texts(box: Any, wanted: Mapping[str, object], unit: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the text boxes of the wanted units, in order, with the unit's id."""
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.MarginBox) or "::" in (child.element_tag or ""):
            continue
        name = child.element.get("id", "") if child.element is not None else ""
        inside = name if name in wanted else unit
        if isinstance(child, boxes.TextBox):
            if inside:
                yield inside, child
        else:
            yield from _texts(child, wanted, inside)


def _point(text: Any, letter: int) -> tuple[float, float]:
    """Return the upper left corner of a letter, within the width of an average one."""
    passed = [0]
    for char in text.text:
        passed.append(passed[-1] + char.isalnum())
    index = bisect_right(passed, letter) - 1
    return text.position_x + text.width * index / max(1, len(text.text)), text.position_y
