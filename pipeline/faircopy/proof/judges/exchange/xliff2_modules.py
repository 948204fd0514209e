"""The modules of XLIFF 2: what each may hold. Source: XLIFF 2.1, chapter 5."""

from __future__ import annotations

from faircopy.proof.judges.exchange.grammar import LANG, NMTOKEN, TEXT, XML, YES_NO, Grammar, Shape

_TC = "urn:oasis:names:tc:xliff:"
MTC, GLS, FS = f"{_TC}matches:2.0", f"{_TC}glossary:2.0", f"{_TC}fs:2.0"
MDA, RES = f"{_TC}metadata:2.0", f"{_TC}resourcedata:2.0"
SLR, VAL = f"{_TC}sizerestriction:2.0", f"{_TC}validation:2.0"
CTR = (f"{_TC}changetracking:2.0", f"{_TC}changetracking:2.1")
"""Change tracking was a module of 2.0 and is an extension since (5.6)."""
_ID = {"id": NMTOKEN}
_IRI = r"\S+"
_PERCENT = r"\d{1,2}(\.\d+)?|100(\.0+)?"
_FORM = "none|nfc|nfd"
_NONE: frozenset[str] = frozenset()
_HELD = Shape("", {}, {"href": TEXT, f"{XML}lang": LANG}, foreign=True)

GRAMMARS = (
    Grammar(
        MTC,
        {
            "matches": Shape("(match )+", open=False),
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
                    "subType": r"[^\s:]+:[^\s:]+",
                },
                foreign=True,
            ),
        },
        _NONE,
    ),
    Grammar(
        GLS,
        {
            "glossary": Shape("(glossEntry )+", open=False),
            "glossEntry": Shape(
                "term (translation )*(definition )?", {}, {**_ID, "ref": _IRI}, foreign=True
            ),
            "term": Shape("", {}, {"source": TEXT}, text=True),
            "translation": Shape("", {}, {**_ID, "ref": _IRI, "source": TEXT}, text=True),
            "definition": Shape("", {}, {"source": TEXT}, text=True),
        },
        _NONE,
    ),
    Grammar(
        MDA,
        {
            "metadata": Shape("(metaGroup )+", {}, _ID, open=False),
            "metaGroup": Shape(
                "((metaGroup|meta) )+",
                {},
                {**_ID, "category": TEXT, "appliesTo": "source|target|ignorable"},
                open=False,
            ),
            "meta": Shape("", {"type": TEXT}, {}, text=True, open=False),
        },
        _NONE,
    ),
    Grammar(
        RES,
        {
            "resourceData": Shape("(resourceItemRef )*(resourceItem )*", open=False),
            "resourceItemRef": Shape("", {"ref": NMTOKEN}, _ID),
            "resourceItem": Shape(
                "(source )?(target )?(reference )*",
                {},
                {**_ID, "mimeType": TEXT, "context": YES_NO},
            ),
            "source": _HELD,
            "target": _HELD,
            "reference": Shape("", {"href": TEXT}, {f"{XML}lang": LANG}),
        },
        _NONE,
    ),
    Grammar(
        SLR,
        {
            "profiles": Shape(
                "(normalization )?",
                {},
                {"generalProfile": TEXT, "storageProfile": TEXT},
                foreign=True,
                open=False,
            ),
            "normalization": Shape("", {}, {"general": _FORM, "storage": _FORM}, open=False),
            "data": Shape("", {"profile": TEXT}, {}, foreign=True),
        },
        _NONE,
    ),
    Grammar(
        VAL,
        {
            "validation": Shape("(rule )+"),
            "rule": Shape(
                "",
                {},
                {
                    **dict.fromkeys(("isPresent", "isNotPresent", "startsWith", "endsWith"), TEXT),
                    "occurs": r"0*[1-9]\d*",
                    "existsInSource": YES_NO,
                    "caseSensitive": YES_NO,
                    "normalization": _FORM,
                    "disabled": YES_NO,
                },
            ),
        },
        _NONE,
    ),
)
