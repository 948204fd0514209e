"""Nothing that a stranger wrote becomes active: attributes stay out that are not permitted.

They are taken out of the tree as it is read, before anything else sees it, and told; the words
that carried them stay.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Attr
from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.manuscript.finder import short
from faircopy.manuscript.hypertext import dropped
from faircopy.manuscript.raw import without_any_code
from faircopy.manuscript.source import Source
from faircopy.passes.permitted import class_of, is_known, key_of

_NAMED = 6
"""Names that are told of those that are harmless."""

_MOST = 30
"""Findings of one attribute that are told one by one."""

_ACTIVE = re.compile(
    r"on.*|style|src.*|href.*|ping|action|formaction|background|poster|data|role|aria-.*|hidden"
    r"|alt|title|inert|tabindex|accesskey|autofocus|contenteditable|is|slot|id|class|name|custom-style"
    r"|wrapper|usemap|http-equiv|content|.*[:/].*",
    re.IGNORECASE,
)
"""What would run, fetch, hide, move or restyle; all else that is left out does nothing."""

_REMEDIES = {
    "style": "Delete it. What is meant is written as **bold** or *emphasis*; how it looks is the "
    "theme's.",
    "custom-style": "Delete it; how a paragraph looks in Word follows from what it is.",
    "alt": "Write the words in the brackets before the path: ![A map of …](map.png).",
    "title": "Write the title in quotation marks after the path or address.",
    "lang": "Write a tag of a language, such as en-GB, kk or ur.",
    "dir": "Write ltr or rtl.",
    "width": "Write a number with its unit, such as 80% or 6cm.",
    "height": "Write a number with its unit, such as 6cm.",
    "epub:type": "Write a term of the EPUB Structural Semantics Vocabulary that names a part of a "
    "book, such as dedication.",
}


class Admitted(msgspec.Struct, frozen=True):
    """A document with the attributes that are permitted, and what is told of the others."""

    document: ast.Document
    diagnostics: tuple[Diagnostic, ...]


def admit(document: ast.Document, source: Source) -> Admitted:
    """Take out of a document what its parts may not say of themselves.

    A class that means nothing goes in silence: no edition ever showed it. The front matter's
    texts, which stand in several places of an edition, have no ids.

    Args:
        document: as pandoc read it.
        source: its text, for the places.
    """
    teller = _Teller(source)

    def in_front(carrier: type, attr: Attr) -> Attr:
        return teller.clean(carrier, Attr("", attr.classes, attr.attributes))

    meta = ast.attributed(document.meta, in_front)
    blocks = ast.attributed(document.blocks, teller.clean)
    for key in (*dropped(document.meta), *dropped(document.blocks)):
        teller.drop(key)
    return Admitted(
        msgspec.structs.replace(document, meta=meta, blocks=blocks), tuple(teller.found())
    )


class _Teller:
    """Cleans attributes and keeps account of what it took out."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._keys: Counter[tuple[str, bool]] = Counter()

    def clean(self, carrier: type, attr: Attr) -> Attr:
        if not attr.classes and not attr.attributes:
            return attr
        kept: dict[str, str] = {}
        for key, value in attr.attributes:
            name = key_of(carrier, key, value)
            if name:
                kept.setdefault(name, value)
            else:
                self._keys[key, is_known(carrier, key)] += 1
        classes = (class_of(carrier, name) for name in attr.classes)
        return Attr(attr.id, tuple(dict.fromkeys(filter(None, classes))), tuple(kept.items()))

    def drop(self, key: str) -> None:
        """Note an attribute that no edition can carry."""
        self._keys[key, False] += 1

    def found(self) -> Iterator[Diagnostic]:
        """Yield a finding for each attribute and line, and one for all that is harmless."""
        bare = without_any_code(self._source.text)
        harmless: dict[str, Place] = {}
        for (key, known), count in self._keys.items():
            places = self._places(key, count, bare)
            if known or _ACTIVE.fullmatch(key):
                what = "has a value that it cannot have, and " if known else ""
                yield from _active(key, what, places)
            else:
                harmless[key] = places[0]
        if harmless:
            yield _harmless(harmless)

    def _places(self, key: str, count: int, bare: str) -> list[Place]:
        """Return where an attribute may have been written: one place a line, in order."""
        name = rf"(?<![\w:-])(?:data-)?{re.escape(key)}(?![\w:-])"
        tries = (
            (form, text) for form in (rf"{name}\s*=", name) for text in (bare, self._source.text)
        )
        for form, text in tries:
            starts = [found.start() for found in re.finditer(form, text, re.IGNORECASE)]
            if starts:
                lines: dict[int, Place] = {}
                for place in map(self._source.place, starts):
                    lines.setdefault(place.line, place)
                return list(lines.values())[:count]
        return [Place(self._source.name)]


def _active(key: str, what: str, places: list[Place]) -> Iterator[Diagnostic]:
    for number, place in enumerate(places[:_MOST], start=1):
        more = len(places) - _MOST if number == _MOST else 0
        yield Diagnostic(
            "attribute-left-out",
            Severity.WARNING,
            f"the attribute “{short(key)}” {what}is left out: no edition holds it"
            + (f"; so it is in {more} more lines" if more > 0 else ""),
            _REMEDIES.get(key, "Delete it; the words that carry it stay."),
            place,
        )


def _harmless(names: Mapping[str, Place]) -> Diagnostic:
    said = ", ".join(f"“{short(name, 30)}”" for name in islice(names, _NAMED))
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    are = "mean nothing here and are" if len(names) > 1 else "means nothing here and is"
    return Diagnostic(
        "attribute-unknown",
        Severity.NOTE,
        f"{said}{more} {are} left out",
        "Nothing needs to be done: no words are lost by it.",
        min(names.values()),
    )
