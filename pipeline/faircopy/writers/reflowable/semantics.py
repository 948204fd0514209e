"""What a paragraph, a table or an aside means, said so that a reading system hears it."""

from __future__ import annotations

from faircopy.core.model import Role
from faircopy.passes.permitted import MEANING
from faircopy.passes.tasks import BOXES
from faircopy.writers.html import add_class, classes
from faircopy.writers.markup import Element
from faircopy.writers.reflowable.tables import fit
from faircopy.writers.reflowable.xhtml import (
    EPUB_TYPE,
    XML_LANG,
    find,
    named,
    rename,
)


def enrich(root: Element) -> None:
    """Add roles, types and scopes to the whole tree; change no word."""
    _languages(root)
    _meanings(root)
    _opener(root)
    _pull_quotes(root)
    _tables(root)
    fit(root)
    _tasks(root)


def _languages(root: Element) -> None:
    """``lang`` and ``xml:lang`` agree on every element (EPUB 3.3, section 6.1.3.1)."""
    for item in find(root, ".//*[@lang]"):
        item.set(XML_LANG, item.get("lang", ""))


def _meanings(root: Element) -> None:
    """What a text calls ``epub:type`` went through pandoc as an attribute that it does not know."""
    for item in find(root, f".//*[@data-{MEANING}]"):
        item.set(EPUB_TYPE, item.attrib.pop(f"data-{MEANING}"))


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
    """Say what head cells head, and let the table follow the screen.

    One without anything in it, as in the corner, heads nothing: it is a ``td`` (HTML, 4.9.10).
    """
    for table in named(root, "table"):
        table.attrib.pop("style", "")  # a share of a printed page's width
    for cell in named(root, "th"):
        if not len(cell) and not (cell.text or "").strip():
            rename(cell, "td")
            continue
        head = find(cell, "ancestor::h:thead")
        along = ("col", "colspan") if head else ("row", "rowspan")
        wide = int(cell.get(along[1], "1")) > 1
        cell.set("scope", along[0] + ("group" if wide else ""))


def _tasks(root: Element) -> None:
    """A task's box, a character of the text, takes the place of the list's bullet."""
    for item in find(root, ".//h:ul/h:li"):
        if "".join(map(str, item.itertext())).lstrip().startswith(BOXES):
            add_class(item, "task")
