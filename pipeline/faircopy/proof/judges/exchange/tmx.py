"""TMX 1.4b. Source: TMX 1.4b Specification (LISA OSCAR, 26 April 2005), sections 3 and 4."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from faircopy.proof.extractors.archive import Element
from faircopy.proof.judges.exchange.grammar import LANG, TEXT, XML, Fault, Grammar, Shape

ROOT = "tmx"
_DATE = r"\d{4}-?\d\d-?\d\d(T\d\d:?\d\d(:?\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?"
"""ISO 8601; the form without hyphens is recommended only (4.2, creationdate)."""
_SEGTYPE = "block|paragraph|sentence|phrase"
_SOURCE = rf"{LANG}|\*all\*"
_INLINE = r"((bpt|ept|ph|it|hi|ut) )*"
_WHO = {
    "o-encoding": TEXT,
    "creationdate": _DATE,
    "creationid": TEXT,
    "changedate": _DATE,
    "changeid": TEXT,
}
_USE = {
    "datatype": TEXT,
    "usagecount": r"\d+",
    "lastusagedate": _DATE,
    "creationtool": TEXT,
    "creationtoolversion": TEXT,
    "o-tmf": TEXT,
    **_WHO,
}
_LANG = {f"{XML}lang": LANG, "lang": LANG, "o-encoding": TEXT}
_ASIDE = r"((note|prop) )*"

_GRAMMAR = Grammar(
    "",
    {
        "tmx": Shape("header body ", {"version": r"1\.[1-4]"}),
        "header": Shape(
            r"((note|prop|ude) )*",
            {
                "creationtool": TEXT,
                "creationtoolversion": TEXT,
                "segtype": _SEGTYPE,
                "o-tmf": TEXT,
                "adminlang": LANG,
                "srclang": _SOURCE,
                "datatype": TEXT,
            },
            _WHO,
        ),
        "body": Shape("(tu )*"),
        "tu": Shape(
            rf"{_ASIDE}(tuv )+",
            {},
            {"tuid": r"\S+", "segtype": _SEGTYPE, "srclang": _SOURCE, **_USE},
        ),
        "tuv": Shape(rf"{_ASIDE}seg ", {}, {f"{XML}lang": LANG, "lang": LANG, **_USE}),
        "seg": Shape(_INLINE, text=True),
        "note": Shape("", {}, _LANG, text=True),
        "prop": Shape("", {"type": TEXT}, _LANG, text=True),
        "ude": Shape("(map )+", {"name": TEXT}, {"base": TEXT}),
        "map": Shape(
            "", {"unicode": r"#x[0-9A-Fa-f]+"}, {"code": TEXT, "ent": TEXT, "subst": TEXT}
        ),
        "bpt": Shape("(sub )*", {"i": r"\d+"}, {"x": r"\d+", "type": TEXT}, text=True),
        "ept": Shape("(sub )*", {"i": r"\d+"}, text=True),
        "ph": Shape("(sub )*", {}, {"x": r"\d+", "type": TEXT, "assoc": "p|f|b"}, text=True),
        "it": Shape("(sub )*", {"pos": "begin|end"}, {"x": r"\d+", "type": TEXT}, text=True),
        "hi": Shape(_INLINE, {}, {"x": r"\d+", "type": TEXT}, text=True),
        "ut": Shape("(sub )*", {}, {"x": r"\d+"}, text=True),
        "sub": Shape(_INLINE, {}, {"datatype": TEXT, "type": TEXT}, text=True),
    },
    frozenset(),
)


def faults(root: Element) -> Iterator[Fault]:
    """Yield what is wrong with a memory."""
    yield from _GRAMMAR.faults(root)
    yield from _bases(root)
    header = root.find("header")
    usual = header.get("srclang", "*all*") if header is not None else "*all*"
    for unit in root.iter("tu"):
        wanted = unit.get("srclang", usual).lower()
        langs = [_lang(item) for item in unit.iter("tuv")]
        for item in unit.iter("tuv"):
            if not _lang(item):
                yield _GRAMMAR.fault("language", "a text has no language", item)
        if wanted != "*all*" and wanted not in langs:
            yield _GRAMMAR.fault(
                "source", f"a unit has no text in its own {wanted}", unit, ours=True
            )
        for lang, number in Counter(langs).items():
            if number > 1:
                yield _GRAMMAR.fault(
                    "language", f"a unit has {number} texts in {lang}", unit, ours=True
                )
        for segment in unit.iter("seg"):
            yield from _pairs(segment)


def _bases(root: Element) -> Iterator[Fault]:
    """A table of one's own characters names its code page when it has codes of it (4.2, base)."""
    for table in root.iter("ude"):
        if table.get("base") is None and any(one.get("code") for one in table.iter("map")):
            yield _GRAMMAR.fault("attribute", "<ude> needs base where a map has code", table)


def _lang(variant: Element) -> str:
    """Return a text's language, which before TMX 1.2 was given by ``lang``."""
    return (variant.get(f"{XML}lang") or variant.get("lang") or "").lower()


def _pairs(segment: Element) -> Iterator[Fault]:
    """Each ``bpt`` is closed by the one ``ept`` of its number, behind it (4.3.1)."""
    open_: set[str | None] = set()
    seen: set[str | None] = set()
    for code in segment.iter("bpt", "ept"):
        number = code.get("i")
        if code.tag == "bpt":
            if number in seen:
                yield _GRAMMAR.fault("pair", f"the code {number} begins twice", code)
            seen.add(number)
            open_.add(number)
        elif number in open_:
            open_.remove(number)
        else:
            yield _GRAMMAR.fault("pair", f"the code {number} ends without a beginning", code)
    for number in sorted(map(str, open_)):
        yield _GRAMMAR.fault("pair", f"the code {number} does not end", segment)
