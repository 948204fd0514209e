"""Letters of drawings: the faces that they need, and those that no face has."""

from __future__ import annotations

from collections.abc import Iterator

from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.core.model import Publication
from faircopy.theme import Theme, fonts
from faircopy.writers import pictures

_SHOWN = 12
"""Signs that a finding shows."""


def letters(publication: Publication) -> str:
    """Return the letters of all the drawings that the text shows."""
    return "".join(pictures.letters(asset) for asset in publication.assets.values())


def undrawn(publication: Publication, theme: Theme) -> Iterator[Diagnostic]:
    """Yield a warning for each drawing with letters that no installed font has.

    A box is drawn in their place, and the file can claim neither PDF/UA nor PDF/A.
    """
    installed = [face for face in theme.faces if fonts.installed(face)]
    for asset in publication.assets.values():
        missing = fonts.missing(pictures.letters(asset), installed)
        if missing:
            signs = ", ".join(f"“{sign}” (U+{ord(sign):04X})" for sign in sorted(missing)[:_SHOWN])
            yield Diagnostic(
                "image-letters-missing",
                Severity.WARNING,
                f"the image “{asset.path}” has letters that no font here draws: {signs}"
                + (" …" if len(missing) > _SHOWN else ""),
                "Have your program turn the letters into paths, and save the drawing again.",
                pictures.place(asset, publication),
            )
