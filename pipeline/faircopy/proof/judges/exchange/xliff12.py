"""XLIFF 1.2. Source: XLIFF 1.2 (OASIS Standard, 1 February 2008), sections 2 and 3.

The transitional form is read: it has all of the strict one, and what 1.1 had besides.
"""

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
_TOKEN = r"\S+"
_DATE = r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?"
_KEPT = {f"{XML}space": "default|preserve"}
_INLINE = r"((g|x|bx|ex|bpt|ept|ph|it|mrk) )*"
_STATE = (
    "final|needs-adaptation|needs-l10n|needs-review-adaptation|needs-review-l10n"
    "|needs-review-translation|needs-translation|new|signed-off|translated|x-.+"
)
_QUALIFIER = (
    "exact-match|fuzzy-match|id-match|leveraged-(glossary|inherited|mt|repository|tm)"
    "|mt-suggestion|rejected-(grammar|inaccurate|length|spelling)|tm-suggestion|x-.+"
)
_MARK = (
    "abbrev|abbreviated-form|abbreviation|acronym|appellation|collocation|common-name|datetime"
    "|equation|expanded-form|formula|head-term|initialism|international-scientific-term"
    "|internationalism|logical-expression|materials-management-unit|name|near-synonym|part-number"
    "|phrase|phraseological-unit|protected|romanized-form|seg|set-phrase|short-form|sku"
    "|standard-text|symbol|synonym|synonymous-phrase|term|transcribed-form|transliterated-form"
    "|truncated-term|variant|x-.+"
)
_SIZE = "byte|char|col|cm|dlgunit|em|ex|glyph|in|mm|percent|pixel|point|row|x-.+"
_PAIRED, _POINT = "bold|italic|underlined|link|x-.+", "image|pb|lb|x-.+"
_COORD = r"((-?\d+|#);){3}(-?\d+|#)"
_TYPED = {"ts": TEXT, "restype": _TOKEN, "resname": TEXT}
_LOOK = {"coord": _COORD, "font": TEXT, "css-style": TEXT, "style": _TOKEN, "exstyle": _TOKEN}
_MENU = {
    **dict.fromkeys(("extradata", "extype", "menu", "menu-option", "menu-name"), TEXT),
    "help-id": _TOKEN,
}
_ROOM = {
    **{f"{end}{key}": _TOKEN for key in ("width", "height", "bytes") for end in ("max", "min")},
    "size-unit": _SIZE,
    "charclass": TEXT,
}
_TOLD = {"datatype": _TOKEN, **_KEPT, **_TYPED}
_PLACED = {"translate": YES_NO, "reformat": TEXT, **_TOLD}
_PHASE = {"phase-name": TEXT}
_CODE = {"xid": TEXT, "equiv-text": TEXT, "ts": TEXT}
_CLONED = {"clone": YES_NO, **_CODE}
_NATIVE = {"crc": TEXT, **_CODE}
_RID = {"rid": _TOKEN}
_ID = {"id": TEXT}
_TARGET = {"state": _STATE, "state-qualifier": _QUALIFIER, "phase-name": _TOKEN}
_SEGMENT = {f"{XML}lang": LANG, "ts": TEXT, **_KEPT}
_AFTER = r"((context-group|count-group|prop-group|note{more}) )*"
_FILE = {"tool": TEXT, "tool-id": TEXT, "date": _DATE}
_HELD = "(internal-file|external-file) "


def _text(may: dict[str, str], must: dict[str, str] | None = None, *, open: bool = True) -> Shape:
    return Shape(_INLINE, must or {}, may, text=True, open=open)


def _native(must: dict[str, str], may: dict[str, str]) -> Shape:
    return Shape("(sub )*", must, may, text=True, open=False)


_SHAPES = {
    "xliff": Shape("(file )+", {"version": r"1\.2"}, {f"{XML}lang": LANG}, foreign=True),
    "file": Shape(
        "(header )?body ",
        {"original": TEXT, "source-language": LANG, "datatype": _TOKEN},
        {
            **dict.fromkeys(("category", "product-name", "product-version", "build-num"), TEXT),
            "target-language": LANG,
            "ts": TEXT,
            **_FILE,
            **_KEPT,
        },
    ),
    "header": Shape(
        r"(skl )?(phase-group )?((glossary|reference|count-group|prop-group|note|tool) )*",
        foreign=True,
        open=False,
    ),
    **dict.fromkeys(("skl", "glossary", "reference"), Shape(f"({_HELD})?", text=True, open=False)),
    "internal-file": Shape("", {}, {"form": TEXT, "crc": _TOKEN}, text=True, open=False),
    "external-file": Shape("", {"href": TEXT}, {"crc": _TOKEN, "uid": _TOKEN}, open=False),
    "phase-group": Shape("(phase )+", open=False),
    "phase": Shape(
        "(note )*",
        {"phase-name": TEXT, "process-name": TEXT},
        {
            **{f"contact-{key}": TEXT for key in ("name", "email", "phone")},
            "company-name": TEXT,
            "job-id": TEXT,
            **_FILE,
        },
        open=False,
    ),
    "count-group": Shape("(count )*", {"name": TEXT}, open=False),
    "count": Shape(
        "",
        {},
        {"count-type": r"num-usages|repetition|total|(x-|[\w-]+).*", "unit": TEXT, **_PHASE},
        text=True,
        open=False,
    ),
    "context-group": Shape(
        "(context )+", {}, {"name": TEXT, "crc": _TOKEN, "purpose": TEXT}, open=False
    ),
    "context": Shape(
        "",
        {"context-type": _TOKEN},
        {"match-mandatory": YES_NO, "crc": _TOKEN},
        text=True,
        open=False,
    ),
    "prop-group": Shape("(prop )+", {}, {"name": TEXT}, open=False),
    "prop": Shape("", {"prop-type": TEXT}, {f"{XML}lang": LANG}, text=True, open=False),
    "tool": Shape(
        "",
        {"tool-id": TEXT, "tool-name": TEXT},
        {"tool-version": TEXT, "tool-company": TEXT},
        text=True,
        foreign=True,
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
        open=False,
    ),
    "body": Shape("((group|trans-unit|bin-unit) )*", open=False),
    "group": Shape(
        r"(context-group )*(count-group )*(prop-group )*(note )*((group|trans-unit|bin-unit) )*",
        {},
        {**_ID, "merged-trans": YES_NO, **_PLACED, **_MENU, **_LOOK, **_ROOM},
        foreign=True,
    ),
    "trans-unit": Shape(
        rf"source (seg-source )?(target )?{_AFTER.format(more='|alt-trans')}",
        _ID,
        {"approved": YES_NO, **_PHASE, **_PLACED, **_MENU, **_LOOK, **_ROOM},
        foreign=True,
    ),
    "source": _text(_SEGMENT),
    "seg-source": _text(_SEGMENT),
    "target": _text({**_TARGET, "equiv-trans": YES_NO, **_TYPED, **_LOOK, **_SEGMENT}),
    "alt-trans": Shape(
        r"(source )?(seg-source )?(target )+(context-group )*(prop-group )*(note )*",
        {},
        {
            **dict.fromkeys(("match-quality", "origin", "tool", "tool-id"), TEXT),
            "mid": _TOKEN,
            "crc": _TOKEN,
            f"{XML}lang": LANG,
            "phase-name": _TOKEN,
            "alttranstype": "proposal|previous-version|rejected|reference|accepted|x-.+",
            **_PLACED,
            **_MENU,
            **_LOOK,
        },
        foreign=True,
    ),
    "bin-unit": Shape(
        rf"bin-source (bin-target )?{_AFTER.format(more='|trans-unit')}",
        {**_ID, "mime-type": TEXT},
        {"approved": YES_NO, "translate": YES_NO, "reformat": TEXT, **_PHASE, **_TYPED},
        foreign=True,
    ),
    "bin-source": Shape(_HELD, {}, {"ts": TEXT}),
    "bin-target": Shape(_HELD, {}, {"mime-type": TEXT, **_TARGET, **_TYPED}),
    "g": _text({"ctype": _PAIRED, **_CLONED}, _ID, open=False),
    "x": Shape("", _ID, {"ctype": _POINT, **_CLONED}, open=False),
    "bx": Shape("", _ID, {"ctype": _PAIRED, **_RID, **_CLONED}, open=False),
    "ex": Shape("", _ID, {**_RID, **_CODE}, open=False),
    "bpt": _native(_ID, {"ctype": _PAIRED, **_RID, **_NATIVE}),
    "ept": _native(_ID, {**_RID, **_NATIVE}),
    "ph": _native(_ID, {"ctype": _POINT, "assoc": "preceding|following|both", **_NATIVE}),
    "it": _native({**_ID, "pos": "open|close"}, {"ctype": _PAIRED, **_RID, **_NATIVE}),
    "sub": _text({"datatype": _TOKEN, "ctype": _PAIRED, "xid": TEXT}, open=False),
    "mrk": _text({"mid": _TOKEN, "comment": TEXT, "ts": TEXT}, {"mtype": _MARK}),
}
_GRAMMAR = Grammar(_SPACE, _SHAPES, frozenset({"trans-unit"}))
_CODES = tuple(f"{_X}{name}" for name in ("g", "x", "bx", "ex", "bpt", "ept", "ph", "it"))
_SIDES = tuple(f"{_X}{name}" for name in ("source", "seg-source", "target"))


def faults(root: Element) -> Iterator[Fault]:
    """Yield what is wrong with a document of XLIFF 1.2."""
    yield from _GRAMMAR.faults(root)
    for file in root.iter(f"{_X}file"):
        units = file.iter(f"{_X}trans-unit", f"{_X}bin-unit")
        yield from repeated(_GRAMMAR, units, "sentences")
        yield from repeated(_GRAMMAR, file.iter(f"{_X}group"), "groups")
        yield from repeated(_GRAMMAR, file.iter(f"{_X}context-group"), "contexts", "name")
        yield from _named(file)
        targets = next(file.iter(f"{_X}target"), None)
        if targets is not None and file.get("target-language") is None:
            said = "there are targets, but no target-language"
            yield _GRAMMAR.fault("language", said, file, ours=True)
        for unit in file.iter(f"{_X}trans-unit"):
            yield from _marks(unit)
            yield from _unit(unit)
    for side in root.iter(*_SIDES):
        yield from _pairs(side)


def _named(file: Element) -> Iterator[Fault]:
    """A phase and a tool that something names are in the header (2.3, phase-name, tool-id)."""
    for name, key in (("phase", "phase-name"), ("tool", "tool-id")):
        known = {one.get(key) for one in file.iterfind(f"{_X}header//{_X}{name}")}
        for one in file.iter(f"{_X}*"):
            value = one.get(key)
            if value is not None and value not in known:
                yield _GRAMMAR.fault("reference", f"there is no {name} “{value}”", one)


def _marks(unit: Element) -> Iterator[Fault]:
    """Segments of the source are numbered, and those of a target are among them (2.5)."""
    for place in (unit, *unit.iterchildren(f"{_X}alt-trans")):
        segmented = place.find(f"{_X}seg-source")
        if segmented is None:
            continue
        yield from repeated(_GRAMMAR, _segments(segmented), "segments of a sentence", "mid")
        known = {mark.get("mid") for mark in _segments(segmented)}
        for target in place.iterchildren(f"{_X}target"):
            for mark in _segments(target):
                if mark.get("mid") not in known:
                    said = f"the segment “{mark.get('mid')}” is not in the source"
                    yield _GRAMMAR.fault("reference", said, mark)


def _segments(side: Element) -> Iterator[Element]:
    return (mark for mark in side.iter(f"{_X}mrk") if mark.get("mtype") == "seg")


def _pairs(side: Element) -> Iterator[Fault]:
    """What begins a pair has a number of its own, and what ends one has that of one (2.4)."""
    for start, end in (("bpt", "ept"), ("bx", "ex")):
        yield from repeated(_GRAMMAR, side.iter(f"{_X}{start}"), f"the <{start}> of a text", "rid")
        known = {one.get("rid") for one in side.iter(f"{_X}{start}")}
        for one in side.iter(f"{_X}{end}"):
            if one.get("rid") is not None and one.get("rid") not in known:
                said = f"<{end}> ends “{one.get('rid')}”, which does not begin"
                yield _GRAMMAR.fault("pair", said, one)


def _unit(unit: Element) -> Iterator[Fault]:
    source, target = unit.find(f"{_X}source"), unit.find(f"{_X}target")
    if source is None:
        return
    if target is None or not (target.text or len(target)):
        return
    wanted = Counter((code.tag, code.get("id")) for code in source.iter(*_CODES))
    there = Counter((code.tag, code.get("id")) for code in target.iter(*_CODES))
    for (_, name), number in ((wanted - there) + (there - wanted)).items():
        said = f"the code “{name}” is not alike in source and target ({number})"
        yield _GRAMMAR.fault("code", said, unit, ours=True)
