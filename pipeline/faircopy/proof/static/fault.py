"""What keeps a file from being static."""

from __future__ import annotations

from typing import Any

import msgspec

from faircopy.core.diagnostics import Place

_LONGEST = 80


class Fault(msgspec.Struct, frozen=True):
    """Something that acts or fetches: in which part of the file, what, and in which line of it."""

    part: str
    what: str
    line: int = 0

    def place(self, name: str) -> Place:
        """Return the place, in the file of this name."""
        return Place(f"{name}#{shown(self.part)}" if self.part else name, self.line)

    def within(self, part: str) -> Fault:
        """Return it as a fault of the file that has ``part`` in it."""
        return msgspec.structs.replace(self, part=f"{part}/{self.part}" if self.part else part)


def shown(text: str) -> str:
    """Return a stranger's text so that it can be shown: short, and without control codes."""
    plain = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"


def line_of(element: Any) -> int:
    """Return the line of an element of lxml's; 0 is not known."""
    return int(element.sourceline or 0)
