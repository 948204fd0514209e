"""Rules for the inline codes of XLIFF 2. Source: XLIFF 2.1, sections 4.2.3, 4.3.1 and 4.7.2."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from faircopy.proof.extractors.archive import Element
from faircopy.proof.judges.exchange.grammar import attributes
from faircopy.proof.judges.exchange.xliff2_unit import (
    CODES,
    DEFINED,
    Breach,
    Rule,
    Unit,
    X,
    name,
)

_ALIKE = ("canCopy", "canDelete", "canOverlap")
_STANDARD = {
    "fmt": frozenset({"xlf:b", "xlf:i", "xlf:u", "xlf:lb", "xlf:pb"}),
    "ui": frozenset({"xlf:var"}),
}
_KINDS = {"pc": "span", "sc": "span", "mrk": "mark", "sm": "mark"}
_INVALID = (
    *((0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x84), (0x86, 0x9F)),
    *((0xD800, 0xDFFF), (0xFFFE, 0xFFFF)),
)
"""Characters that XML 1.0 has not, and those that it discourages (2.2)."""


def _codes(unit: Unit) -> Iterator[Element]:
    for side in unit.sides():
        yield from (one for one in side if one.tag in CODES)


def starts_end(unit: Unit) -> Iterator[Breach]:
    """An ``sc`` has one ``ec`` behind it in its unit, or is isolated, and they agree."""
    for side in unit.sides():
        ends = defaultdict[str, list[int]](list)
        for number, one in enumerate(side):
            if one.tag == f"{X}ec":
                ends[one.get("startRef", "")].append(number)
        for number, start in enumerate(side):
            if start.tag != f"{X}sc":
                continue
            id = start.get("id", "")
            after = [end for end in ends[id] if end > number]
            if start.get("isolated") == "yes":
                if ends[id]:
                    yield start, f"the code “{id}” is isolated, but ends in the same unit"
            elif len(after) != 1:
                yield start, f"the code “{id}” ends {len(after)} times behind its beginning"
            else:
                yield from _agree(start, side[after[0]])


def _agree(start: Element, end: Element) -> Iterator[Breach]:
    for key in _ALIKE:
        if start.get(key, "yes") != end.get(key, "yes"):
            yield end, f"{key} is not alike at the code’s beginning and end"
    wanted = start.get("canReorder", "yes").replace("firstNo", "no")
    if end.get("canReorder", "yes") != wanted:
        yield end, f"canReorder of the code’s end must be “{wanted}”"


def ends_have_starts(unit: Unit) -> Iterator[Breach]:
    """An ``ec`` has the ``startRef`` of an ``sc`` before it, or is isolated and has an id."""
    for side in unit.sides():
        seen: set[str] = set()
        for one in side:
            if one.tag == f"{X}sc" and one.get("isolated") != "yes":
                seen.add(one.get("id", ""))
            if one.tag == f"{X}ec":
                yield from _end(one, seen)


def _end(end: Element, seen: set[str]) -> Iterator[Breach]:
    id, start = end.get("id"), end.get("startRef")
    if end.get("isolated") == "yes":
        if id is None or start is not None:
            yield end, "an isolated <ec> has an id, and no startRef"
    elif start is None or id is not None:
        yield end, "an <ec> that is not isolated has a startRef, and no id"
    elif start not in seen:
        yield end, f"no code “{start}” begins before its end"
    elif end.get("dir") is not None:
        yield end, "an <ec> has dir only when it is isolated"


def marks_end(unit: Unit) -> Iterator[Breach]:
    """Each ``sm`` has an ``em`` behind it, each ``em`` an ``sm`` before it, in its unit."""
    for side in unit.sides():
        seen: set[str] = set()
        ended = Counter(one.get("startRef", "") for one in side if one.tag == f"{X}em")
        for one in side:
            if one.tag == f"{X}sm":
                seen.add(id := one.get("id", ""))
                if not ended[id]:
                    yield one, f"the mark “{id}” does not end in its unit"
            elif one.tag == f"{X}em" and (start := one.get("startRef", "")) not in seen:
                yield one, f"no mark “{start}” begins before its end"


def copies(unit: Unit) -> Iterator[Breach]:
    """``copyOf`` is of a code without original data, that may be copied, in its unit."""
    known = {one.get("id"): one for one in (*unit.target, *unit.source) if one.tag in CODES}
    for code in _codes(unit):
        of = code.get("copyOf")
        if of is None:
            continue
        base = known.get(of)
        if base is None:
            yield code, f"copyOf leads to “{of}”, which is no code of its unit"
        elif base.get("canCopy") == "no":
            yield code, f"the code “{of}” may not be copied"
        if _data(code) or (base is not None and _data(base)):
            yield code, "copyOf is for codes that have no original data"


def _data(code: Element) -> bool:
    return any(key.startswith("dataRef") for key, _ in attributes(code))


def fixed_order(unit: Unit) -> Iterator[Breach]:
    """What may not be reordered may be neither copied nor deleted."""
    for code in _codes(unit):
        if code.get("canReorder", "yes") == "yes":
            continue
        if code.get("canCopy") != "no" or code.get("canDelete") != "no":
            yield code, f"canReorder “{code.get('canReorder')}” needs canCopy and canDelete “no”"


Event = tuple[str, str]


def sequences_begin(unit: Unit) -> Iterator[Breach]:
    """A sequence that may not be reordered begins with ``firstNo``."""
    for side in unit.sides():
        before = "yes"
        for code in (one for one in side if one.tag in CODES):
            here = code.get("canReorder", "yes")
            if here == "no" and before == "yes" and not _inside(code):
                yield code, "a code that may not be reordered follows none with “firstNo”"
            before = here


def _inside(code: Element) -> bool:
    """Whether a code ends one, or is within one, that begins a sequence."""
    if code.tag == f"{X}ec":
        return True
    return any(up.get("canReorder", "yes") != "yes" for up in code.iterancestors(f"{X}pc"))


def sequences_stay(unit: Unit) -> Iterator[Breach]:
    """A sequence that may not be reordered is in the target as it is in the source."""
    there = {one.get("id") for one in unit.target}
    target = dict(_sequences(unit.target))
    for first, sequence in _sequences(unit.source):
        if not all(id in there for _, id in sequence):
            continue
        if target.get(first) != sequence:
            found = next(one for one in unit.target if one.get("id") == first)
            yield found, f"the codes from “{first}” on are not in the order of the source"


def _sequences(side: tuple[Element, ...]) -> Iterator[tuple[str, list[Event]]]:
    """Yield each sequence by the id that it begins with: what begins and ends in it."""
    first, run, begun = "", list[Event](), set[str]()
    for kind, code in _events(side):
        reorder = code.get("canReorder", "yes")
        id = code.get("id") or code.get("startRef") or ""
        if kind == "end" and code.tag == f"{X}pc":
            run += [(kind, id)] if id in begun else []
        elif reorder == "firstNo" or (run and reorder != "no"):
            if run:
                yield first, run
            first, run = (id, [(kind, id)]) if reorder == "firstNo" else ("", [])
            begun = {id}
        elif run:
            run.append((kind, id))
            begun.add(id)
    if run:
        yield first, run


def _events(side: tuple[Element, ...]) -> Iterator[tuple[str, Element]]:
    """Yield codes as they begin and end."""
    open_: list[Element] = []
    for code in (one for one in side if one.tag in CODES):
        while open_ and open_[-1] not in code.iterancestors(f"{X}pc"):
            yield "end", open_.pop()
        yield ("end" if code.tag == f"{X}ec" else "begin"), code
        open_ += [code] if code.tag == f"{X}pc" else []
    yield from (("end", code) for code in reversed(open_))


def kept(unit: Unit) -> Iterator[Breach]:
    """A code that may not be deleted is in the translation."""
    ids = {one.get("id") for one in unit.target}
    ends = {one.get("startRef") for one in unit.target if one.tag == f"{X}ec"}
    paired = {one.get("id") for one in unit.target if one.tag == f"{X}pc"}
    translated = [part for part in unit.parts if part.find(f"{X}target") is not None]
    for part in translated:
        for code in part.iterfind(f"{X}source//*"):
            if code.tag not in CODES or code.get("canDelete") != "no":
                continue
            start = code.get("startRef")
            if (start not in ends | paired) if start else (code.get("id") not in ids):
                yield code, f"the code “{start or code.get('id')}” is not in the translation"


def target_ids(unit: Unit) -> Iterator[Breach]:
    """An id of the target is that of the same kind of code in the source, or is of no other."""
    source = {one.get("id"): _kind(one) for one in (*unit.parts, *unit.source)}
    seen: set[str] = set()
    for one in unit.target:
        id = one.get("id")
        if id is None:
            continue
        if id in seen:
            yield one, f"the code “{id}” is twice in the translation"
        elif source.get(id, _kind(one)) != _kind(one):
            yield one, f"the id “{id}” is of another kind of code in the source"
        seen.add(id)


def _kind(element: Element) -> str:
    return _KINDS.get(name(element), name(element))


def references(unit: Unit) -> Iterator[Breach]:
    """``dataRef`` leads to original data of its unit, ``subFlows`` to units of its file."""
    data = {item.get("id") for item in unit.element.iterfind(f"{X}originalData/{X}data")}
    for code in _codes(unit):
        for key, value in attributes(code):
            if key.startswith("dataRef") and value not in data:
                yield code, f"{key} leads to “{value}”, which is not there"
            for id in value.split() if key.startswith("subFlows") else ():
                if id not in unit.units:
                    yield code, f"{key} leads to the unit “{id}”, which is not there"


def both_ends(unit: Unit) -> Iterator[Breach]:
    """What a ``pc`` says of its beginning it says of its end too."""
    for code in _codes(unit):
        for key in ("dataRef", "subFlows", "equiv") if code.tag == f"{X}pc" else ():
            if (code.get(f"{key}Start") is None) is not (code.get(f"{key}End") is None):
                yield code, f"{key}Start and {key}End must come together"


def subtypes(unit: Unit) -> Iterator[Breach]:
    """``subType`` needs ``type``, and one that begins with ``xlf:`` the type that it is of."""
    for code in _codes(unit):
        sub, kind = code.get("subType"), code.get("type")
        if sub is not None and kind is None:
            yield code, "a subType stands without a type"
        elif (sub or "").startswith("xlf:") and sub not in _STANDARD.get(kind or "", ()):
            yield code, f"there is no subType “{sub}” of the type “{kind}”"


def code_points(unit: Unit) -> Iterator[Breach]:
    """``cp`` stands for what XML cannot hold, and for nothing else."""
    for one in unit.element.iter(f"{X}cp"):
        try:
            point = int(one.get("hex", ""), 16)
        except ValueError:
            continue  # the grammar has said so
        if not any(low <= point <= high for low, high in _INVALID):
            yield one, f"<cp> may not stand for U+{point:04X}, which XML can hold"


def own_attributes(unit: Unit) -> Iterator[Breach]:
    """A code has attributes of the core and of modules, and of nobody else."""
    for code in _codes(unit):
        for key, _ in attributes(code):
            if key.startswith("{") and not key.startswith(DEFINED):
                yield code, f"<{name(code)}> may have no attributes of others: {key}"


RULES = (
    Rule("extension", "4.9.1", own_attributes),
    Rule("pair", "4.2.3.4", starts_end),
    Rule("pair", "4.2.3.5", ends_have_starts),
    Rule("pair", "4.2.3.7 and 4.2.3.8", marks_end),
    Rule("copy", "4.3.1.8", copies),
    Rule("reorder", "4.7.2.6", fixed_order),
    Rule("reorder", "4.7.2.6", sequences_begin),
    Rule("reorder", "4.7.2.6", sequences_stay),
    Rule("code", "4.3.1.3", kept),
    Rule("id", "4.3.1.21", target_ids),
    Rule("reference", "4.3.1.9 and 4.3.1.32", references),
    Rule("pair", "4.3.1.11 and 4.3.1.34", both_ends),
    Rule("type", "4.3.1.36", subtypes),
    Rule("character", "4.2.3.1", code_points),
)
