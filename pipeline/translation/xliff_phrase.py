"""Codes as Phrase (Memsource) writes them into the text of its bilingual files (``.mxliff``).

``{1}`` is a point, ``{2>words<2}`` a pair; what stands for each is told in a unit's
``m:tunit-metadata``. What is not told there is text that only looks so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.translation.codes import Content, Kind, Tag, join
from pipeline.translation.xliff_trados import ours
from pipeline.translation.xml import Element, local

PHRASE = "{http://www.memsource.com/mxlf/2.0}"

_CODE = re.compile(r"\{(?P<open>\d{1,6})>|<(?P<close>\d{1,6})\}|\{(?P<point>\d{1,6})\}")


def marks(unit: Element) -> dict[str, str]:
    """Return a unit's marks with the number that each has at home; nothing of other tools."""
    found: dict[str, str] = {}
    for mark in unit.iter(f"{PHRASE}mark"):
        content = next((child for child in mark if local(child) == "content"), None)
        id = mark.get("id", "")
        found[id] = ("" if content is None else ours(content)) or id
    return found


def coded(content: Content, numbers: Mapping[str, str]) -> Content:
    """Return content with the marks in its text as tags."""
    return join(part for text in content for part in _parts(text, numbers)) if numbers else content


def _parts(text: str | Tag, numbers: Mapping[str, str]) -> Iterator[str | Tag]:
    if isinstance(text, Tag):
        yield text
        return
    at = 0
    for found in _CODE.finditer(text):
        kind, id = next((kind, id) for kind, id in found.groupdict().items() if id)
        if id in numbers:
            yield text[at : found.start()]
            yield Tag(numbers[id], Kind(kind))
            at = found.end()
    yield text[at:]
