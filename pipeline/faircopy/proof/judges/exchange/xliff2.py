"""XLIFF 2.0 and 2.1: the core and the module of translation candidates.

Source: XLIFF Version 2.1 (OASIS Standard, 13 February 2018), chapters 4 and 5.1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from faircopy.proof.extractors.archive import Element
from faircopy.proof.judges.exchange.grammar import (
    LANG,
    NMTOKEN,
    TEXT,
    XML,
    YES_NO,
    Fault,
    Grammar,
    Shape,
    attributes,
    repeated,
)

_CORE = "urn:oasis:names:tc:xliff:document:2.0"
_MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
ROOT = f"{{{_CORE}}}xliff"
_X, _M = f"{{{_CORE}}}", f"{{{_MATCHES}}}"
_IRI = r"\S+"
_DIR = "ltr|rtl|auto"
_SPACE = {f"{XML}space": "default|preserve"}
_INLINE = r"((cp|ph|pc|sc|ec|mrk|sm|em) )*"
_NOTE_BEFORE = r"(notes )?"
_UNITS = {
    "canResegment": YES_NO,
    "translate": YES_NO,
    "srcDir": _DIR,
    "trgDir": _DIR,
    **_SPACE,
}
_EDIT = {
    "canCopy": YES_NO,
    "canDelete": YES_NO,
    "canReorder": "yes|firstNo|no",
    "copyOf": NMTOKEN,
    "type": "fmt|ui|quote|link|image|other",
    "subType": r"[^\s:]+:\S+",
}
_SPAN = {"canOverlap": YES_NO, "dir": _DIR}
_POINT = {"disp": TEXT, "equiv": TEXT, "dataRef": NMTOKEN, "subFlows": rf"{NMTOKEN}( {NMTOKEN})*"}
_PAIR = {f"{key}{end}": value for key, value in _POINT.items() for end in ("Start", "End")}
_MARK = {"translate": YES_NO, "type": r"\S+", "ref": _IRI, "value": TEXT}
_ID = {"id": NMTOKEN}

_GRAMMAR = Grammar(
    _CORE,
    {
        "xliff": Shape(
            "(file )+", {"version": r"2\.[01]", "srcLang": LANG}, {"trgLang": LANG, **_SPACE}
        ),
        "file": Shape(
            rf"(skeleton )?{_NOTE_BEFORE}((unit|group) )+",
            _ID,
            {"original": _IRI, **_UNITS},
            foreign=True,
        ),
        "skeleton": Shape("", {}, {"href": _IRI}, text=True, foreign=True),
        "group": Shape(
            rf"{_NOTE_BEFORE}((unit|group) )*",
            _ID,
            {"name": TEXT, "type": r"[^\s:]+:\S+", **_UNITS},
            foreign=True,
        ),
        "unit": Shape(
            rf"{_NOTE_BEFORE}(originalData )?(ignorable )*segment ((segment|ignorable) )*",
            _ID,
            {"name": TEXT, "type": r"[^\s:]+:\S+", **_UNITS},
            foreign=True,
        ),
        "segment": Shape(
            "source (target )?",
            {},
            {
                **_ID,
                "canResegment": YES_NO,
                "state": "initial|translated|reviewed|final",
                "subState": r"[^\s:]+:\S+",
            },
        ),
        "ignorable": Shape("source (target )?", {}, _ID),
        "notes": Shape("(note )+"),
        "note": Shape(
            "",
            {},
            {**_ID, "appliesTo": "source|target", "category": TEXT, "priority": "[1-9]|10"},
            text=True,
        ),
        "originalData": Shape("(data )+"),
        "data": Shape("(cp )*", _ID, {"dir": _DIR, **_SPACE}, text=True),
        "source": Shape(_INLINE, {}, {f"{XML}lang": LANG, **_SPACE}, text=True),
        "target": Shape(
            _INLINE, {}, {f"{XML}lang": LANG, "order": r"[1-9]\d*", **_SPACE}, text=True
        ),
        "cp": Shape("", {"hex": "[0-9A-Fa-f]{4,6}"}),
        "ph": Shape("", _ID, {**_EDIT, **_POINT}),
        "pc": Shape(_INLINE, _ID, {**_EDIT, **_SPAN, **_PAIR}, text=True),
        "sc": Shape("", _ID, {"isolated": YES_NO, **_EDIT, **_SPAN, **_POINT}),
        "ec": Shape(
            "",
            {},
            {"id": NMTOKEN, "startRef": NMTOKEN, "isolated": YES_NO, **_EDIT, **_SPAN, **_POINT},
        ),
        "mrk": Shape(_INLINE, _ID, _MARK, text=True),
        "sm": Shape("", _ID, _MARK),
        "em": Shape("", {"startRef": NMTOKEN}),
    },
    frozenset({"unit"}),
)
_PERCENT = r"\d{1,2}(\.\d+)?|100(\.0+)?"
_CANDIDATES = Grammar(
    _MATCHES,
    {
        "matches": Shape("(match )+"),
        "match": Shape(
            "",
            {"ref": _IRI},
            {
                **_ID,
                "matchQuality": _PERCENT,
                "matchSuitability": _PERCENT,
                "similarity": _PERCENT,
                "origin": TEXT,
                "reference": YES_NO,
                "type": "am|mt|icm|idm|tb|tm|other",
                "subType": r"[^\s:]+:\S+",
            },
            foreign=True,
        ),
    },
    frozenset(),
)
_CODES = ("ph", "pc", "sc", "ec", "mrk", "sm")


def faults(root: Element) -> Iterator[Fault]:
    """Yield what is wrong with a document of XLIFF 2."""
    yield from _GRAMMAR.faults(root)
    yield from _CANDIDATES.faults(root)
    yield from repeated(_GRAMMAR, root.iter(f"{_X}file"), "files")
    if root.get("trgLang") is None and next(_targets(root), None) is not None:
        yield _GRAMMAR.fault("language", "there are targets, but no trgLang", root)
    for target in _targets(root):
        lang = target.get(f"{XML}lang")
        if lang is not None and lang != root.get("trgLang"):
            yield _GRAMMAR.fault("language", f"a target is in {lang}", target)
    for file in root.iter(f"{_X}file"):
        yield from repeated(_GRAMMAR, file.iter(f"{_X}unit"), "units")
        yield from repeated(_GRAMMAR, file.iter(f"{_X}group"), "groups")
        names = {unit.get("id") for unit in file.iter(f"{_X}unit")}
        for unit in file.iter(f"{_X}unit"):
            yield from _unit(unit, names)


def _targets(root: Element) -> Iterator[Element]:
    """The translations, without those that are only offered."""
    for name in ("segment", "ignorable"):
        for segment in root.iter(f"{_X}{name}"):
            yield from segment.iterchildren(f"{_X}target")


def _unit(unit: Element, units: set[str | None]) -> Iterator[Fault]:
    parts = [part for part in unit if part.tag in (f"{_X}segment", f"{_X}ignorable")]
    sources = [part.find(f"{_X}source") for part in parts]
    codes = [code for source in sources if source is not None for code in _codes(source)]
    yield from repeated(_GRAMMAR, iter([*parts, *codes]), "segments and codes of a unit")
    yield from repeated(_GRAMMAR, unit.iterfind(f"{_X}originalData/{_X}data"), "original data")
    data = {item.get("id") for item in unit.iterfind(f"{_X}originalData/{_X}data")}
    every = [*codes, *(code for part in parts for code in _codes(part.find(f"{_X}target")))]
    for code in every:
        for key, value in attributes(code):
            if key.startswith("dataRef") and value not in data:
                said = f"{key} leads to “{value}”, which is not there"
                yield _GRAMMAR.fault("reference", said, code)
            for name in value.split() if key.startswith("subFlows") else ():
                if name not in units:
                    said = f"{key} leads to the unit “{name}”, which is not there"
                    yield _GRAMMAR.fault("reference", said, code)
        if code.get("subType") and not code.get("type"):
            yield _GRAMMAR.fault("type", "a subType stands without a type", code)
    for part in parts:
        yield from _translation(part)
    names = {f"#{item.get('id')}" for item in (*parts, *codes)}
    for match in unit.iterfind(f"{_M}matches/{_M}match"):
        if match.get("ref") not in names:
            said = f"a candidate is for “{match.get('ref')}”, which is not there"
            yield _GRAMMAR.fault("reference", said, match)


def _codes(content: Element | None) -> Iterator[Element]:
    if content is not None:
        yield from content.iter(*(f"{_X}{name}" for name in _CODES))


def _translation(part: Element) -> Iterator[Fault]:
    """A code that may not be deleted or copied is in the translation just once."""
    target = part.find(f"{_X}target")
    if part.get("subState") and not part.get("state"):
        yield _GRAMMAR.fault("type", "a subState stands without a state", part)
    if target is None or part.get("state", "initial") == "initial":
        return
    there = Counter(code.get("id") for code in _codes(target))
    for code in _codes(part.find(f"{_X}source")):
        if code.get("canDelete") == "no" and not there[code.get("id")]:
            said = f"the code “{code.get('id')}” is not in the translation"
            yield _GRAMMAR.fault("code", said, part)
    for name, number in there.items():
        if number > 1:
            yield _GRAMMAR.fault("code", f"the code “{name}” is {number} times there", part)
