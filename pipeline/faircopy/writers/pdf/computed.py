"""What WeasyPrint computes anew for each page and each line, computed once.

WeasyPrint 70 computes the styles of a page and of its sixteen margins for each page, and looks
for them among those of all pages, which takes a book quadratic time. It puts a box's lengths
into pixels whenever the box is laid out, whole or in part.
"""

from __future__ import annotations

from operator import itemgetter
from typing import Any, TypeAlias

from weasyprint.layout import absolute, block, inline, page, percent

_set_styles = page.set_page_type_computed_styles
_resolve = percent.resolve_percentages


# --- pages ---------------------------------------------------------------------------------------

_Rules: TypeAlias = frozenset[tuple[int, int, str | None]]
"""The selectors that fit a page: sheet, rule and selector by number, and pseudo-element."""


def _set_page_styles(page_type: Any, html: Any, style_for: Any) -> None:
    """Do what ``set_page_type_computed_styles`` does: pages with the same rules look the same."""
    known: dict[_Rules, Any] = style_for.__dict__.setdefault("faircopy_pages", {})
    rules = _rules(page_type, style_for)
    if rules not in known:
        _set_styles(page_type, html, style_for)
        known[rules] = page_type
        return
    styles, like = style_for.get_computed_styles(), known[rules]
    for pseudo_type in {None, *(pseudo_type for *_, pseudo_type in rules)}:
        styles[page_type, pseudo_type] = styles[like, pseudo_type]


def _rules(page_type: Any, style_for: Any) -> _Rules:
    fits = style_for._page_type_match
    return frozenset(
        (number, rule, pseudo_type)
        for number, (sheet, *_) in enumerate(style_for._sheets)
        for rule, (_, selectors, _) in enumerate(sheet.page_rules)
        for _, pseudo_type, selector in selectors
        if fits(selector, page_type)
    )


# --- lengths -------------------------------------------------------------------------------------

_SIDES = ("top", "right", "bottom", "left")
_LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in _SIDES),
    *("width", "min_width", "max_width", "height", "min_height", "max_height"),
)
_BORDERS = tuple(f"border_{side}_width" for side in _SIDES)
_TOLD = (*_LENGTHS, *_BORDERS, "box_sizing", "border_collapse")
_of_style = itemgetter(*_TOLD)


def _resolve_lengths(box: Any, containing_block: Any) -> None:
    """Do what ``resolve_percentages`` does.

    Where nothing is a percentage the same comes out for every containing block.
    """
    style = box.style
    computed = _of_style(style)
    before, used = style.__dict__.get("faircopy_lengths", (None, None))
    if before == computed:
        box.__dict__.update(used)
        return
    _resolve(box, containing_block)
    if all(map(_is_fixed, computed[: len(_LENGTHS)])) and computed[-1] != "collapse":
        used = {name: getattr(box, name) for name in (*_LENGTHS, *_BORDERS)}
        style.faircopy_lengths = computed, used


def _is_fixed(length: Any) -> bool:
    return length == "auto" or getattr(length, "unit", "") == "px"


def install() -> None:
    """Let WeasyPrint's layout compute so."""
    page.set_page_type_computed_styles = _set_page_styles
    for module in (absolute, block, inline, page):
        module.resolve_percentages = _resolve_lengths
