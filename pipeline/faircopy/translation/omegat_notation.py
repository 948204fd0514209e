"""Content as OmegaT shows it: pairs ``<g0>…</g0>``, points ``<x1/>``, numbered from 0."""

from __future__ import annotations

import re
from collections.abc import Iterator

from faircopy.translation import codes
from faircopy.translation.codes import Content, Kind, Tag
from faircopy.translation.segments import ordinals
from faircopy.translation.xml import Element

_TAG = re.compile(r"<(/?)([gx])(\d{1,6})(/?)>")


def notation(content: Content, source: Content) -> str:
    """Write content as OmegaT shows it: tags are numbered from 0 in order of the source."""
    numbers = {id: int(place) - 1 for id, place in ordinals(source).items()}
    out: list[str] = []
    for part in content:
        if isinstance(part, str):
            out.append(part)
        elif part.kind is Kind.POINT:
            out.append(f"<x{numbers[part.id]}/>")
        else:
            out.append(f"<{'/' if part.kind is Kind.CLOSE else ''}g{numbers[part.id]}>")
    return "".join(out)


def parse(text: str) -> Content:
    """Read content as ``notation`` writes it."""
    return codes.join(_split(text))


def parts(element: Element) -> Iterator[str | Tag]:
    """Yield the words and tags of a ``seg`` in a memory of OmegaT's."""
    yield from _split("".join(map(str, element.itertext())))


def _split(text: str) -> Iterator[str | Tag]:
    at = 0
    for found in _TAG.finditer(text):
        closing, name, number, alone = found.groups()
        if (name == "x") is not bool(alone) or (closing and alone):
            continue  # words that only look like a tag
        yield text[at : found.start()]
        yield Tag(number, Kind.POINT if alone else Kind.CLOSE if closing else Kind.OPEN)
        at = found.end()
    yield text[at:]
