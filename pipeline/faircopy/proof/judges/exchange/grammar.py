"""Structure rules as data: what an element may hold, and which attributes it may have.

A ``Shape`` says of an element: the pattern of its children's names, each followed by a space
(``(notes )?(segment )+``); its attributes, each with the pattern of its value; which of them must
be there; and whether it holds text. Elements and attributes of other namespaces are extensions,
which XLIFF allows at their places; a shape may allow them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import cast

import msgspec
from lxml import etree

from faircopy.proof.extractors.archive import Element

XML = "{http://www.w3.org/XML/1998/namespace}"
NMTOKEN = r"[\w.\-:·]+"
TEXT = r"(?s).*"
YES_NO = "yes|no"
LANG = r"([A-Za-z]{2,8}|[ixIX](?=-))(-[A-Za-z0-9]{1,8})*"
"""A language tag that is well-formed (BCP 47, section 2.1)."""


class Fault(msgspec.Struct, frozen=True):
    """A rule that is broken, in words, with the line and, if it is within one, the unit's id.

    ``ours`` is a rule of this house for its own files, which the standard does not have.
    """

    rule: str
    what: str
    line: int = 0
    unit: str = ""
    ours: bool = False


class Shape(msgspec.Struct, frozen=True):
    """What an element may be; see the module. ``open`` lets it have other forms' attributes."""

    children: str = ""
    must: Mapping[str, str] = {}
    may: Mapping[str, str] = {}
    text: bool = False
    foreign: bool = False
    open: bool = True


class Grammar(msgspec.Struct, frozen=True):
    """The shapes of a form's elements by local name, in a namespace ("" is none)."""

    namespace: str
    shapes: Mapping[str, Shape]
    units: frozenset[str]
    """Elements whose id names a unit of the manuscript."""

    def faults(self, root: Element) -> Iterator[Fault]:
        """Yield where the structure below ``root`` breaks the grammar, in document order."""
        for element in root.iter(etree.Element):
            name = self.name(element)
            if name:
                yield from self._faults(element, name)

    def name(self, element: Element) -> str:
        """Return an element's local name, or "" when it is of another namespace."""
        tag = etree.QName(element)
        return str(tag.localname or "") if (tag.namespace or "") == self.namespace else ""

    def fault(self, rule: str, what: str, element: Element, *, ours: bool = False) -> Fault:
        """Return a fault at an element."""
        return Fault(rule, what, line(element), self.unit(element), ours)

    def unit(self, element: Element) -> str:
        """Return the id of the unit that an element belongs to."""
        for at in (element, *element.iterancestors()):
            if self.name(at) in self.units:
                return at.get("name", "") or at.get("id", "")
        return ""

    def _faults(self, element: Element, name: str) -> Iterator[Fault]:
        shape = self.shapes.get(name)
        if shape is None:
            yield self.fault("element", f"there is no element <{name}>", element)
            return
        kids = list(element.iterchildren(etree.Element))
        own = [self.name(kid) for kid in kids]
        if not all(own) and not shape.foreign:
            yield self.fault("extension", f"<{name}> may hold no other form’s elements", element)
        held = "".join(f"{kid} " for kid in own if kid)
        if not re.fullmatch(shape.children, held):
            said = f"<{name}> may not hold: {held.strip() or 'nothing'}"
            yield self.fault("children", said, element)
        if not shape.text and any((part or "").strip() for part in _texts(element)):
            yield self.fault("text", f"<{name}> may hold no text of its own", element)
        yield from self._attributes(element, name, shape)

    def _attributes(self, element: Element, name: str, shape: Shape) -> Iterator[Fault]:
        for key in shape.must:
            if key not in element.attrib:
                yield self.fault("attribute", f"<{name}> lacks {_short(key)}", element)
        for key, value in attributes(element):
            pattern = shape.must.get(key) or shape.may.get(key)
            if pattern is None and not key.startswith("{"):
                yield self.fault("attribute", f"<{name}> may not have {key}", element)
            elif pattern is None and not shape.open:
                said = f"<{name}> may not have {_local(key)}, which is of another form"
                yield self.fault("extension", said, element)
            elif pattern is not None and not re.fullmatch(pattern, value):
                said = f"{_short(key)} of <{name}> may not be “{value}”"
                yield self.fault("value", said, element)


def attributes(element: Element) -> Iterator[tuple[str, str]]:
    """Yield an element's attributes."""
    for key, value in element.attrib.items():
        yield str(key), str(value)


def line(element: Element) -> int:
    """Return the line on which an element begins."""
    return cast("int | None", element.sourceline) or 0


def _texts(element: Element) -> Iterator[str | None]:
    yield element.text
    for child in element:
        yield child.tail


def _short(key: str) -> str:
    return key.replace(XML, "xml:")


def _local(key: str) -> str:
    return _short(key).rpartition("}")[2]


def repeated(
    grammar: Grammar, elements: Iterator[Element], what: str, key: str = "id"
) -> Iterator[Fault]:
    """Yield a fault for each element whose id another has had."""
    seen: set[str] = set()
    for element in elements:
        name = element.get(key)
        if name is not None and name in seen:
            yield grammar.fault("id", f"the id “{name}” is there twice among {what}", element)
        if name is not None:
            seen.add(name)
