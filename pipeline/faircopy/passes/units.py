"""Units of text: what carries an id, a role and words.

A unit is a ``Span`` of class ``unit`` around the whole content of a paragraph, a list's item,
a table's cell, a line, a term or a caption; or a heading, which carries the same attributes
itself. ``faircopy.manuscript.structure`` puts them in; everything after reads them here.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from faircopy.core.ast import Attr, Header, Inlines, Span, find, text
from faircopy.core.model import Role

UNIT = "unit"
SPEAKER = "speaker"
TIMESTAMP = "timestamp"
"""Class of the span around a time in a speaker's label."""
UNTRANSLATED = "untranslated"
"""Class of the span around a sentence that stands in the source's language in a translation."""


class Unit(msgspec.Struct, frozen=True):
    """One unit of text in its place.

    ``section`` is the id of the heading that it stands under (a heading's own id for itself),
    ``speaker`` the label of the turn that it belongs to, both empty where there is none.
    """

    id: str
    role: Role
    inlines: Inlines
    section: str = ""
    speaker: str = ""


def unit_attr(id: str, role: Role) -> Attr:
    """Return the attributes that mark a unit."""
    return Attr(id, (UNIT, role.value))


def unit(id: str, role: Role, inlines: Inlines) -> Span:
    """Return ``inlines`` marked as a unit."""
    return Span((unit_attr(id, role), inlines))


def is_unit(node: object) -> bool:
    """Say whether ``node`` is a unit: a marked span or a marked heading."""
    return isinstance(node, Span | Header) and UNIT in node.attr.classes


def role_of(attr: Attr) -> Role:
    """Return the role that marked attributes name.

    Raises:
        ValueError: no class of ``attr`` is a role.
    """
    names = {role.value for role in Role}
    for name in attr.classes:
        if name in names:
            return Role(name)
    raise ValueError(f"no role among the classes {attr.classes}")


def units(value: object) -> Iterator[Unit]:
    """Yield the units of a tree in reading order; a footnote's come after the unit that cites it.

    The footnote stays, as a ``Note``, among the inlines of the unit that refers to it.
    """
    section = ""
    speaker = ""
    for node in find(value, Span, Header):
        assert isinstance(node, Span | Header)
        if UNIT not in node.attr.classes:
            continue
        role = role_of(node.attr)
        if isinstance(node, Header):
            section, speaker = node.attr.id, ""
        if role in (Role.QUESTION, Role.ANSWER):
            speaker = _speaker(node.inlines) or speaker
        yield Unit(node.attr.id, role, node.inlines, section, speaker)


def _speaker(inlines: Inlines) -> str:
    first = inlines[0] if inlines else None
    if isinstance(first, Span) and SPEAKER in first.attr.classes:
        words = [item for item in first.inlines if not _is_time(item)]
        return text(tuple(words)).strip(" :：")
    return ""


def _is_time(item: object) -> bool:
    return isinstance(item, Span) and TIMESTAMP in item.attr.classes
