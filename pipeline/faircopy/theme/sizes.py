"""Sizes of paper: a page that is ``like`` another names only what differs.

What it does not name follows from what it names: as many lines as leave the other's bottom
margin, measures in proportion to the text's width, styles in proportion to the body's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from difflib import get_close_matches
from itertools import islice
from typing import Any

from faircopy.core.diagnostics import Diagnostic, Severity, ThemeError
from faircopy.theme.base import Files
from faircopy.theme.places import place_of
from faircopy.theme.tokens import MM, Page

LEAST_COLUMN = 30.0
"""The narrowest column in millimetres: some 18 characters, below which no line can be set."""

LIKE = "like"
_DEEPEST = 20
"""Pages that are like each other, one after the other."""
_LISTED = 50
_MEASURES = ("title_measure", "standfirst_measure")

_WRONG = (KeyError, TypeError, ValueError, IndexError, ZeroDivisionError, OverflowError)
"""What a token that is wrong or missing raises: checking the whole tells it with its place."""

Raw = Mapping[str, Any]


def whole(pages: Raw, files: Files) -> dict[str, Any]:
    """Return the tables of pages, each with all that it takes over from the one it is like.

    Args:
        pages: ``[page.…]`` of a theme and those that it extends, merged; not yet checked.
        files: where to tell a name that there is not.

    Raises:
        ThemeError: a page is like one that does not exist, or like itself.
    """
    return {name: _page(pages, name, files, (name,)) for name in pages}


def tight(pages: Mapping[str, Page], files: Files) -> Iterator[Diagnostic]:
    """Yield the pages that have no room for their text."""
    for name, page in pages.items():
        if page.bottom < 0:
            what = f"its {page.lines} lines reach {-page.bottom:.1f} mm beyond its foot"
            remedy = "Make lines, top or the leading of body smaller, or height larger."
        elif page.column_width < LEAST_COLUMN:
            what = f"a column of it is {page.column_width:.1f} mm wide, and needs {LEAST_COLUMN:g}"
            remedy = "Make inner, outer, gap or columns smaller, or width larger."
        else:
            continue
        place = place_of(files, ("page", name))
        message = f'The page "{name}" has no room for its text: {what}.'
        yield Diagnostic("theme-page-room", Severity.ERROR, message, remedy, place)


def _page(pages: Raw, name: str, files: Files, above: tuple[str, ...]) -> Any:
    own = pages[name]
    if not isinstance(own, dict) or LIKE not in own:
        return own
    like = str(own[LIKE])
    if like not in pages or like in above or len(above) > _DEEPEST:
        others = [other for other in islice(pages, _LISTED) if other not in above]
        near = get_close_matches(like, others, 1)
        raise ThemeError.because(
            "theme-page-like",
            f'The page "{name}" is like "{like}", '
            + ("which is like it." if like in pages else "which there is not."),
            f'Did you mean "{near[0]}"?' if near else f"Its pages are: {', '.join(others)}.",
            place_of(files, ("page", name, LIKE)),
        )
    base = _page(pages, like, files, (*above, like))
    named = {key: value for key, value in own.items() if key != LIKE}
    return _following(base, named) if isinstance(base, dict) else base


def _following(base: Raw, own: Raw) -> dict[str, Any]:
    """Lay what a page names over what it takes over, and let the rest follow from it."""
    page = {**base, **own}
    for table in ("space", "rule"):
        page[table] = _over(base.get(table), own.get(table))
    page["style"] = _styles(base.get("style"), own.get("style"))
    with suppress(*_WRONG):
        page |= _geometry(base, page, own)
    return page


def _over(base: Any, own: Any) -> Any:
    if isinstance(base, dict) and isinstance(own, dict):
        return {**base, **own}
    return base if own is None else own


def _styles(base: Any, own: Any) -> Any:
    """Let the styles that a page does not name follow its body in size and leading."""
    styles = _over(base, own)
    try:
        (size, lead), (new_size, new_lead) = base["body"], styles["body"]
        larger, wider = new_size / size, new_lead / lead
        followed = {
            name: [round(style[0] * larger, 1), round(style[1] * wider * 2) / 2]
            for name, style in base.items()
            if name not in (own or {})
        }
    except _WRONG:
        return styles
    return {**styles, **followed} if (larger, wider) != (1, 1) else styles


def _geometry(base: Raw, page: Raw, own: Raw) -> dict[str, Any]:
    found: dict[str, Any] = {}
    lead, old = page["style"]["body"][1] / MM, base["style"]["body"][1] / MM
    if "lines" not in own:
        below = base["height"] - base["top"] - base["lines"] * old
        found["lines"] = max(round((page["height"] - page["top"] - below) / lead), 1)
    wider = _text_width(page) / _text_width(base)
    for name in _MEASURES:
        if name not in own:
            found[name] = round(base[name] * wider, 1)
    return found


def _text_width(page: Raw) -> float:
    return float(page["width"] - page["inner"] - page["outer"])
