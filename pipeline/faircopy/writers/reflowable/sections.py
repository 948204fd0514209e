"""Cut the tree into sections: the title page, then one a question or chapter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from faircopy.core.model import Kind
from faircopy.passes import figures
from faircopy.passes.opener import OPENER
from faircopy.writers import html
from faircopy.writers.html import local
from faircopy.writers.markup import Element
from faircopy.writers.reflowable.words import label
from faircopy.writers.reflowable.xhtml import EPUB_TYPE, h

TEXT = "text"
"""Folder of the content documents."""
_OPENING = frozenset(figures.OPENING)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


_ROLES = {
    name: f"doc-{name}"
    for name in (
        *("abstract", "acknowledgments", "afterword", "appendix", "bibliography", "chapter"),
        *("colophon", "conclusion", "credits", "dedication", "epilogue", "errata", "foreword"),
        *("glossary", "index", "introduction", "part", "preface", "prologue", "qna"),
    )
}
"""Meanings of a section that assistive technology knows (Digital Publishing WAI-ARIA 1.1)."""


@dataclass
class Section:
    """A part of the text. ``root`` is its ``section`` element and is changed in place.

    ``name`` is the document's in which it stands, alone or with others.

    ``heading`` is the heading that opens it, None for the title page and for text before the
    first heading.
    """

    name: str
    title: str
    root: Element
    heading: Element | None = None
    is_opener: bool = False

    @property
    def path(self) -> str:
        """Where the document stands in the package."""
        return f"{TEXT}/{self.name}.xhtml"


def split(root: Element, kind: Kind, title: str) -> list[Section]:
    """Cut the children of ``root`` at their highest level of heading, 1 or 2.

    Documents are called ``title``, then ``s001`` and so on in reading order, so that a name
    needs no letter of any script. A heading within a division does not cut.
    """
    children = list(root)
    levels = [_level(child) for child in children if _level(child)]
    level = min(min(levels, default=2), 2)
    sections: list[Section] = []
    for child in children:
        if child.get("id") == OPENER:
            sections.append(_title_page(child, title))
            continue
        if sections and sections[-1].is_opener and set(html.classes(child)) & _OPENING:
            sections[-1].root.append(child)
            continue
        opens = _level(child) == level
        if opens or not sections or sections[-1].is_opener:
            number = sum(not section.is_opener for section in sections) + 1
            sections.append(_section(named(number), child if opens else None, kind, title))
        sections[-1].root.append(child)
    _tell_apart(sections)
    return sections


def _tell_apart(sections: Iterable[Section]) -> None:
    """Let one section bear a name, of those that share a heading's words (axe: landmark-unique)."""
    known: set[str] = set()
    for section in sections:
        if section.title in known:
            section.root.attrib.pop("aria-labelledby", "")
        known.add(section.title)


def named(number: int) -> str:
    """Return the name of a document that is not the title page."""
    return f"s{number:03}"


def headings(section: Section) -> list[tuple[int, Element]]:
    """Return the levels and headings of a section, in order."""
    found = section.root.iter(*(f"{{*}}{name}" for name in _HEADINGS))
    return [(int(local(item)[1]), item) for item in found]


def _level(element: Element) -> int:
    name = local(element)
    return int(name[1]) if name in _HEADINGS else 0


def _title_page(opener: Element, title: str) -> Section:
    """Turn ``div#opener`` into a section of its own."""
    root = h("section", *opener, id=OPENER, class_=OPENER)
    root.set(EPUB_TYPE, "titlepage")
    return Section("title", title, root, is_opener=True)


def _section(name: str, heading: Element | None, kind: Kind, title: str) -> Section:
    root = h("section")
    if heading is None:
        return Section(name, title, root)
    meaning = ("qna", "doc-qna") if kind is Kind.INTERVIEW else ("chapter", "doc-chapter")
    named = heading.get(EPUB_TYPE, "")
    heading.attrib.pop(EPUB_TYPE, "")
    meaning = (named, _ROLES.get(named, "")) if named else meaning
    root.set(EPUB_TYPE, meaning[0])
    if meaning[1]:
        root.set("role", meaning[1])
    if heading.get("id"):
        root.set("aria-labelledby", heading.get("id", ""))
    return Section(name, label(heading) or title, root, heading)
