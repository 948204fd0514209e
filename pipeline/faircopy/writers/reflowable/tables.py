"""Tables and formulas that a telephone's screen is too narrow for.

Readers that show pages cut what is wider, and no wheel scrolls there. So such a table shares the
screen out among its columns by what their words need, breaks words that have no room, and is set
smaller where the screen is narrow; ``styles/epub.css`` does the rest.
"""

from __future__ import annotations

from collections.abc import Iterator

from faircopy.writers.columns import Cell, counted, shared
from faircopy.writers.html import add_class
from faircopy.writers.markup import Element
from faircopy.writers.reflowable.xhtml import MATHML, find, h, named

WIDE = "wide"
"""Class of what is wider than a telephone's screen,"""
WIDEST = "widest"
"""and of a table that is wider than a tablet's, where others have columns as wide as they need."""
SCROLLED = "scrolled"
"""Class of what a wide formula stands in: it can be scrolled, by the keyboard too."""
SCREEN = 20.0
"""Width of a telephone's, in em of a table's type: 320 pixels without a reader's margins."""
TABLET = 40.0
"""Width of a tablet's, on which no word is broken: 768 pixels without the margins."""
LONGEST = 9.0
"""Em of the longest word that a column is made for: any longer one is broken."""
FORMULA = 30
"""Letters of the longest formula that fits it."""
SMALL = 0.75
"""How much smaller a wide table is set there."""
SPACE = 1.0
"""Space at both sides of a cell's words, in em,"""
LITTLE = 0.5
"""and in a wide table."""


def fit(root: Element) -> None:
    """Mark the tables and formulas that are too wide, and give such tables' columns widths."""
    for table in named(root, "table"):
        needs = counted(_rows(table))
        least = sum(needs.words) + SPACE * len(needs.words)
        if least > SCREEN:
            space = LITTLE * len(needs.words)
            add_class(table, WIDE, *([WIDEST] if sum(needs.words) + space > TABLET else []))
            words = [min(word, LONGEST) for word in needs.words]
            _share(table, shared(words, needs.lines, SCREEN / SMALL - space))
    for formula in list(root.iter(f"{{{MATHML}}}math")):
        if formula.get("display") == "block" and _letters(formula) > FORMULA:
            add_class(formula, WIDE)
            _scroll(formula)


def _rows(table: Element) -> Iterator[list[Cell]]:
    for row in named(table, "tr"):
        yield [
            Cell(
                " ".join("".join(map(str, cell.itertext())).split()),
                int(cell.get("colspan", "1")),
                int(cell.get("rowspan", "1")),
            )
            for cell in named(row, "th", "td")
        ]


def _share(table: Element, widths: tuple[float, ...]) -> None:
    """Say how wide each column is, in the place where HTML has it: behind the caption."""
    for group in find(table, "h:colgroup"):
        table.remove(group)
    total = sum(width + LITTLE for width in widths)
    group = h("colgroup")
    for width in widths:
        group.append(h("col", style=f"width: {(width + LITTLE) / total:.2%};"))
    table.insert(len(find(table, "h:caption")), group)


def _scroll(formula: Element) -> None:
    """Set a formula in a box that scrolls, which who has no mouse must be able to focus.

    Source: WCAG 2.2, success criterion 2.1.1; axe-core, rule ``scrollable-region-focusable``.
    """
    parent, tail, formula.tail = formula.getparent(), formula.tail, None
    assert parent is not None
    box = h("span", class_=SCROLLED, tabindex="0")
    parent.replace(formula, box)
    box.append(formula)
    box.tail = tail


def _letters(formula: Element) -> int:
    return sum(len(item.text or "") for item in find(formula, ".//m:mi|.//m:mn|.//m:mo"))
