"""The inline content of XLIFF, as any tool writes it, as words and tags.

Tools number codes anew when they make a file of their own. memoQ puts our element as text into
a ``bpt``, ``ept`` or ``ph`` (``<ph id="1">&lt;x id="7"/&gt;</ph>``). Where our element is there,
its number counts; else that of the tool's own, and order decides.

Deletions that Trados tracks (``mrk mtype="x-sdl-deleted"``, and a reviewer's) are left out. It
writes a pair that a tracked change cuts as several ``g``, which say by ``sdl:start`` and
``sdl:end`` that they are no beginning or no end. Its locked content stands elsewhere.

Pairs may cross where beginnings or ends stand side by side (memoQ lets them): their order there
says nothing, and is set right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import TypeGuard

from faircopy.translation import codes
from faircopy.translation.codes import Content, Kind, Tag
from faircopy.translation.xliff_trados import SDL, ours
from faircopy.translation.xml import Element, local

_PAIRS = {"pc", "g"}
_POINTS = {"ph", "x", "it"}
_STARTS = {"sc", "bx", "bpt"}
_ENDS = {"ec", "ex", "ept"}
_LINE_END = re.compile(r"(?<![ \t])[ \t]*+[\r\n]\s*|\t")  # blanks are looked through once
_DELETED = ("x-sdl-deleted", "x-sdl-feedback-deleted")
_MEMOQ_CHAR = re.compile(r'\s*<mq:ch\s+val="([^"]*)"[^<>]*/>\s*')
"""A character that memoQ has made a tag of: a tab by itself, a no-break space as ``nbsp``."""
_CROSSING = 5
"""Parts of content in which two pairs can cross: four tags and a text."""
_HOLDERS = ("source", "target", "mrk")
"""Elements that tools indent: a line end at their edge is no text."""


class Inlines:
    """Reads the content of elements; ``locked`` is content that stands elsewhere, by its name.

    Each is read once, as Studio has it: a file can't grow by naming one a million times.
    """

    def __init__(self, locked: Mapping[str, Element] | None = None) -> None:
        self._locked = dict(locked or {})

    def content(self, element: Element | None) -> Content:
        """Return an element's words and tags; nothing for no element."""
        return () if element is None else _nested(codes.join(self._parts(element, {})))

    def _parts(self, element: Element, starts: dict[str, str]) -> Iterator[str | Tag]:
        """Yield words and tags; ``starts`` remembers which number each opening code has."""
        indented = local(element) in _HOLDERS and len(element)
        yield "" if indented and _indents(element.text) else _line(element.text)
        for child in element:
            yield from self._part(child, starts)
            last = indented and child.getnext() is None
            yield "" if last and _indents(child.tail) else _line(child.tail)

    def _part(self, child: Element, starts: dict[str, str]) -> Iterator[str | Tag]:
        name, id = local(child), child.get("id", "")
        if name in _PAIRS:
            yield from self._pair(child, id, starts)
        elif name in _STARTS or (name, child.get("pos")) == ("it", "open"):
            number = ours(child) or id
            starts[f"id {id}"] = starts[_reference(child)] = number
            yield Tag(number, Kind.OPEN)
        elif name in _ENDS or (name, child.get("pos")) == ("it", "close"):
            yield Tag(_closed(child, starts), Kind.CLOSE)
        elif name in _POINTS:
            if (elsewhere := self._locked.pop(child.get("xid", ""), None)) is not None:
                yield from Inlines()._parts(elsewhere, {})
            elif char := _character(child.text or ""):
                yield _line(char)
            else:
                yield Tag(ours(child) or id, Kind.POINT)
        elif name == "cp":
            yield _code_point(child.get("hex", ""))
        elif name and name not in ("sm", "em") and child.get("mtype") not in _DELETED:
            yield from self._parts(child, starts)

    def _pair(self, child: Element, id: str, starts: dict[str, str]) -> Iterator[str | Tag]:
        if child.get(f"{SDL}start") != "false":
            yield Tag(id, Kind.OPEN)
        yield from self._parts(child, starts)
        if child.get(f"{SDL}end") != "false":
            yield Tag(id, Kind.CLOSE)


def _character(text: str) -> str:
    """Return the character that memoQ has made a tag of, or nothing."""
    found = _MEMOQ_CHAR.fullmatch(text)
    value = unescape(found[1]) if found else ""
    return "\u00a0" if value == "nbsp" else value if len(value) == 1 else ""


def _reference(code: Element) -> str:
    """Return by what the halves of a pair know each other: their ``rid``, else their ``id``."""
    return f"rid {code.get('rid')}" if code.get("rid") else f"id {code.get('id', '')}"


def _closed(code: Element, starts: Mapping[str, str]) -> str:
    """Return the number of the code that one ends.

    memoQ counts ``rid`` apart from ``id``: that of one pair may be the ``id`` of another. Other
    tools end with the ``rid`` what has but an ``id``.
    """
    start = code.get("startRef", "")
    name = start or code.get("rid", "") or code.get("id", "")
    keys = (f"id {name}",) if start else (_reference(code), f"id {name}", f"rid {name}")
    return next((starts[key] for key in keys if key in starts), name)


def _nested(content: Content) -> Content:
    """Return content with neighbouring beginnings, and neighbouring ends, in nesting order."""
    if len(content) < _CROSSING:
        return content
    return _ordered(_ordered(content, Kind.CLOSE, Kind.OPEN), Kind.OPEN, Kind.CLOSE)


def _ordered(content: Content, kind: Kind, other: Kind) -> Content:
    """Sort each run of tags of a kind, the one whose other half comes last first."""
    halves = {tag.id: at for at, tag in enumerate(content) if _is(tag, other)}
    out: list[str | Tag] = []
    run: list[Tag] = []
    for part in (*content, ""):
        if _is(part, kind):
            run.append(part)
        else:
            out += [*sorted(run, key=lambda tag: -halves.get(tag.id, 0)), part]
            run = []
    return tuple(out[:-1])


def _is(part: str | Tag, kind: Kind) -> TypeGuard[Tag]:
    return isinstance(part, Tag) and part.kind is kind


def _indents(text: str | None) -> bool:
    return text is not None and text.isspace() and "\n" in text


def _line(text: str | None) -> str:
    """Return text on one line; line ends are a tool's layout, never the translator's."""
    return _LINE_END.sub(" ", text or "")


def _code_point(value: str) -> str:
    try:
        return chr(int(value, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
