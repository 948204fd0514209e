"""The navigation document: a nested table of contents, and landmarks, and pages that are printed.

EPUB 3.3, section 7.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from faircopy.core.model import Metadata
from faircopy.languages.language import Labels
from faircopy.writers.epub import page_list
from faircopy.writers.epub.page_list import Listed
from faircopy.writers.markup import Element
from faircopy.writers.reflowable.contents import Entry, listed
from faircopy.writers.reflowable.sections import Section
from faircopy.writers.reflowable.xhtml import EPUB_TYPE, document, h, serialise

PATH = "nav.xhtml"
TOC = "toc"


class Landmark(msgspec.Struct, frozen=True):
    """A place that a reading system offers by its meaning, such as the beginning of the text."""

    type: str
    label: str
    href: str


def landmarks(sections: Sequence[Section], labels: Labels, cover: str = "") -> tuple[Landmark, ...]:
    """Return the cover (when there is one), the title page, the contents, the beginning."""
    found: list[Landmark] = []
    if cover:
        found.append(Landmark("cover", labels.cover, cover))
    found += [Landmark("titlepage", s.title, s.path) for s in sections if s.is_opener]
    found.append(Landmark(TOC, labels.contents, f"{PATH}#{TOC}"))
    body = [section for section in sections if not section.is_opener]
    found += [Landmark("bodymatter", labels.beginning, s.path) for s in body[:1]]
    return tuple(found)


def render(
    metadata: Metadata,
    labels: Labels,
    lines: Sequence[Entry],
    places: Sequence[Landmark],
    pages: Sequence[Listed] = (),
) -> bytes:
    """Return the file ``nav.xhtml``; ``pages`` are those of the printed edition, if it has any."""
    title = h("h1", labels.contents, id="toc-title")
    toc = h("nav", title, listed(lines), id=TOC, role="doc-toc", aria_labelledby="toc-title")
    toc.set(EPUB_TYPE, TOC)
    marks = h("nav", h("ol", *map(_landmark, places)), id="landmarks", hidden="hidden")
    marks.set(EPUB_TYPE, "landmarks")
    printed = [page_list.navigation(pages, labels)] if pages else []
    body = h("body", toc, *printed, marks)
    body.set(EPUB_TYPE, "frontmatter")
    return serialise(document(metadata, labels.contents, body))


def _landmark(place: Landmark) -> Element:
    link = h("a", place.label, href=place.href)
    link.set(EPUB_TYPE, place.type)
    return h("li", link)
