"""Rules for units, segments and marks of XLIFF 2. Source: XLIFF 2.1, sections 4.2 to 4.7."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from faircopy.proof.extractors.archive import Element
from faircopy.proof.judges.exchange import fragments
from faircopy.proof.judges.exchange.grammar import XML, Fault, Grammar, repeated
from faircopy.proof.judges.exchange.xliff2_unit import (
    DEFINED,
    MARKS,
    Breach,
    Rule,
    Unit,
    X,
    name,
    position,
)

_LANG, _SPACE = f"{XML}lang", f"{XML}space"
_SCOPES = tuple(f"{X}{one}" for one in ("file", "group", "unit"))
_FOLLOW = frozenset(f"{X}{one}" for one in ("notes", "originalData", "segment", "ignorable"))


def languages(unit: Unit) -> Iterator[Breach]:
    """A source and a target are in the languages that the document is from and into."""
    root = unit.file.getparent()
    for part in unit.parts:
        for side, key in (("source", "srcLang"), ("target", "trgLang")):
            content = part.find(f"{X}{side}")
            wanted = root.get(key) if root is not None else None
            if content is None or wanted is None:
                continue
            lang = _inherited(content, _LANG)
            if lang is not None and not _of(lang, wanted):
                yield content, f"a {side} is in “{lang}”, the document’s {key} is “{wanted}”"


def _inherited(element: Element, key: str) -> str | None:
    for at in (element, *element.iterancestors()):
        if (value := at.get(key)) is not None:
            return str(value)
    return None


def _of(lang: str, wanted: str) -> bool:
    return f"{lang.lower()}-".startswith(f"{wanted.lower()}-")


def spaces(unit: Unit) -> Iterator[Breach]:
    """White space counts in a target as it does in its source."""
    for part in unit.parts:
        source, target = part.find(f"{X}source"), part.find(f"{X}target")
        if source is None or target is None:
            continue
        if (_inherited(source, _SPACE) or "default") != (_inherited(target, _SPACE) or "default"):
            yield target, "xml:space is not alike in source and target"


def order(unit: Unit) -> Iterator[Breach]:
    """The targets of a unit stand each in a place of its own, from 1 to their number."""
    taken: set[int] = set()
    for number, part in enumerate(unit.parts, 1):
        place = position(part, number)
        if place > len(unit.parts):
            yield part, f"the order {place} is larger than the number of segments"
        elif place in taken:
            yield part, f"two targets have the place {place}"
        taken.add(place)


def states(unit: Unit) -> Iterator[Breach]:
    """What is translated has a target; a state of one’s own comes with a state."""
    for part in unit.parts:
        if part.get("subState") is not None and part.get("state") is None:
            yield part, "a subState stands without a state"
        if part.get("state", "initial") != "initial" and part.find(f"{X}target") is None:
            yield part, f"a segment is “{part.get('state')}”, but has no target"


def comments(unit: Unit) -> Iterator[Breach]:
    """A mark has what its type needs: a comment its words or its note, a generic one a say."""
    for mark in _marks(unit):
        kind = mark.get("type", "generic")
        value, ref = mark.get("value"), mark.get("ref")
        if kind == "generic" and mark.get("translate") is None and len(mark.attrib) <= 2:
            yield mark, "a mark says neither its type nor whether it is translated"
        if kind == "mtc:match" and ref is not None:
            yield mark, "the mark of a candidate has no ref"
        if kind != "comment":
            continue
        if (value is None) is (ref is None):
            yield mark, "a comment has either a value or a ref"
        elif ref is not None and not _leads_to_note(ref, unit):
            yield mark, f"a comment leads to “{ref}”, which is no note of its unit"


def _marks(unit: Unit) -> Iterator[Element]:
    for side in unit.sides():
        yield from (one for one in side if one.tag in MARKS)


def _leads_to_note(ref: str, unit: Unit) -> bool:
    found = fragments.parse(ref)
    if not ref.startswith("#") or isinstance(found, str) or found.kind != "n":
        return False
    return found.id in unit.notes() and is_of(found, unit)


def is_of(found: fragments.Fragment, unit: Unit) -> bool:
    """Whether a fragment identifier leads into a unit from within it (3.3)."""
    there = found.containers
    if not there:
        return True
    own = {"u": unit.element.get("id"), "f": unit.file.get("id")}
    own["g"] = next((up.get("id") for up in unit.element.iterancestors(f"{X}group")), None)
    return "u" in there and all(own[key] == id for key, id in there.items() if key != "g")


def identifiers(unit: Unit) -> Iterator[Breach]:
    """A ``ref`` that begins with ``#`` is a fragment identifier."""
    for mark in _marks(unit):
        ref = mark.get("ref", "")
        wrong = fragments.parse(ref) if ref.startswith("#") else None
        if isinstance(wrong, str):
            yield mark, f"the reference “{ref}” {wrong}"


RULES = (
    Rule("language", "4.2.2.12 and 4.2.2.13", languages),
    Rule("space", "4.2.2.13", spaces),
    Rule("order", "4.3.1.24", order),
    Rule("state", "4.2.2.6", states),
    Rule("mark", "4.7.3.1", comments),
    Rule("reference", "3", identifiers),
)


def containers(root: Element, grammar: Grammar) -> Iterator[Fault]:
    """Yield what is wrong with files, groups, notes, skeletons and what others put in them."""
    for skeleton in root.iter(f"{X}skeleton"):
        full = len(skeleton) > 0 or bool((skeleton.text or "").strip())
        if full is (skeleton.get("href") is not None):
            said = "a skeleton has either a href or what it stands for (XLIFF 2, 4.2.2.3)"
            yield grammar.fault("skeleton", said, skeleton)
    for notes in root.iter(f"{X}notes"):
        yield from repeated(grammar, notes.iterfind(f"{X}note"), "notes of one place")
    for scope in root.iter(*_SCOPES):
        yield from _extensions(scope, grammar)


def _extensions(scope: Element, grammar: Grammar) -> Iterator[Fault]:
    """What is of no module has ids of its own in its file, group or unit (4.9.2), and its place."""
    after = False
    seen: set[str] = set()
    for child in scope.iterchildren(etree.Element):
        if child.tag in _FOLLOW or child.tag in _SCOPES:
            after = True
        elif after and child.tag != f"{X}skeleton":
            said = f"<{name(child)}> stands behind the text of its place (XLIFF 2, 4.2.2)"
            yield grammar.fault("extension", said, child)
        if not child.tag.startswith(DEFINED):
            for one in child.iter(etree.Element):
                id = one.get("id", one.get(f"{XML}id"))
                if id is not None and id in seen:
                    said = f"the id “{id}” is there twice among extensions (XLIFF 2, 4.9.2)"
                    yield grammar.fault("id", said, one)
                seen |= {id} if id is not None else set()
