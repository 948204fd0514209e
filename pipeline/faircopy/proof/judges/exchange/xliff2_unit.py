"""A unit of XLIFF 2 as its rules look at it, and what a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

import msgspec
from lxml import etree

from faircopy.proof.extractors.archive import Element
from faircopy.proof.judges.exchange.grammar import Fault, Grammar

CORE = "urn:oasis:names:tc:xliff:document:2.0"
X = f"{{{CORE}}}"
DEFINED = tuple(
    f"{{{space}" for space in ("urn:oasis:names:tc:xliff:", "http://www.w3.org/2005/11/its")
)
"""How names begin that XLIFF defines (1.1.3)."""
CODES = frozenset(f"{X}{name}" for name in ("ph", "pc", "sc", "ec"))
MARKS = frozenset(f"{X}{name}" for name in ("mrk", "sm"))
_INLINE = (*sorted(CODES | MARKS), f"{X}em")

Breach: TypeAlias = tuple[Element, str]
"""Where a rule is broken, and how."""


class Unit(msgspec.Struct, frozen=True):
    """A unit: its segments and ignorables, and what is inline in their sources and targets.

    ``source`` is in the order of the file, ``target`` in the order in which it is read (4.8.2).
    ``units`` are the ids of all units of its file.
    """

    element: Element
    file: Element
    parts: tuple[Element, ...]
    source: tuple[Element, ...]
    target: tuple[Element, ...]
    units: frozenset[str]

    def sides(self) -> Iterator[tuple[Element, ...]]:
        """Yield what is inline in the source, then in the target."""
        yield self.source
        yield self.target

    def notes(self) -> frozenset[str]:
        """Return the ids of its own notes."""
        return frozenset(n.get("id", "") for n in self.element.iterfind(f"{X}notes/{X}note"))

    def spans(self) -> frozenset[str]:
        """Return the ids that ``#id`` may lead to: segments, and what is inline in the source."""
        return frozenset(one.get("id", "") for one in (*self.parts, *self.source)) - {""}


class Rule(msgspec.Struct, frozen=True):
    """A rule of the standard: the code of its finding, its section, and what finds a breach."""

    code: str
    section: str
    find: Callable[[Unit], Iterator[Breach]]


def of(element: Element, file: Element, units: frozenset[str]) -> Unit:
    """Return a unit element as the rules look at it."""
    parts = tuple(part for part in element if part.tag in (f"{X}segment", f"{X}ignorable"))
    places = {part: position(part, number) for number, part in enumerate(parts, 1)}
    return Unit(
        element=element,
        file=file,
        parts=parts,
        source=tuple(_inline(parts, "source")),
        target=tuple(_inline(sorted(parts, key=lambda part: places[part]), "target")),
        units=units,
    )


def position(part: Element, number: int) -> int:
    """Return where the target of a part stands: its ``order``, or its own ``number`` (4.3.1.24)."""
    target = part.find(f"{X}target")
    order = target.get("order", "") if target is not None else ""
    return int(order) if order.isascii() and order.isdigit() and len(order) < 10 else number


def _inline(parts: Sequence[Element], name: str) -> Iterator[Element]:
    for part in parts:
        content = part.find(f"{X}{name}")
        if content is not None:
            yield from content.iter(*_INLINE)


def name(element: Element) -> str:
    """Return an element's name without its namespace."""
    return str(etree.QName(element).localname)


def broken(rules: Sequence[Rule], unit: Unit, grammar: Grammar) -> Iterator[Fault]:
    """Yield each breach of the rules in a unit, with the section that it is of."""
    for rule in rules:
        for element, what in rule.find(unit):
            yield grammar.fault(rule.code, f"{what} (XLIFF 2, {rule.section})", element)
