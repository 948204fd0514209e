"""Speaker turns: the form in which transcripts are written, ``**Name:** text …``."""

from __future__ import annotations

from typing import Self

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Blocks, Inlines
from faircopy.core.model import Metadata, Role

_LONGEST_LABEL = 60
_COLONS = (":", "：")
_FEWEST = 2
"""Bold labels that make a transcript; a single one is emphasis."""


def label(inlines: Inlines) -> tuple[Inlines, Inlines] | None:
    """Divide a turn's first paragraph into its label, colon included, and the rest.

    ``**Name:** text`` and ``**Name**: text`` are both understood. None for any other text.
    """
    if not inlines or not isinstance(inlines[0], ast.Strong):
        return None
    name, rest = inlines[0].inlines, inlines[1:]
    words = ast.text(name)
    if not words.endswith(_COLONS):
        following = rest[0] if rest else None
        if not (isinstance(following, ast.Str) and following.c.startswith(_COLONS)):
            return None
        colon, remainder = following.c[:1], following.c[1:]
        name = (*name, ast.Str(colon))
        rest = ((ast.Str(remainder),) if remainder else ()) + rest[1:]
    return (name, rest) if len(words) <= _LONGEST_LABEL else None


def _name(inlines: Inlines) -> str:
    found = label(inlines)
    return ast.text(found[0]).rstrip(" :：").casefold() if found else ""


class Turns(msgspec.Struct, frozen=True):
    """Who asks in a transcript, and whose turn it is. False when there are no turns."""

    asking: frozenset[str] = frozenset()
    found: bool = False
    current: Role | None = None

    def __bool__(self) -> bool:
        return self.found

    @classmethod
    def of(cls, blocks: Blocks, metadata: Metadata) -> Self:
        """Find the turns of a manuscript.

        Who asks is named by ``interviewer``; else it is everyone whom ``interviewee`` does
        not name; else whoever speaks first.
        """
        names = [_name(b.inlines) for b in _paragraphs(blocks)]
        names = [name for name in names if name]
        if len(names) < _FEWEST:
            return cls()
        asking = {name for name in names if _among(name, metadata.interviewer)}
        if not asking and metadata.interviewee:
            asking = {name for name in names if not _among(name, metadata.interviewee)}
        return cls(frozenset(asking or {names[0]}), True)

    def role(self, inlines: Inlines) -> Role | None:
        """Return the role of the turn that this paragraph begins, if it begins one."""
        name = _name(inlines)
        if not name:
            return None
        return Role.QUESTION if name in self.asking else Role.ANSWER

    def at(self, role: Role) -> Turns:
        """Return the turns with ``role`` as the one under way."""
        return msgspec.structs.replace(self, current=role)


def _paragraphs(blocks: Blocks) -> list[ast.Para]:
    found: list[ast.Para] = []
    for block in blocks:
        if isinstance(block, ast.Para):
            found.append(block)
        elif isinstance(block, ast.Div):
            found += _paragraphs(block.blocks)
    return found


def _among(name: str, people: tuple[str, ...]) -> bool:
    """Whether a label names one of ``people``: whole, by a part, or by initials."""
    for person in people:
        parts = person.casefold().split()
        initials = "".join(part[0] for part in parts)
        if name in (person.casefold(), initials) or set(name.split()) <= set(parts):
            return True
    return False
