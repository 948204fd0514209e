"""What went from a text, in another's package: its links and pictures, notes and numberings."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterable, Mapping

from lxml import etree

from faircopy.intake.names import Element, R, child, value, w
from faircopy.translation.xml import local
from faircopy.writers.docx.ooxml import make, parse, serialise
from faircopy.writers.docx.package import CONTENT_TYPES, links, links_of

NUMBERING = "word/numbering.xml"
_LENT = "lent"
"""Begins the ids of relations that are the other package's."""
_ID = f"{{{R}}}id"


class Sensing:
    """Says of what stands in a part what it is, whatever ids its package gives it."""

    def __init__(self, parts: Mapping[str, bytes], name: str) -> None:
        self._parts, self._folder = parts, posixpath.dirname(name)
        self._links = {str(one.get("Id")): one for one in links(parts, name)}

    def __call__(self, element: Element) -> str:
        """Return what an element is: its kind, its words, and what it leads to or shows."""
        if element.tag == w("footnoteReference"):
            return "note"
        if element.tag == w("hyperlink"):
            return self._target(element.get(_ID) or "") or f"#{value(element, 'anchor')}"
        shown = [
            self._target(str(given))
            for one in element.iter()
            for name, given in one.attrib.items()
            if str(name).startswith(f"{{{R}}}")
        ]
        return " ".join((local(element), *shown, *map(str, element.itertext())))

    def _target(self, id: str) -> str:
        link = self._links.get(id.removeprefix(_LENT))
        if link is None:
            return ""
        target = link.get("Target", "")
        data = self._parts.get(posixpath.join(self._folder, target))
        return target if data is None else hashlib.sha256(data).hexdigest()


def marked_as_lent(root: Element) -> None:
    """Write on each relation that a tree uses that it is another package's."""
    for one in root.iter():
        for name, given in one.attrib.items():
            if str(name).startswith(f"{{{R}}}"):
                one.set(name, f"{_LENT}{given!s}")


def with_relations(
    parts: dict[str, bytes], name: str, root: Element, lender: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return the parts with what the tree of ``name`` uses of another package's relations."""
    used = {str(given) for one in root.iter() for given in one.attrib.values()}
    own, out = links(parts, name), dict(parts)
    folder = posixpath.dirname(name)
    for link in links(lender, name):
        id = f"{_LENT}{link.get('Id')}"
        if id not in used:
            continue
        target = link.get("Target", "")
        if (data := lender.get(posixpath.join(folder, target))) is not None:
            end = posixpath.splitext(target)[1]
            target = f"media/{_LENT}{hashlib.sha256(data).hexdigest()[:16]}{end}"
            out[posixpath.join(folder, target)] = data
        made = etree.SubElement(own, link.tag)
        for key, given in (*link.attrib.items(), ("Id", id), ("Target", target)):
            made.set(key, given)
    return {**out, links_of(name): serialise(own)}


def with_types(parts: dict[str, bytes], lender: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts with the types of files that another package has and this one lacks."""
    types = parse(parts[CONTENT_TYPES])
    known = {one.get("Extension") for one in types}
    for one in list(parse(lender[CONTENT_TYPES])):
        if local(one) == "Default" and one.get("Extension") not in known:
            types.insert(0, one)
    return {**parts, CONTENT_TYPES: serialise(types)}


def renumber_notes(roots: Iterable[Element], above: int) -> None:
    """Give the notes of a package, and what refers to them, numbers that another's do not have."""
    for root in roots:
        for one in root.iter(w("footnote"), w("footnoteReference")):
            id = int(value(one, "id"))
            if id > 0:
                one.set(w("id"), str(id + above))


def renumber_lists(
    parts: dict[str, bytes], lender: Mapping[str, bytes], roots: Iterable[Element]
) -> dict[str, bytes]:
    """Return the parts with the numberings that another package's trees use, under new numbers.

    Pandoc names what numberings rest on by what they look like: the same name is the same look.
    """
    mine, theirs = parse(parts[NUMBERING]), parse(lender[NUMBERING])
    rests = {
        value(one, "numId"): value(child(one, "abstractNumId")) for one in theirs.iter(w("num"))
    }
    looks = {value(one, "abstractNumId"): one for one in theirs.iter(w("abstractNum"))}
    known = {value(one, "abstractNumId") for one in mine.iter(w("abstractNum"))}
    next_one = max((int(value(one, "numId")) for one in mine.iter(w("num"))), default=0) + 1
    given: dict[str, str] = {}
    for number in [one for root in roots for one in root.iter(w("numId"))]:
        old = value(number)
        if (rest := rests.get(old, "")) not in looks:
            continue
        if rest not in known:
            mine.insert(0, looks[rest])
            known.add(rest)
        if old not in given:
            given[old] = str(next_one)
            mine.append(make("num", make("abstractNumId", val=rest), numId=given[old]))
            next_one += 1
        number.set(w("val"), given[old])
    return {**parts, NUMBERING: serialise(mine)}
