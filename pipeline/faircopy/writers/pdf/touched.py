"""Paragraphs whose lines a house's own style sheet makes longer, higher or other.

We measure lines by the theme's tokens, and know nothing of such a sheet: these paragraphs are left
to WeasyPrint, which reads it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from faircopy.theme import Theme
from faircopy.theme.restyled import moves_lines
from faircopy.writers import html
from faircopy.writers.html import Element

TOUCHED = "touched"
"""Class of such a paragraph."""


def mark(root: Element, theme: Theme) -> None:
    """Mark the paragraphs that a rule of the theme's own sheet meets, around, at or within them."""
    selectors = moves_lines(theme)
    if not selectors:
        return
    met = set(_met(root, selectors))
    for paragraph in html.find(root, "p"):
        around = (paragraph, *paragraph.iterancestors(), *paragraph.iterdescendants())
        if not met.isdisjoint(around):
            html.add_class(paragraph, TOUCHED)


def _met(root: Element, selectors: Iterable[str]) -> Iterable[Element]:
    import cssselect2

    matcher: Any = cssselect2.Matcher()
    for text in selectors:
        for selector in cssselect2.compile_selector_list(text):
            matcher.add_selector(selector, None)
    wrapper = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
    return [one.etree_element for one in wrapper.iter_subtree() if matcher.match(one)]
