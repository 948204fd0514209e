"""What every node of the tree is, and what many of them carry."""

from __future__ import annotations

import msgspec


class Attr(msgspec.Struct, frozen=True, array_like=True):
    """Identifier, classes and key-value pairs of a node."""

    id: str = ""
    classes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()

    def get(self, key: str, default: str = "") -> str:
        """Return the first value of ``key``, or ``default``."""
        return next((value for name, value in self.attributes if name == key), default)


NO_ATTR = Attr()


class Node(msgspec.Struct, frozen=True, tag_field="t", tag=True):
    """Anything that has a constructor in pandoc's tree."""
