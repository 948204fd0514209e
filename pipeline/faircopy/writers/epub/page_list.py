"""Where the pages of the printed edition begin, marked in the text and listed in the navigation.

EPUB Accessibility 1.1, section 3.3; EPUB 3.3, section 7.4.3; DPUB-ARIA 1.1 (doc-pagebreak).
A marker holds no text and stands before a whole word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from lxml import etree

from faircopy.core.model import Metadata, PageStart, Publication
from faircopy.languages import locale
from faircopy.languages.language import Labels
from faircopy.passes.identifiers import isbn
from faircopy.writers.html import UNIT, has_class, local
from faircopy.writers.markup import Element
from faircopy.writers.reflowable.sections import Section
from faircopy.writers.reflowable.words import plain
from faircopy.writers.reflowable.xhtml import EPUB_TYPE, MATHML, h

PAGE_LIST = "page-list"
_OPAQUE = "\ufffc"
"""Stands for what is no text of a unit's own: the number of a note, a formula, a picture."""
_BEFORE = ("h1", "h2", "h3", "h4", "h5", "h6", "img")
"""Elements before which a marker stands: it would become a part of their names."""
_NO_TEXT = frozenset({"table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "dl"})
"""Elements that hold elements alone, and so no marker."""
_AROUND = ("figure", "table")


class Listed(msgspec.Struct, frozen=True):
    """A line of the list of pages."""

    label: str
    href: str


class _Text(msgspec.Struct, frozen=True):
    """A text node: that before an element's children or, as ``tail``, that after the element.

    A ``closed`` one is a sign for the element itself.
    """

    owner: Element
    start: int
    text: str
    tail: bool = False
    closed: bool = False

    def holds(self, spot: int) -> bool:
        """Whether a marker can be put into it, to stand where the unit's text has ``spot``."""
        return not self.closed and self.start <= spot <= self.start + len(self.text)


def mark(
    sections: Sequence[Section], starts: Iterable[PageStart], metadata: Metadata
) -> tuple[Listed, ...]:
    """Put a marker where each page begins, and return the list of pages.

    Args:
        sections: the documents, changed in place.
        starts: as the PDF's writer found them.
        metadata: its language says whether spaces part words.
    """
    where = {
        item.get("id", ""): (section, item)
        for section in sections
        for item in section.root.iter("{*}*")
    }
    prefix = _free_prefix(where)
    spaced = locale(metadata.lang).spaces
    out: list[Listed] = []
    for number, start in enumerate(starts, 1):
        marker = h("span", id=f"{prefix}{number}", role="doc-pagebreak", aria_label=start.label)
        marker.set(EPUB_TYPE, "pagebreak")
        section, unit = where.get(start.unit, (sections[-1], None))
        if unit is None:
            section.root.append(marker)
        else:
            _put(marker, unit, start.letters, spaced)
        out.append(Listed(start.label, f"{section.path}#{prefix}{number}"))
    return tuple(out)


def navigation(pages: Sequence[Listed], labels: Labels) -> Element:
    """Return the list as a part of the navigation document."""
    lines = (h("li", h("a", page.label, href=page.href)) for page in pages)
    nav = h("nav", h("ol", *lines), id=PAGE_LIST, role="doc-pagelist", hidden="hidden")
    nav.set("aria-label", labels.page)
    nav.set(EPUB_TYPE, PAGE_LIST)
    return nav


def source(publication: Publication) -> str:
    """Return what the pages are those of: the printed edition's ISBN, or else the file in words."""
    metadata = publication.metadata
    number = isbn(publication, "print") or isbn(publication, "pdf")
    said = f"{plain(metadata.title, metadata.lang)} (PDF, {metadata.print})"
    return f"urn:isbn:{number}" if number else said


def _free_prefix(taken: Mapping[str, object]) -> str:
    prefix = "page-"
    while any(name.startswith(prefix) for name in taken):
        prefix += "-"
    return prefix


def _put(marker: Element, unit: Element, letters: int, spaced: bool) -> None:
    """Put a marker before the word of a unit that so many letters stand before."""
    texts = list(_texts(unit))
    whole = "".join(text.text for text in texts)
    spot = _word(whole, letters, spaced)
    if not whole[:spot].strip():
        _put_before(marker, unit, texts[0])
        return
    text = next(one for one in texts if one.holds(spot))
    _insert(marker, text, spot - text.start)


def _texts(unit: Element) -> Iterator[_Text]:
    """Yield the texts of a unit in order, and what is no text of it as a sign.

    Code and numbers that follow are no units; they go with the unit before them.
    """
    length = 0

    def said(owner: Element, text: str | None, **kind: bool) -> _Text:
        nonlocal length
        found = _Text(owner, length, text or "", **kind)
        length += len(found.text)
        return found

    def walk(element: Element) -> Iterator[_Text]:
        yield said(element, element.text)
        for child in element:
            if local(child) == "br":
                yield said(child, "\n", closed=True)
            elif _is_opaque(child):
                yield said(child, _OPAQUE, closed=True)
            else:
                yield from walk(child)
            yield said(child, child.tail, tail=True)

    yield from walk(unit)
    for node, tail in _beyond(unit):
        around = node.getparent() if tail else node
        closed = around is None or local(around) in _NO_TEXT or (not tail and _is_opaque(node))
        if not tail:
            yield said(node, "\n", closed=True)
        yield said(node, node.tail if tail else node.text, tail=tail, closed=closed)


def _beyond(unit: Element) -> Iterator[tuple[Element, bool]]:
    """Yield what follows a unit and is none: elements, for their text or for that behind them."""
    node = unit
    while (parent := node.getparent()) is not None:
        yield node, True
        for following in node.itersiblings():
            for event, item in etree.iterwalk(following, events=("start", "end")):
                if has_class(item, UNIT):
                    return
                yield item, event == "end"
        node = parent


def _is_opaque(element: Element) -> bool:
    return element.tag == f"{{{MATHML}}}math" or element.get("role") in (
        *("doc-noteref", "doc-backlink", "doc-pagebreak"),
    )


def _word(text: str, letters: int, spaced: bool) -> int:
    """Return where the word begins that holds the letter after so many others.

    A word that is broken over two pages begins before its first part. Where no spaces part words,
    the letter itself is where the page begins, with the opening mark before it.
    """
    places = [place for place, char in enumerate(text) if char.isalnum()]
    if letters >= len(places):
        return len(text) if letters else 0
    place = places[letters]
    while place and _holds(text[place - 1], text[place], spaced):
        place -= 1
    return place


def _holds(before: str, char: str, spaced: bool) -> bool:
    """Whether two characters next to each other are kept on one page."""
    if spaced:
        return not before.isspace() and before not in ("—", _OPAQUE)
    foreign = (before + char).isascii() and before.isalnum() and char.isalnum()
    return foreign or unicodedata.category(before) in ("Ps", "Pi")


def _put_before(marker: Element, unit: Element, text: _Text) -> None:
    """Put a marker where a unit begins, but before what would take it for a part of its name."""
    around = [unit, *unit.iterancestors()]
    whole = [item for item in around if local(item) in _AROUND and local(unit) == "img"]
    if whole or local(unit) in _BEFORE:
        (whole or [unit])[0].addprevious(marker)
    else:
        _insert(marker, text, 0)


def _insert(marker: Element, text: _Text, at: int) -> None:
    """Part a text by a marker."""
    before, marker.tail = text.text[:at], text.text[at:]
    parent = text.owner.getparent()
    if text.tail and parent is not None:
        text.owner.tail = before
        parent.insert(parent.index(text.owner) + 1, marker)
    else:
        text.owner.text = before
        text.owner.insert(0, marker)
