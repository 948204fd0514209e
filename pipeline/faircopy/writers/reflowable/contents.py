"""The table of contents: the sections of a text and the headings within them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from faircopy.languages.language import Labels
from faircopy.writers.markup import Element
from faircopy.writers.reflowable.sections import Section, headings
from faircopy.writers.reflowable.words import label
from faircopy.writers.reflowable.xhtml import h


class Entry(msgspec.Struct, frozen=True):
    """A line of the table of contents, and the lines under it."""

    label: str
    href: str
    children: tuple[Entry, ...] = ()


def entries(
    sections: Sequence[Section], labels: Labels, document: Callable[[Section], str]
) -> tuple[Entry, ...]:
    """Return the table of contents: a line a section, its further headings nested in it.

    ``document`` gives the address of a section's document, empty where all sections are one.
    """
    opened: set[str] = {""}
    out: list[Entry] = []
    for section in sections:
        path = document(section)
        out.append(_entry(section, labels, path, within=path in opened))
        opened.add(path)
    return tuple(out)


def depth(lines: Sequence[Entry]) -> int:
    """Return how many levels a table of contents has."""
    return 1 + max((depth(line.children) for line in lines), default=-1)


def listed(lines: Sequence[Entry]) -> Element:
    """Return the lines as a list of links, each with the list of those below it."""
    return h("ol", *(_item(line) for line in lines))


def _item(line: Entry) -> Element:
    item = h("li", h("a", line.label, href=line.href))
    if line.children:
        item.append(listed(line.children))
    return item


def _entry(section: Section, labels: Labels, path: str, *, within: bool) -> Entry:
    """Return a section's line; ``within`` says that it does not begin its document."""
    found = headings(section)
    heading = section.root if section.heading is None else section.heading
    href = f"{path}#{heading.get('id', '')}" if within else path
    if section.is_opener:
        return Entry(section.title, href)
    if section.heading is None:
        return Entry(labels.beginning, href, tuple(_nest(path, found)))
    return Entry(section.title, href, tuple(_nest(path, found[1:])))


def _nest(path: str, found: Sequence[tuple[int, Element]]) -> Iterator[Entry]:
    """Yield the entries of the highest headings, each with those that follow below it."""
    start = 0
    while start < len(found):
        level, heading = found[start]
        end = start + 1
        while end < len(found) and found[end][0] > level:
            end += 1
        children = tuple(_nest(path, found[start + 1 : end]))
        if heading.get("id"):
            yield Entry(label(heading), f"{path}#{heading.get('id')}", children)
        else:
            yield from children
        start = end
