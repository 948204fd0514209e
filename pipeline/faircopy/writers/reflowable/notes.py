"""Footnotes: from pandoc's list at the end to an ``aside`` in the document that refers to each.

Reading systems show an ``aside`` of type ``footnote`` in a window of its own when a link of
type ``noteref`` is followed (EPUB 3 Structural Semantics Vocabulary; DPUB-ARIA 1.1).
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from faircopy.writers.html import drop
from faircopy.writers.markup import Element
from faircopy.writers.reflowable.sections import Section
from faircopy.writers.reflowable.xhtml import EPUB_TYPE, find, h

_NOTES = "//h:section[@id='footnotes' and contains(@class, 'footnotes')]"
_REFS = ".//h:a[@role='doc-noteref']"
_BACK = ".//h:a[@role='doc-backlink']"


def take(root: Element) -> list[Element]:
    """Take pandoc's list of notes out of ``root`` and return the notes, in order.

    Each is an ``aside`` without an id or a number; pandoc's own links back are removed.
    """
    notes: list[Element] = []
    for section in find(root, _NOTES):
        for item in find(section, "./h:ol/h:li"):
            for link in find(item, _BACK):
                drop(link)
            aside = h("aside", item.text or "", *item, role="doc-footnote", class_="footnote")
            aside.set(EPUB_TYPE, "footnote")
            notes.append(aside)
        drop(section)
    return notes


def place(sections: Iterable[Section], notes: list[Element]) -> None:
    """Put each note at the end of the document that refers to it, linked both ways.

    The n-th reference belongs to the n-th note: pandoc numbers both in reading order.
    """
    taken = {item.get("id") for s in sections for item in s.root.iter(etree.Element)}
    prefix = _free_prefix(taken)
    waiting = iter(enumerate(notes, start=1))
    for section in sections:
        asides: list[Element] = []
        for reference in find(section.root, _REFS):
            number, aside = next(waiting)
            _link(reference, aside, f"{prefix}{number}", f"{prefix}{number}-ref", str(number))
            asides.append(aside)
        if asides:
            section.root.append(h("div", *asides, class_="footnotes"))


def _free_prefix(taken: set[str | None]) -> str:
    """Return a prefix that no id of the manuscript begins with."""
    prefix = "note"
    while any(name and name.startswith(prefix) for name in taken):
        prefix += "-"
    return prefix


def _link(reference: Element, aside: Element, note_id: str, ref_id: str, number: str) -> None:
    for child in list(reference):
        reference.remove(child)
    reference.attrib.clear()
    reference.text = number
    for name, value in (
        ("class", "noteref"),
        ("href", f"#{note_id}"),
        ("id", ref_id),
        ("role", "doc-noteref"),
        (EPUB_TYPE, "noteref"),
    ):
        reference.set(name, value)
    aside.set("id", note_id)
    back = h("a", number, href=f"#{ref_id}", role="doc-backlink", class_="note-number")
    back.set(EPUB_TYPE, "backlink")
    _prepend(aside, back)


def _prepend(aside: Element, back: Element) -> None:
    """Put the number before the note's first words, within its first paragraph if it has one."""
    first = next(iter(aside), None)
    target = first if first is not None and etree.QName(first).localname == "p" else aside
    back.tail = "\u00a0" + (target.text or "")
    target.text = None
    target.insert(0, back)
