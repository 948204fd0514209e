"""Rules for the modules of XLIFF 2. Source: XLIFF 2.1, chapter 5.

Those that we write, translation candidates and sizes, are here with every rule; of the others,
what their schemas and the words of their sections say of a file by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from faircopy.proof.extractors.archive import Element
from faircopy.proof.judges.exchange import fragments
from faircopy.proof.judges.exchange.grammar import XML, Fault, Grammar, attributes, repeated
from faircopy.proof.judges.exchange.xliff2_modules import (
    CTR,
    FS,
    GLS,
    GRAMMARS,
    MDA,
    MTC,
    RES,
    SLR,
    VAL,
)
from faircopy.proof.judges.exchange.xliff2_text import is_of
from faircopy.proof.judges.exchange.xliff2_unit import Breach, Rule, Unit, X, name

_HTML = (
    "a|b|bdo|big|blockquote|body|br|button|caption|center|cite|code|col|colgroup|dd|del|div|dl"
    "|dt|em|h[1-6]|head|hr|html|i|img|label|legend|li|ol|p|pre|q|s|samp|select|small|span|strike"
    "|strong|sub|sup|table|tbody|td|tfoot|th|thead|title|tr|tt|u|ul"
)
_SIZED = frozenset({"file", "group", "unit", "mrk", "sm", "pc", "sc"})
_COUNTED = frozenset({"file", "group", "unit", "pc", "sc", "ec", "ph"})
_STYLED = frozenset({"xliff", "segment", "ignorable", "source", "target", "cp", "em"})
_BOUNDS: Mapping[str, frozenset[str]] = {
    "sizeRestriction": _SIZED,
    "storageRestriction": _SIZED,
    "equivStorage": frozenset({"pc", "sc", "ec", "ph"}),
    "sizeInfo": _COUNTED,
    "sizeInfoRef": _COUNTED,
}
"""Where the attributes of sizes may stand: 5.7.5.6 to 5.7.5.10."""
_BOUND = r"(\d+,)?(\d+|\*)"


def faults(root: Element, core: Grammar) -> Iterator[Fault]:
    """Yield what is wrong with modules anywhere in a document."""
    for grammar in GRAMMARS:
        yield from grammar.faults(root)
    profiles = _profiles(root)
    for element in root.iter(f"{X}*"):
        for found in (_style(element), _sizes(element, profiles)):
            for rule, what in found:
                yield core.fault(rule, what, element)
    yield from _glossaries(root, core)
    yield from _resources(root, core)
    for data in root.iter(f"{{{MDA}}}metadata"):
        groups = (data, *data.iter(f"{{{MDA}}}metaGroup"))
        yield from repeated(core, iter(groups), "the groups of metadata")
    for matches in root.iter(f"{{{MTC}}}matches"):
        yield from repeated(core, matches.iterfind(f"{{{MTC}}}match"), "candidates")
    for one in root.iter(f"{{{VAL}}}rule"):
        yield from (core.fault("validation", what, one) for what in _validation(one))


def _own(element: Element, space: str) -> dict[str, str]:
    start = f"{{{space}}}"
    return {k.removeprefix(start): v for k, v in attributes(element) if k.startswith(start)}


def _style(element: Element) -> Iterator[tuple[str, str]]:
    """Format style: XLIFF 2.1, section 5.3.5."""
    found = _own(element, FS)
    if unknown := next((key for key in found if key not in ("fs", "subFs")), ""):
        yield "attribute", f"format style has no {unknown} (XLIFF 2, 5.3.5)"
    if found and name(element) in _STYLED:
        yield "attribute", f"<{name(element)}> has no format style (XLIFF 2, 5.3.4)"
    if "fs" in found and not re.fullmatch(_HTML, found["fs"]):
        yield "value", f"fs may not be “{found['fs']}” (XLIFF 2, 5.3.5.1)"
    if "subFs" in found and "fs" not in found:
        yield "attribute", "subFs needs fs (XLIFF 2, 5.3.5.2)"
    if found and element.tag == f"{X}ec" and element.get("isolated") != "yes":
        yield "attribute", "an <ec> has format style only when isolated (XLIFF 2, 5.3.5)"


def _profiles(root: Element) -> dict[Element, Element]:
    """Return the profiles of sizes by the file that they are of."""
    return {file: one for file in root for one in file.iterchildren(f"{{{SLR}}}profiles")}


def _sizes(element: Element, profiles: Mapping[Element, Element]) -> Iterator[tuple[str, str]]:
    """Sizes: XLIFF 2.1, sections 5.7.5 and 5.7.6."""
    found = _own(element, SLR)
    if not found:
        return
    for key in found:
        if name(element) not in _BOUNDS.get(key, ()):
            yield "attribute", f"<{name(element)}> may not have slr:{key} (XLIFF 2, 5.7.5)"
    if element.tag == f"{X}ec" and element.get("isolated") != "yes":
        yield "size", "an <ec> has a size only when isolated (XLIFF 2, 5.7.5.8 to 5.7.5.10)"
    if "sizeInfo" in found and "sizeInfoRef" in found:
        yield "size", "sizeInfo and sizeInfoRef may not come together (XLIFF 2, 5.7.5.9)"
    if "sizeInfoRef" in found and not _has_data(element, found["sizeInfoRef"]):
        said = f"sizeInfoRef leads to no data beside or above it: “{found['sizeInfoRef']}”"
        yield "size", f"{said} (XLIFF 2, 5.7.5.10)"
    file = next((at for at in (element, *element.iterancestors()) if at.tag == f"{X}file"), None)
    chosen = profiles.get(file) if file is not None else None
    general = chosen.get("generalProfile", "") if chosen is not None else ""
    storage = chosen.get("storageProfile", "") if chosen is not None else ""
    for key, value in found.items():
        profile = storage if "torage" in key else general
        if not _fits(key, value, profile):
            yield "size", f"slr:{key} may not be “{value}” (XLIFF 2, 5.7.6)"


def _fits(key: str, value: str, profile: str) -> bool:
    """Whether a size is as the standard profiles say; those of others say their own (5.7.7).

    Where no profile is named nothing is restricted, yet a number is one of code points or bytes.
    """
    if profile and not re.fullmatch(r"xliff:(codepoints|utf8|utf16|utf32)", profile):
        return True
    if key == "sizeInfoRef":
        return True
    if not profile and not re.fullmatch(r"[\d.,* ]*", value):
        return True
    return re.fullmatch(_BOUND if key.endswith("Restriction") else r"\d*", value) is not None


def _has_data(element: Element, id: str) -> bool:
    for at in (element, *element.iterancestors()):
        above = at.getparent()
        for data in above.iterchildren(f"{{{SLR}}}data") if above is not None else ():
            if any(id in (o.get("id"), o.get(f"{XML}id")) for o in data.iter(etree.Element)):
                return True
    return False


def _glossaries(root: Element, core: Grammar) -> Iterator[Fault]:
    """Glossaries: XLIFF 2.1, sections 5.2.4.3 and 5.2.5.1."""
    start = f"{{{GLS}}}"
    for glossary in root.iter(f"{start}glossary"):
        named = glossary.iter(f"{start}glossEntry", f"{start}translation")
        yield from repeated(core, named, "entries and translations of a glossary")
        for entry in glossary.iter(f"{start}glossEntry"):
            if (
                entry.find(f"{start}translation") is None
                and entry.find(f"{start}definition") is None
            ):
                said = "an entry has neither translation nor definition (XLIFF 2, 5.2.4.3)"
                yield core.fault("children", said, entry)


def _resources(root: Element, core: Grammar) -> Iterator[Fault]:
    """Resource data: XLIFF 2.1, sections 5.5.4 and 5.5.5."""
    start = f"{{{RES}}}"
    for data in root.iter(f"{start}resourceData"):
        yield from repeated(core, data.iterchildren(etree.Element), "resources of one place")
    for side, key in (("source", "srcLang"), ("target", "trgLang")):
        for one in root.iter(f"{start}{side}"):
            if (len(one) > 0) is (one.get("href") is not None):
                said = f"the {side} of a resource is either empty or without href"
                yield core.fault("resource", f"{said} (XLIFF 2, 5.5.4.5)", one)
            lang, wanted = one.get(f"{XML}lang"), root.get(key)
            if side == "source" and lang and wanted and lang.lower() != wanted.lower():
                said = (
                    f"the {side} of a resource is in “{lang}”, the document’s {key} is “{wanted}”"
                )
                yield core.fault("language", f"{said} (XLIFF 2, 5.5.4.5)", one)


def _validation(rule: Element) -> Iterator[str]:
    """Validation: XLIFF 2.1, sections 5.8.4.3 and 5.8.5."""
    has = {
        key for key in ("isPresent", "isNotPresent", "startsWith", "endsWith") if key in rule.attrib
    }
    foreign = any(key.startswith("{") for key, _ in attributes(rule))
    if len(has) + (foreign and not has) != 1:
        yield "a rule says just one thing of what must or must not be there (XLIFF 2, 5.8.4.3)"
    if rule.get("occurs") is not None and "isPresent" not in has:
        yield "occurs is for isPresent (XLIFF 2, 5.8.5.2)"
    if rule.get("existsInSource") is not None and not has - {"isNotPresent"}:
        yield "existsInSource is for isPresent, startsWith and endsWith (XLIFF 2, 5.8.5.6)"


def candidates(unit: Unit) -> Iterator[Breach]:
    """A candidate or a word of the glossary is for a span of text of its unit."""
    spans = unit.spans() | {one.get("id", "") for one in unit.target}
    tags = (f"{{{MTC}}}match", f"{{{GLS}}}glossEntry", f"{{{GLS}}}translation")
    for one in unit.element.iter(*tags):
        ref = one.get("ref")
        if ref is None:
            continue
        _, mark, fragment = ref.rpartition("#")
        found = fragments.parse(fragment)
        if isinstance(found, str):
            yield one, f"the reference “{ref}” {found}"
        elif not mark or found.kind not in ("", "t") or found.id not in spans:
            yield one, f"“{ref}” leads to no text of its unit"
        elif not is_of(found, unit):
            yield one, f"“{ref}” leads out of its unit"


def kinds(unit: Unit) -> Iterator[Breach]:
    """A candidate is of no language of its own, and a kind of one’s own comes with a kind."""
    for one in unit.element.iter(f"{{{MTC}}}match"):
        if one.get(f"{XML}lang") is not None:
            yield one, "a candidate has no xml:lang"
        if one.get("subType") is not None and one.get("type") is None:
            yield one, "a subType stands without a type"


def changes(unit: Unit) -> Iterator[Breach]:
    """Revisions are of something in their unit, and tell once of what it has."""
    ids = {one.get("id", ""): one for one in unit.element.iter(f"{X}*")}
    for revisions in unit.element.iter(*(f"{{{space}}}revisions" for space in CTR)):
        ref, kind = revisions.get("ref"), revisions.get("appliesTo") or "*"
        named = [one for one in unit.element.iter(f"{X}{kind}") if one.get("id")]
        if (ref not in ids) if ref is not None else len(named) > 1:
            yield revisions, f"revisions do not tell which {kind} they are of"
            continue
        about = ids[ref] if ref is not None else None
        for revision in revisions.iterchildren(etree.Element):
            items = [item.get("property", "") for item in revision.iterchildren(etree.Element)]
            for told, number in Counter(items).items():
                if number > 1:
                    yield revision, f"a revision tells twice of “{told}”"
                elif about is not None and told not in ("content", *about.attrib):
                    yield revision, f"a revision tells of “{told}”, which <{name(about)}> lacks"


RULES = (
    Rule("reference", "5.1.7.8 and 5.2.5.2", candidates),
    Rule("type", "5.1.6.3 and 5.1.7.7", kinds),
    Rule("change", "5.6.5.5 and 5.6.5.6", changes),
)
