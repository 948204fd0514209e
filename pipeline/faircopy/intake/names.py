"""The names of WordprocessingML that a walk meets (ECMA-376, part 1)."""

from __future__ import annotations

import re
from functools import cache
from typing import TypeAlias

from lxml import etree

from faircopy.translation.xml import local

Element: TypeAlias = etree._Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
V = "urn:schemas-microsoft-com:vml"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_LONG = 50
"""Children of a paragraph or run that are soon looked through."""
_DIGITS = 10
"""Digits of a number that nothing in Word has."""
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"

STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W,
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R,
    b"http://purl.oclc.org/ooxml/officeDocument/math": M,
    b"http://purl.oclc.org/ooxml/drawingml/main": A,
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": WP,
}
"""Namespaces of the standard's strict form, and those of the form that programs write."""

_DAY = re.compile(r"[1-9]\d{3}-[01]\d-[0-3]\d")

OFF = frozenset({"0", "false", "off", "none"})
"""What says no in an element that says yes by being there (ST_OnOff, 22.9.2.7)."""


@cache
def w(name: str) -> str:
    """Return the full name of an element or attribute of WordprocessingML."""
    return f"{{{W}}}{name}"


def value(element: Element | None, name: str = "val") -> str:
    """Return an attribute of WordprocessingML, empty where there is none."""
    return "" if element is None else element.get(w(name), "")


def day(element: Element) -> str:
    """Return the day of a comment or a change, such as 2026-11-30; "" where none is said.

    Where there is none, LibreOffice writes 0-00-00.
    """
    found = value(element, "date").partition("T")[0]
    return found if _DAY.fullmatch(found) else ""


def number(text: str, most: int, least: int = 0) -> int:
    """Return what digits say, between ``least`` and ``most``; ``least`` for what is no number.

    Python reads none of more than 4,300 digits.
    """
    if not text.isdecimal():
        return least
    return min(max(int(text), least), most) if len(text) < _DIGITS else most


def is_on(element: Element) -> bool:
    """Whether an element that turns something on does so."""
    return value(element).lower() not in OFF


def child(element: Element | None, *names: str) -> Element | None:
    """Return what stands at the end of a path of WordprocessingML's children."""
    for name in names:
        if element is None:
            return None
        first = next(element.iterchildren(), None)  # `find` looks for a second one, to the end
        found = first is not None and first.tag == w(name)
        element = first if found else element.find(w(name))
    return element


def properties_first(root: Element) -> Element:
    """Return a tree in which what is long begins with its properties, as Word writes it.

    They are asked for at each of its children: where there are none, or they stand elsewhere, all
    of a paragraph would be looked through each time.
    """
    for name in ("p", "r"):
        for one in root.iter(w(name)):
            if len(one) > _LONG and one[0].tag != w(f"{name}Pr"):
                found = child(one, f"{name}Pr")
                one.insert(0, one.makeelement(w(f"{name}Pr")) if found is None else found)
    return root


def words(element: Element) -> str:
    """Return all ``w:t`` below an element as they stand, paragraphs parted."""
    parts: list[str] = []
    for node in element.iter(w("t"), w("tab"), w("br"), w("cr"), w("p")):
        parts.append((node.text or "") if node.tag == w("t") else " ")
    return "".join(parts)


def chosen(alternate: Element) -> Element | None:
    """Return the branch of ``mc:AlternateContent`` that is read (ECMA-376, part 3, 7.5).

    The first choice is, but for one that holds neither words nor a picture where the fallback does.
    """
    branches = [one for one in alternate if local(one) in ("Choice", "Fallback")]
    return next(filter(holds, branches), branches[0] if branches else None)


def holds(element: Element) -> bool:
    """Whether there are words or pictures in an element."""
    kinds = (w("t"), f"{{{A}}}blip", f"{{{V}}}imagedata")
    return next(element.iter(*kinds), None) is not None
