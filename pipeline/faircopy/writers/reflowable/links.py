"""Links within an edition: what was one text may now be many documents, or one with other ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias
from urllib.parse import unquote

from lxml import etree

from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.passes.addresses import SCHEMES, scheme
from faircopy.writers.markup import Element
from faircopy.writers.reflowable.sections import Section
from faircopy.writers.reflowable.words import label
from faircopy.writers.reflowable.xhtml import find, rename

Told: TypeAlias = tuple[Diagnostic, ...]


def targets(sections: Iterable[Section]) -> dict[str, Section]:
    """Return which document each id stands in."""
    return {
        item.get("id", ""): section
        for section in sections
        for item in section.root.iter(etree.Element)
        if item.get("id")
    }


def connect(sections: list[Section], document: Callable[[Section], str], name: str) -> Told:
    """Point every link at the document that holds its target.

    A link that leads nowhere in the edition, or to a file beside the manuscript, keeps its words,
    loses its address and is reported.

    Args:
        sections: the text; its links are changed in place.
        document: gives the address of another section's document, empty where all are one.
        name: the format's name, such as ``EPUB``.
    """
    where = targets(sections)
    return tuple(
        finding for section in sections for finding in _connect(section, where, document, name)
    )


def _connect(
    section: Section, where: dict[str, Section], document: Callable[[Section], str], name: str
) -> Iterator[Diagnostic]:
    for link in find(section.root, ".//h:a[@href]"):
        href = link.get("href", "")
        fragment = unquote(href[1:])
        if href.startswith("#") and fragment in where:
            target = document(where[fragment])
            if target != document(section):
                link.set("href", target + href)
        elif scheme(href) not in SCHEMES:
            _disarm(link)
            yield Diagnostic(
                f"{name.lower()}-link-dropped",
                Severity.WARNING,
                f"The link “{label(link)}” to {href} leads to nothing in the {name}; "
                "its words stay, its address is dropped.",
                "Link to an id of this manuscript or to a full address (https://…).",
            )


def _disarm(link: Element) -> None:
    rename(link, "span")
    for name in ("href", "target", "rel", "download", "role", "title"):
        link.attrib.pop(name, "")
