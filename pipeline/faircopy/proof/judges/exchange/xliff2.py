"""XLIFF 2.0, 2.1 and 2.2: the grammar of the core, and all rules that a document is held to.

Source: XLIFF Version 2.1 (OASIS Standard, 13 February 2018), chapter 4; what 2.2 (Committee
Specification 01, 13 March 2025) adds is `_TWO_TWO`. Its namespace is another; a document of it is
read as if it had that of 2.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from faircopy.proof.extractors.archive import Element
from faircopy.proof.judges.exchange import xliff2_codes, xliff2_module_rules, xliff2_text
from faircopy.proof.judges.exchange.grammar import (
    LANG,
    NMTOKEN,
    TEXT,
    XML,
    YES_NO,
    Fault,
    Grammar,
    Shape,
    repeated,
)
from faircopy.proof.judges.exchange.xliff2_modules import MDA
from faircopy.proof.judges.exchange.xliff2_unit import CORE, X, broken, of

_LATER = "{urn:oasis:names:tc:xliff:document:2.2}"
ROOTS = (f"{X}xliff", f"{_LATER}xliff")
_IRI = r"\S+"
_OWN = r"[^\s:]+:[^\s:]+"
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
    "subType": _OWN,
}
_SPAN = {"canOverlap": YES_NO, "dir": _DIR}
_POINT = {"disp": TEXT, "equiv": TEXT, "dataRef": NMTOKEN, "subFlows": rf"{NMTOKEN}( {NMTOKEN})*"}
_PAIR = {f"{key}{end}": value for key, value in _POINT.items() for end in ("Start", "End")}
_MARK = {"translate": YES_NO, "type": rf"generic|comment|term|{_OWN}", "ref": _IRI, "value": TEXT}
_ID = {"id": NMTOKEN}

_GRAMMAR = Grammar(
    CORE,
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
        "skeleton": Shape("", {}, {"href": _IRI}, text=True, foreign=True, open=False),
        "group": Shape(
            rf"{_NOTE_BEFORE}((unit|group) )*",
            _ID,
            {"name": TEXT, "type": _OWN, **_UNITS},
            foreign=True,
        ),
        "unit": Shape(
            rf"{_NOTE_BEFORE}(originalData )?(ignorable )*segment ((segment|ignorable) )*",
            _ID,
            {"name": TEXT, "type": _OWN, **_UNITS},
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
            open=False,
        ),
        "ignorable": Shape("source (target )?", {}, _ID, open=False),
        "notes": Shape("(note )+", open=False),
        "note": Shape(
            "",
            {},
            {**_ID, "appliesTo": "source|target", "category": TEXT, "priority": "[1-9]|10"},
            text=True,
        ),
        "originalData": Shape("(data )+", open=False),
        "data": Shape(
            "(cp )*", _ID, {"dir": _DIR, f"{XML}space": "preserve"}, text=True, open=False
        ),
        "source": Shape(_INLINE, {}, {f"{XML}lang": LANG, **_SPACE}, text=True, open=False),
        "target": Shape(
            _INLINE,
            {},
            {f"{XML}lang": LANG, "order": r"[1-9]\d*", **_SPACE},
            text=True,
            open=False,
        ),
        "cp": Shape("", {"hex": "[0-9A-Fa-f]{4,6}"}, open=False),
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
        "em": Shape("", {"startRef": NMTOKEN}, open=False),
    },
    frozenset({"unit"}),
)
_TWO_TWO = Grammar(
    CORE,
    {
        **_GRAMMAR.shapes,
        "xliff": Shape(
            "(notes )?(file )+",
            {"version": r"2\.2", "srcLang": LANG},
            {"trgLang": LANG, **_SPACE},
            foreign=True,
        ),
        "note": Shape("", {}, {**_GRAMMAR.shapes["note"].may, "ref": _IRI}, text=True),
    },
    _GRAMMAR.units,
)
"""Notes of the whole document, and notes that refer to something."""
_UNIT_RULES = (*xliff2_text.RULES, *xliff2_codes.RULES, *xliff2_module_rules.RULES)


def faults(root: Element) -> Iterator[Fault]:
    """Yield what is wrong with a document of XLIFF 2."""
    grammar = _TWO_TWO if root.tag == ROOTS[1] else _GRAMMAR
    for element in root.iter(f"{_LATER}*"):
        element.tag = element.tag.replace(_LATER, X)
    yield from grammar.faults(root)
    yield from _beside_files(root, grammar)
    yield from xliff2_module_rules.faults(root, grammar)
    yield from xliff2_text.containers(root, grammar)
    yield from repeated(grammar, root.iter(f"{X}file"), "files")
    if root.get("trgLang") is None and next(_targets(root), None) is not None:
        yield grammar.fault("language", "there are targets, but no trgLang", root)
    for file in root.iter(f"{X}file"):
        yield from repeated(grammar, file.iter(f"{X}unit"), "units")
        yield from repeated(grammar, file.iter(f"{X}group"), "groups")
        names = frozenset(unit.get("id", "") for unit in file.iter(f"{X}unit"))
        for element in file.iter(f"{X}unit"):
            unit = of(element, file, names)
            named = (*unit.parts, *unit.source)
            yield from repeated(grammar, iter(named), "segments and codes of a unit")
            yield from repeated(grammar, _data(element), "original data")
            yield from broken(_UNIT_RULES, unit, grammar)


def _beside_files(root: Element, grammar: Grammar) -> Iterator[Fault]:
    """Only metadata of the whole document stands beside its files (XLIFF 2.2, 4.2.2.1)."""
    if grammar.shapes["xliff"].foreign:
        for one in root.iterchildren(etree.Element):
            if not one.tag.startswith(X) and one.tag != f"{{{MDA}}}metadata":
                yield grammar.fault("extension", "only metadata may stand beside files", one)


def _data(unit: Element) -> Iterator[Element]:
    return unit.iterfind(f"{X}originalData/{X}data")


def _targets(root: Element) -> Iterator[Element]:
    """The translations, without those that are only offered."""
    for name in ("segment", "ignorable"):
        for segment in root.iter(f"{X}{name}"):
            yield from segment.iterchildren(f"{X}target")
