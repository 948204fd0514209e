"""TBX, version 3, in the DCA style. Source: ISO 30042:2019, clauses 6 to 9.

What TBX-Basic calls its data categories is checked for those that our files use; a category that
is not on the list is a fault of a file that says it is TBX-Basic.
"""

from __future__ import annotations

from collections.abc import Iterator

from faircopy.proof.extractors.archive import Element
from faircopy.proof.judges.exchange.grammar import (
    LANG,
    TEXT,
    XML,
    Fault,
    Grammar,
    Shape,
    repeated,
)

_SPACE = "urn:iso:std:iso:30042:ed-2"
ROOT = f"{{{_SPACE}}}tbx"
_X = f"{{{_SPACE}}}"
_NAME = r"[A-Za-z_][\w.\-]*"
_ID = {"id": _NAME}
_ABOUT = {**_ID, f"{XML}lang": LANG, "target": _NAME, "datatype": TEXT}
_TYPED = {"type": r"\S+"}
_INLINE = r"((hi|foreign|ph|sc|ec) )*"
_AUX = r"((admin|adminGrp|descrip|descripGrp|note|ref|transac|transacGrp|xref) )*"
_TERM_AUX = _AUX.replace("((", "((termNote|termNoteGrp|")
_PAGE = Shape("(p )+", {}, _ID)
_NOTED = Shape(_INLINE, _TYPED, _ABOUT, text=True)

_GRAMMAR = Grammar(
    _SPACE,
    {
        "tbx": Shape(
            "tbxHeader text ",
            {"type": r"\S+", "style": "dca|dct", f"{XML}lang": LANG},
            _ID,
        ),
        "tbxHeader": Shape("fileDesc (encodingDesc )?(revisionDesc )?", {}, _ID),
        "fileDesc": Shape("(titleStmt )?(publicationStmt )?(sourceDesc )+", {}, _ID),
        "titleStmt": Shape("title (note )*", {}, {**_ID, f"{XML}lang": LANG}),
        "title": Shape("", {}, {**_ID, f"{XML}lang": LANG}, text=True),
        "publicationStmt": _PAGE,
        "sourceDesc": _PAGE,
        "encodingDesc": _PAGE,
        "revisionDesc": Shape("(change )+", {}, {**_ID, f"{XML}lang": LANG}),
        "change": _PAGE,
        "p": Shape("", {}, {**_ID, "type": TEXT, f"{XML}lang": LANG}, text=True),
        "text": Shape("body (back )?", {}, _ID),
        "body": Shape("(conceptEntry )+", {}, _ID),
        "back": Shape("(refObjectSec )*", {}, _ID, foreign=True),
        "conceptEntry": Shape(rf"{_AUX}(langSec )+", {}, _ID),
        "langSec": Shape(rf"{_AUX}(termSec )+", {f"{XML}lang": LANG}, _ID),
        "termSec": Shape(rf"term {_TERM_AUX}", {}, _ID),
        "term": Shape(_INLINE, {}, _ID, text=True),
        "termNote": _NOTED,
        "termNoteGrp": Shape(r"termNote (\S+ )*", {}, _ID),
        "descrip": _NOTED,
        "descripGrp": Shape(r"descrip (\S+ )*", {}, _ID),
        "descripNote": _NOTED,
        "admin": _NOTED,
        "adminGrp": Shape(r"admin (\S+ )*", {}, _ID),
        "adminNote": _NOTED,
        "transac": _NOTED,
        "transacGrp": Shape(r"transac (\S+ )*", {}, _ID),
        "transacNote": _NOTED,
        "date": Shape("", {}, _ID, text=True),
        "note": Shape(_INLINE, {}, _ABOUT, text=True),
        "ref": Shape("", _TYPED, _ABOUT, text=True),
        "xref": Shape("", {**_TYPED, "target": TEXT}, _ID, text=True),
        "hi": Shape("", {}, {"type": TEXT, "target": _NAME, f"{XML}lang": LANG}, text=True),
        "foreign": Shape(_INLINE, {}, {**_ID, f"{XML}lang": LANG}, text=True),
        "ph": Shape("", {}, {"type": TEXT}),
    },
    frozenset(),
)
_CATEGORIES = {
    "descrip": frozenset({"context", "definition", "subjectField"}),
    "termNote": frozenset(
        {
            *("administrativeStatus", "geographicalUsage", "grammaticalGender"),
            *("grammaticalNumber", "partOfSpeech", "termLocation", "termType"),
        }
    ),
    "admin": frozenset({"customerSubset", "projectSubset", "source"}),
}
_STATUSES = frozenset(
    f"{name}-admn-sts"
    for name in ("preferredTerm", "admittedTerm", "deprecatedTerm", "supersededTerm")
)


def faults(root: Element) -> Iterator[Fault]:
    """Yield what is wrong with a glossary."""
    yield from _GRAMMAR.faults(root)
    yield from repeated(_GRAMMAR, root.iter(f"{_X}*"), "all elements")
    names = {item.get("id") for item in root.iter(f"{_X}*")}
    for item in root.iter(f"{_X}*"):
        target = item.get("target")
        if target is not None and item.tag != f"{_X}xref" and target not in names:
            yield _GRAMMAR.fault("reference", f"“{target}” is not there", item)
    if root.get("type") == "TBX-Basic" and root.get("style") == "dca":
        yield from _basic(root)
    for entry in root.iter(f"{_X}conceptEntry"):
        yield from repeated(
            _GRAMMAR, entry.iter(f"{_X}langSec"), "the languages of a concept", f"{XML}lang"
        )
    for term in root.iter(f"{_X}term"):
        if not "".join(map(str, term.itertext())).strip():
            yield _GRAMMAR.fault("term", "a term is empty", term)


def _basic(root: Element) -> Iterator[Fault]:
    for name, known in _CATEGORIES.items():
        for item in root.iter(f"{_X}{name}"):
            kind = item.get("type", "")
            if kind not in known:
                yield _GRAMMAR.fault("category", f"TBX-Basic has no {name} “{kind}”", item)
            status = (item.text or "").strip()
            if kind == "administrativeStatus" and status not in _STATUSES:
                yield _GRAMMAR.fault("category", f"there is no status “{status}”", item)
