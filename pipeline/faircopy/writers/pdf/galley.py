"""The galley: the whole text set in type, as HTML, CSS and fonts, before it is made into pages."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from faircopy.core.diagnostics import Diagnostic


class Galley(msgspec.Struct, frozen=True):
    """What is laid out.

    Attributes:
        html: a serialised ``html`` element, without namespaces.
        css: its style sheet.
        fonts: the paths of the font files that it may use, and no others.
        diagnostics: what of the text a page cannot show.
        set: how many paragraphs have their lines already.
        left: how many have not, by what they hold that we do not set.
        unset: ``html`` before paragraphs had lines; empty where none has.
    """

    html: bytes
    css: str
    fonts: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    set: int = 0
    left: Mapping[str, int] = {}
    unset: bytes = b""

    def packed(self) -> bytes:
        """Return it as bytes, which can be handed to another process."""
        return msgspec.msgpack.encode(self)

    @classmethod
    def unpacked(cls, data: bytes) -> Galley:
        """Return the galley of `packed`."""
        return msgspec.msgpack.decode(data, type=cls)
