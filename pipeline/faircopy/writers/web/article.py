"""The page's body: title, contents and text as one article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from faircopy.languages.language import Labels
from faircopy.writers.html import find
from faircopy.writers.markup import Element
from faircopy.writers.reflowable.contents import Entry, listed
from faircopy.writers.reflowable.sections import Section
from faircopy.writers.reflowable.xhtml import h, rename

LISTED = 3
"""How many lines contents have before they are worth a list."""
_LEVELS = ("h5", "h4", "h3", "h2", "h1")


def body(sections: Iterable[Section], contents: Sequence[Entry], labels: Labels) -> Element:
    """Return ``body`` with the article in it; the sections' elements are moved and changed.

    The title is the page's one ``h1`` (WAI-ARIA Authoring Practices, headings): where chapters
    are of level 1, all headings of the text go down by one.
    """
    parts = list(sections)
    text = [section.root for section in parts if not section.is_opener]
    if any(True for root in text for _ in find(root, "h1")):
        for root in text:
            _lower(root)
    article = h("article")
    for section in parts:
        if section.is_opener:
            rename(section.root, "header")
            section.root.attrib.pop("role", "")
            article.append(section.root)
            own = ("#", f"#{section.root.get('id')}")  # the title, and text before any heading
            lines = [line for line in contents if line.href not in own]
            if len(lines) >= LISTED:
                article.append(_contents(lines, labels))
        else:
            if section.heading is None:
                rename(section.root, "div")
                section.root.attrib.pop("role", "")
            article.append(section.root)
    return h("body", h("main", article))


def _contents(lines: Sequence[Entry], labels: Labels) -> Element:
    """Return the contents, closed until they are asked for; that needs no script."""
    shown = h("details", h("summary", labels.contents), listed(lines))
    return h("nav", shown, class_="contents", aria_label=labels.contents)


def _lower(root: Element) -> None:
    for name in _LEVELS:
        for heading in find(root, name):
            rename(heading, f"h{int(name[1]) + 1}")
