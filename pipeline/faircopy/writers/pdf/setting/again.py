"""Paragraphs that were set, set otherwise: with a line more or less, or with other hyphens.

Pages are filled so. What is asked for is made when it is asked for: a text of few pages asks for a
tenth of its paragraphs, and a book for none.
"""

from __future__ import annotations

from copy import deepcopy
from functools import cached_property

import msgspec
from lxml import etree

from faircopy.theme import Page, Theme
from faircopy.writers import html
from faircopy.writers.html import Element
from faircopy.writers.pdf.layout import KEY
from faircopy.writers.pdf.setting import Chosen, Setter, fit


class Wish(msgspec.Struct, frozen=True):
    """How a paragraph is to be set: so many lines more, and which of them end in no hyphen."""

    by: int = 0
    closed: frozenset[int] = frozenset()


def uneven(chosen: Chosen) -> float:
    """Return how uneven a paragraph's lines are: 1 is a line with word spaces of half an em.

    What counts is the widest line, where the best way has none that is as wide: a reader sees it.
    Otherwise it is the average. Half of 1 is added where a word is broken that has room.
    """
    way, best = chosen.way, chosen.best
    needless, cost = divmod(way.cost, fit.FITS)
    wider = best is not None and max(way.grown) > max(best.grown)
    price = fit.price(max(way.grown)) if wider else cost / len(way.ends)
    return price / fit.price(fit.HALF) + needless / 2


class Again:
    """The paragraphs of a text, by their keys, as they were before they had lines."""

    def __init__(self, xml: bytes, theme: Theme, page: Page, lang: str) -> None:
        """Keep a serialised ``html`` element, without namespaces, that has no lines yet."""
        self._xml, self._given = xml, (theme, page, lang)
        self._known: dict[tuple[str, Wish], Chosen | None] = {}

    def cost(self, key: str, wish: Wish, lines: int) -> float | None:
        """Return how uneven a paragraph of so many lines is if set so; None if it cannot be.

        See ``uneven``.
        """
        chosen = self._chosen(key, wish, lines)
        return None if chosen is None else uneven(chosen)

    def document(self, key: str, wish: Wish) -> bytes:
        """Return an ``html`` element with a paragraph alone in it, set as was found at a cost.

        What its style depends on is there: what is around it, and what stands before it, empty.
        """
        paragraph, chosen = self._paragraphs[key], self._known[key, wish]
        assert chosen is not None
        copy, before = deepcopy(paragraph), paragraph.getprevious()
        copy.tail = None
        self._setter.put(copy, chosen)
        for around in paragraph.iterancestors():
            holder = _empty(around)
            holder.extend([copy] if before is None else [_empty(before), copy])
            copy, before = holder, None
        return etree.tostring(copy, encoding="utf-8")

    def _chosen(self, key: str, wish: Wish, lines: int) -> Chosen | None:
        asked = key, wish
        if asked not in self._known:
            paragraph = self._paragraphs.get(key)
            self._known[asked] = (
                None
                if paragraph is None
                else self._setter.otherwise(paragraph, lines, wish.by, wish.closed)
            )
        return self._known[asked]

    @cached_property
    def _root(self) -> Element:
        return etree.fromstring(self._xml)

    @cached_property
    def _setter(self) -> Setter:
        return Setter(self._root, *self._given)

    @cached_property
    def _paragraphs(self) -> dict[str, Element]:
        found: dict[str, Element] = {}
        for paragraph in html.find(self._root, "p"):
            found[paragraph.get(KEY, "")] = paragraph
        return found


def _empty(element: Element) -> Element:
    made = etree.Element(element.tag)
    for name, value in element.attrib.items():
        made.set(name, value)
    return made
