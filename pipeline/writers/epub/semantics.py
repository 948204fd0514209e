"""What a paragraph, a table or an aside means, said so that a reading system hears it."""

from __future__ import annotations

from pipeline.model import Role
from pipeline.writers.epub.xhtml import (
    EPUB_TYPE,
    XML_LANG,
    find,
    named,
    rename,
)
from pipeline.writers.html import classes
from pipeline.writers.markup import Element


def enrich(root: Element) -> None:
    """Add roles, types and scopes to the whole tree; change no word."""
    _languages(root)
    _opener(root)
    _pull_quotes(root)
    _tables(root)
    _checkboxes(root)


def _languages(root: Element) -> None:
    """``lang`` and ``xml:lang`` agree on every element (EPUB 3.3, section 6.1.3.1)."""
    for item in find(root, ".//*[@lang]"):
        item.set(XML_LANG, item.get("lang", ""))


def _opener(root: Element) -> None:
    """The title is the book's first heading, the subtitle part of it."""
    for item in find(root, ".//h:div[@id='opener']//h:p"):
        if Role.TITLE in classes(item):
            rename(item, "h1")
            item.set(EPUB_TYPE, "title")
        elif Role.SUBTITLE in classes(item):
            item.set(EPUB_TYPE, "subtitle")
            item.set("role", "doc-subtitle")


def _pull_quotes(root: Element) -> None:
    """A pull quote repeats words of the text: it is shown, but not read aloud a second time.

    One with a link stays in the reading order, as a link that cannot be reached is worse.
    """
    for item in [div for div in named(root, "div") if Role.PULL_QUOTE in classes(div)]:
        rename(item, "aside")
        item.set(EPUB_TYPE, "pullquote")
        item.set("role", "doc-pullquote")
        if not find(item, ".//h:a[@href]"):
            item.set("aria-hidden", "true")


def _tables(root: Element) -> None:
    for cell in named(root, "th"):
        head = find(cell, "ancestor::h:thead")
        along = ("col", "colspan") if head else ("row", "rowspan")
        wide = int(cell.get(along[1], "1")) > 1
        cell.set("scope", along[0] + ("group" if wide else ""))


def _checkboxes(root: Element) -> None:
    """A task's box shows a state; a book has nobody to send it to."""
    for box in named(root, "input"):
        box.set("disabled", "disabled")
        if box.get("checked") is not None:
            box.set("checked", "checked")
