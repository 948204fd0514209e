"""XLIFF 1.2. Source: XLIFF 1.2 (OASIS Standard, 1 February 2008), sections 2 and 3."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from faircopy.proof.extractors.archive import Element
from faircopy.proof.judges.exchange.grammar import (
    LANG,
    TEXT,
    XML,
    YES_NO,
    Fault,
    Grammar,
    Shape,
    repeated,
)

_SPACE = "urn:oasis:names:tc:xliff:document:1.2"
ROOT = f"{{{_SPACE}}}xliff"
_X = f"{{{_SPACE}}}"
_TOKEN = r"[^\s]+"
_KEPT = {f"{XML}space": "default|preserve"}
_INLINE = r"((g|x|bx|ex|bpt|ept|ph|it|mrk) )*"
_STATE = (
    "final|needs-adaptation|needs-l10n|needs-review-adaptation|needs-review-l10n"
    "|needs-review-translation|needs-translation|new|signed-off|translated|x-.+"
)
_CTYPE = "bold|italic|underlined|link|image|pb|lb|x-.+"
_CODE = {
    "ctype": _CTYPE,
    "clone": YES_NO,
    "xid": _TOKEN,
    "equiv-text": TEXT,
    "ts": TEXT,
    "assoc": "preceding|following|both",
    "crc": TEXT,
}
_RID = {"rid": _TOKEN, **_CODE}
_SEGMENT = {f"{XML}lang": LANG, "ts": TEXT, **_KEPT}
_BELOW = r"((context-group|count-group|prop-group|note|alt-trans) )*"
_ABOUT = r"((context-group|count-group|prop-group|note) )*"
_ANY = Shape(r"(\S+ )*", {}, {}, text=True, foreign=True)

_GRAMMAR = Grammar(
    _SPACE,
    {
        "xliff": Shape("(file )+", {"version": r"1\.2"}, {f"{XML}lang": LANG}, foreign=True),
        "file": Shape(
            "(header )?body ",
            {"original": TEXT, "source-language": LANG, "datatype": _TOKEN},
            {
                "target-language": LANG,
                "tool-id": _TOKEN,
                "date": _TOKEN,
                "category": TEXT,
                "product-name": TEXT,
                "product-version": TEXT,
                "build-num": TEXT,
                "ts": TEXT,
                **_KEPT,
            },
        ),
        "header": Shape(
            r"(skl )?(phase-group )?((glossary|reference|count-group|prop-group|note|tool) )*",
            foreign=True,
        ),
        "body": Shape("((group|trans-unit|bin-unit) )*"),
        "group": Shape(
            rf"{_ABOUT}((group|trans-unit|bin-unit) )*",
            {},
            {
                "id": _TOKEN,
                "resname": TEXT,
                "restype": _TOKEN,
                "datatype": _TOKEN,
                "translate": YES_NO,
                **_KEPT,
            },
            foreign=True,
        ),
        "trans-unit": Shape(
            rf"source (seg-source )?(target )?{_BELOW}",
            {"id": _TOKEN},
            {
                "approved": YES_NO,
                "translate": YES_NO,
                "resname": TEXT,
                "restype": _TOKEN,
                "datatype": _TOKEN,
                "maxwidth": r"\d+",
                "size-unit": _TOKEN,
                **_KEPT,
            },
            foreign=True,
        ),
        "source": Shape(_INLINE, {}, _SEGMENT, text=True),
        "seg-source": Shape(_INLINE, {}, _SEGMENT, text=True),
        "target": Shape(
            _INLINE,
            {},
            {"state": _STATE, "state-qualifier": _TOKEN, "phase-name": TEXT, **_SEGMENT},
            text=True,
        ),
        "note": Shape(
            "",
            {},
            {
                f"{XML}lang": LANG,
                "from": TEXT,
                "priority": "[1-9]|10",
                "annotates": "source|target|general",
            },
            text=True,
        ),
        "alt-trans": Shape(
            rf"(source )?(seg-source )?(target )+{_ABOUT}",
            {},
            {"mid": _TOKEN, "match-quality": TEXT, "origin": TEXT, f"{XML}lang": LANG, **_KEPT},
            foreign=True,
        ),
        "g": Shape(_INLINE, {"id": _TOKEN}, _CODE, text=True),
        "x": Shape("", {"id": _TOKEN}, _CODE),
        "bx": Shape("", {"id": _TOKEN}, _RID),
        "ex": Shape("", {"id": _TOKEN}, {"rid": _TOKEN, "xid": _TOKEN, "equiv-text": TEXT}),
        "bpt": Shape("(sub )*", {"id": _TOKEN}, _RID, text=True),
        "ept": Shape("(sub )*", {"id": _TOKEN}, {"rid": _TOKEN, "xid": _TOKEN}, text=True),
        "ph": Shape("(sub )*", {"id": _TOKEN}, _CODE, text=True),
        "it": Shape("(sub )*", {"id": _TOKEN, "pos": "open|close"}, _RID, text=True),
        "sub": Shape(_INLINE, {}, {"datatype": _TOKEN, "ctype": _CTYPE}, text=True),
        "mrk": Shape(
            _INLINE, {"mtype": _TOKEN}, {"mid": _TOKEN, "comment": TEXT, "ts": TEXT}, text=True
        ),
        **dict.fromkeys(
            ("skl", "phase-group", "phase", "glossary", "reference", "tool", "bin-unit"), _ANY
        ),
        **dict.fromkeys(
            ("context-group", "context", "count-group", "count", "prop-group", "prop"), _ANY
        ),
    },
    frozenset({"trans-unit"}),
)
_CODES = tuple(f"{_X}{name}" for name in ("g", "x", "bx", "ex", "bpt", "ept", "ph", "it"))


def faults(root: Element) -> Iterator[Fault]:
    """Yield what is wrong with a document of XLIFF 1.2."""
    yield from _GRAMMAR.faults(root)
    for file in root.iter(f"{_X}file"):
        yield from repeated(_GRAMMAR, file.iter(f"{_X}trans-unit"), "sentences")
        targets = next(file.iter(f"{_X}target"), None)
        if targets is not None and file.get("target-language") is None:
            yield _GRAMMAR.fault("language", "there are targets, but no target-language", file)
        for unit in file.iter(f"{_X}trans-unit"):
            yield from _unit(unit)


def _unit(unit: Element) -> Iterator[Fault]:
    source, target = unit.find(f"{_X}source"), unit.find(f"{_X}target")
    if source is None:
        return
    yield from repeated(_GRAMMAR, source.iter(*_CODES), "codes of a sentence")
    if target is None or not (target.text or len(target)):
        return
    wanted = Counter((code.tag, code.get("id")) for code in source.iter(*_CODES))
    there = Counter((code.tag, code.get("id")) for code in target.iter(*_CODES))
    for (_, name), number in ((wanted - there) + (there - wanted)).items():
        said = f"the code “{name}” is not alike in source and target ({number})"
        yield _GRAMMAR.fault("code", said, unit)
