"""Links between documents: what was one page is now many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from lxml import etree

from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.passes.addresses import SCHEMES, scheme
from faircopy.writers.epub.sections import Section
from faircopy.writers.epub.words import label
from faircopy.writers.epub.xhtml import find, rename
from faircopy.writers.markup import Element


def targets(sections: Iterable[Section]) -> dict[str, Section]:
    """Return which document each id stands in."""
    return {
        item.get("id", ""): section
        for section in sections
        for item in section.root.iter(etree.Element)
        if item.get("id")
    }


def connect(sections: list[Section]) -> tuple[Diagnostic, ...]:
    """Point every link at the document that holds its target.

    A link that leads nowhere in the book, or to a file beside the manuscript, keeps its words,
    loses its address and is reported.
    """
    where = targets(sections)
    return tuple(finding for section in sections for finding in _connect_one(section, where))


def _connect_one(section: Section, where: dict[str, Section]) -> Iterator[Diagnostic]:
    for link in find(section.root, ".//h:a[@href]"):
        href = link.get("href", "")
        fragment = unquote(href[1:])
        if href.startswith("#") and fragment in where:
            target = where[fragment]
            if target is not section:
                link.set("href", f"{target.name}.xhtml{href}")
        elif scheme(href) not in SCHEMES:
            _disarm(link)
            yield Diagnostic(
                "epub-link-dropped",
                Severity.WARNING,
                f"The link “{label(link)}” to {href} leads to nothing in the EPUB; "
                "its words stay, its address is dropped.",
                "Link to an id of this manuscript or to a full address (https://…).",
            )


def _disarm(link: Element) -> None:
    rename(link, "span")
    for name in ("href", "target", "rel", "download", "role", "title"):
        link.attrib.pop(name, "")
