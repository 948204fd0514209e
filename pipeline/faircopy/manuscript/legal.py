"""Keys by which a house identifies its editions and answers for them: read, never guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from faircopy.core import ast
from faircopy.core.ast import MetaValue
from faircopy.core.model import Signed, Translated
from faircopy.manuscript.values import Wrong, iso_date, near, string, strings
from faircopy.passes import isbn
from faircopy.passes.permitted import LANG

CHECKS = {
    "alt-text": "the words of each picture say what it shows or means (WCAG 1.1.1)",
    "headings": "each heading says what stands under it (2.4.6)",
    "links": "the words of each link say where it leads (2.4.4)",
    "order": "read from beginning to end, the text makes sense (1.3.2)",
    "languages": "passages in other languages are marked as such (3.1.2)",
    "senses": "nothing is told by colour, shape or place alone (1.3.3, 1.4.1)",
    "text-in-pictures": "no picture shows words that could be text (1.4.5)",
}
"""What no machine has judged, and who signs has looked at."""
EXEMPTIONS = ("eaa-microenterprise", "eaa-disproportionate-burden", "eaa-fundamental-alteration")
"""Why a book may do without (EPUB Accessibility 1.1, 3.3; Directive (EU) 2019/882, article 14)."""
MACHINE = ("yes", "assisted", "no")

_CLAIM = re.compile(r"EPUB Accessibility 1\.1 - WCAG 2\.[012] Level (?:A|AA|AAA)")
_ADDRESS = re.compile(r"https?://[^\s/<>\"]+\.[^\s<>\"]+")
_CC = re.compile(
    r"(?i)(?:https?:)?//(?:www\.)?creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/"
    r"(\d\.\d)(/(?!deed|legalcode)[a-z]{2,3})?(?:/.*)?"
)
_CC_NAME = re.compile(r"cc-?(by(?:-(?:nc|nd|sa))*|0|zero)(?:-(\d\.\d))?")
_CC_KINDS = ("by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd")


def isbns(value: MetaValue) -> dict[str, str]:
    """Read an ISBN for each form of a book, as ``epub: 978-…``; a translation's as ``ur.epub``."""
    forms = ", ".join(isbn.FORMS)
    if not isinstance(value, ast.MetaMap):
        raise Wrong(
            "does not say which form of the book it is of: each has a number of its own",
            f"Write a line under isbn: for each that has one, such as “  epub: 978-…” ({forms}; "
            "a translation's as ur.epub).",
        )
    found = {}
    for key, item in value.c.items():
        if key.rpartition(".")[2] not in isbn.FORMS:
            raise Wrong(f"has “{key}”, which is none of {forms}{near(key, isbn.FORMS)}")
        try:
            found[key] = isbn.normal(string(item))
        except ValueError as error:
            raise Wrong(f"of {key}: {error}", "Copy it from where it was registered.") from None
    if twice := next((n for n in found.values() if [*found.values()].count(n) > 1), ""):
        raise Wrong(f"has {twice} twice", "Each form of a book has a number of its own.")
    return found


def address(value: MetaValue) -> str:
    """Read an address of the web."""
    written = string(value).strip()
    if not _ADDRESS.fullmatch(written):
        raise Wrong(f"is “{written}”, which is no address", "Write it whole: https://….")
    return written


def licence(value: MetaValue) -> str:
    """Read a licence as its address; one of Creative Commons by its name or any address of it."""
    written = string(value).strip()
    if found := _CC.fullmatch(written):
        kind, name, version, port = found.groups()
        path = f"{kind}/{name}/{version}{port or ''}/".lower()
        return f"https://creativecommons.org/{path}"
    name = _CC_NAME.fullmatch(re.sub(r"[\s_]+", "-", written.lower()))
    if name and name[1] in ("0", "zero"):
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    if name and name[1] in _CC_KINDS:
        if not name[2]:
            raise Wrong(f"is “{written}” without a version", f"Write it: {written} 4.0.")
        return f"https://creativecommons.org/licenses/{name[1]}/{name[2]}/"
    if _ADDRESS.fullmatch(written):
        return written
    raise Wrong(
        f"is “{written}”, which is neither an address nor a licence of Creative Commons",
        "Write an address, or a name such as CC BY-SA 4.0; what is no licence goes into rights:.",
    )


def signed(value: MetaValue) -> Signed:
    """Read what the publisher signs of an edition's accessibility."""
    keys = ("conforms-to", "certified-by", "date", "report", "checked", "exemption")
    found = _map(value, keys, "conforms-to: EPUB Accessibility 1.1 - WCAG 2.1 Level AA")
    made = Signed(
        conforms_to=_text(found, "conforms-to"),
        certified_by=_text(found, "certified-by"),
        date=iso_date(found["date"]) if "date" in found else "",
        report=address(found["report"]) if "report" in found else "",
        exemption=_text(found, "exemption"),
        checked=strings(found["checked"]) if "checked" in found else (),
    )
    if made.exemption and made.exemption not in EXEMPTIONS:
        known = ", ".join(EXEMPTIONS)
        raise Wrong(f"has the exemption “{made.exemption}”", f"Known are: {known}.")
    if made.conforms_to:
        _refuse_unsigned(made)
    return made


def _refuse_unsigned(made: Signed) -> None:
    """Refuse a claim of conformance for which nobody stands."""
    if not _CLAIM.fullmatch(made.conforms_to):
        raise Wrong(
            f"claims conformance to “{made.conforms_to}”, which shops do not read",
            "Write, for example: EPUB Accessibility 1.1 - WCAG 2.1 Level AA.",
        )
    if not (made.certified_by and made.date):
        raise Wrong(
            "claims conformance, and nobody signs it",
            "Write certified-by: with a name, and date: with the day.",
        )
    if unknown := [name for name in made.checked if name not in CHECKS]:
        raise Wrong(f"has “{unknown[0]}” under checked{near(unknown[0], tuple(CHECKS))}")
    if left := [name for name in CHECKS if name not in made.checked]:
        asked = "\n    ".join(f"{name}: {CHECKS[name]}" for name in left)
        raise Wrong(
            f"claims conformance, but not that a person has looked at {', '.join(left)}",
            "What no machine judges, who signs must have looked at. Then name it under checked: "
            f"[{', '.join(CHECKS)}].\n    {asked}",
        )


_OF_TRANSLATION = (
    *("by", "machine", "reviewed-by", "reviewed"),
    *("publisher", "licence", "date"),
)


def translations(value: MetaValue) -> dict[str, Translated]:
    """Read who made each translation: by language, with what a machine did and who reviewed it."""
    if not isinstance(value, ast.MetaMap):
        raise Wrong(
            "does not say which language it is of", "Write a line for each, such as “  ur:”."
        )
    made = {}
    for lang, item in value.c.items():
        if not LANG.fullmatch(lang):
            raise Wrong(f"has “{lang}”, which is no language tag")
        found = _map(item, _OF_TRANSLATION, f"{lang}: a map")
        machine = _text(found, "machine")
        if machine and machine not in MACHINE:
            raise Wrong(
                f"says “machine: {machine}” of {lang}", f"It is one of {', '.join(MACHINE)}."
            )
        made[lang] = Translated(
            by=_text(found, "by"),
            machine=machine,
            reviewed_by=_text(found, "reviewed-by"),
            reviewed=iso_date(found["reviewed"]) if "reviewed" in found else "",
            publisher=_text(found, "publisher"),
            licence=licence(found["licence"]) if "licence" in found else "",
            date=iso_date(found["date"]) if "date" in found else "",
        )
    return made


def _map(value: MetaValue, keys: tuple[str, ...], example: str) -> Mapping[str, MetaValue]:
    if not isinstance(value, ast.MetaMap):
        raise Wrong("has no keys under it", f"Indent a line for each, such as “  {example}”.")
    for key in value.c:
        if key not in keys:
            known = ", ".join(keys)
            raise Wrong(f"has a key “{key}”{near(key, keys)}", f"Known are: {known}.")
    return value.c


def _text(found: Mapping[str, MetaValue], key: str) -> str:
    """Return a text, also where YAML takes it for yes or no."""
    value = found.get(key)
    if isinstance(value, ast.MetaBool):
        return "yes" if value.c else "no"
    return "" if value is None else string(value).strip()
