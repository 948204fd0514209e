"""Codes as Phrase (Memsource) writes them into the text of its bilingual files (``.mxliff``).

``{1}`` is a code, ``{2>words<2}`` a pair in one; a unit's ``m:tunit-metadata`` tells what each
stands for, in the order of the source: a point, or the beginning or end of a pair (``<bpt>…``,
``</g>``). What is not told there is text that only looks so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from faircopy.translation.codes import Content, Kind, Tag, join
from faircopy.translation.xliff_trados import ours
from faircopy.translation.xml import Element, local

PHRASE = "{http://www.memsource.com/mxlf/2.0}"

_CODE = re.compile(r"\{(?P<open>\d{1,6})>|<(?P<close>\d{1,6})\}|\{(?P<point>\d{1,6})\}")
_OPENS = re.compile(r"\s*<(?:bpt|g)\b(?![^<>]*/>)")
_CLOSES = re.compile(r"\s*<(?:ept\b|/g\b)")


def marks(unit: Element) -> dict[str, Tag]:
    """Return the codes of a unit by Phrase's numbers; nothing of other tools."""
    found: dict[str, Tag] = {}
    open_marks: list[str] = []
    told = unit.find(f"{PHRASE}tunit-metadata")
    for mark in () if told is None else told.iter(f"{PHRASE}mark"):
        content = next((child for child in mark if local(child) == "content"), mark)
        id, text = mark.get("id", ""), content.text or ""
        number = ours(content) or id
        if _OPENS.match(text):
            open_marks.append(number)
            found[id] = Tag(number, Kind.OPEN)
        elif _CLOSES.match(text) and open_marks:
            found[id] = Tag(open_marks.pop(), Kind.CLOSE)
        else:
            found[id] = Tag(number, Kind.POINT)
    return found


def coded(content: Content, marks: Mapping[str, Tag]) -> Content:
    """Return content with the marks in its text as tags."""
    return join(part for text in content for part in _parts(text, marks)) if marks else content


def _parts(text: str | Tag, marks: Mapping[str, Tag]) -> Iterator[str | Tag]:
    if isinstance(text, Tag):
        yield text
        return
    at = 0
    for found in _CODE.finditer(text):
        form, id = next((form, id) for form, id in found.groupdict().items() if id)
        if id in marks:
            yield text[at : found.start()]
            yield marks[id] if form == Kind.POINT else Tag(marks[id].id, Kind(form))
            at = found.end()
    yield text[at:]
