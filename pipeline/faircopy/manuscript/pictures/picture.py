"""What preparing a picture gives: the picture, or why it cannot be used."""

from __future__ import annotations

import msgspec

from faircopy.core.diagnostics import Severity
from faircopy.core.limits import PIXELS


class Remark(msgspec.Struct, frozen=True):
    """Something that the editor should know of a picture; ``message`` lacks the picture's name."""

    code: str
    message: str
    remedy: str
    severity: Severity = Severity.WARNING


class Picture(msgspec.Struct, frozen=True):
    """A picture that every edition can show; ``width`` and ``height`` in pixels (CSS px of SVG)."""

    media_type: str
    data: bytes
    width: int
    height: int
    remarks: tuple[Remark, ...] = ()


class Unfit(ValueError):
    """A picture cannot be used: a code, what is wrong (its name goes before it), what to do."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        super().__init__(code, message, remedy)
        self.code, self.message, self.remedy = code, message, remedy


def damaged(what: str) -> Unfit:
    """Return the error that a picture's file is broken; ``what`` says in which way."""
    return Unfit("image-damaged", f"is damaged: {what}", "Save it again as PNG or JPEG.")


def measured(width: int, height: int) -> tuple[int, int]:
    """Return a picture's size in pixels, if it is one that a machine can hold.

    Raises:
        Unfit: it has no pixels, or too many.
    """
    if not width or not height:
        raise damaged("it has no pixels")
    if width * height > PIXELS.most:
        raise Unfit(
            "image-too-large",
            f"has {width}×{height} pixels",
            f"Make it smaller than {PIXELS.most:,} pixels.",
        )
    return width, height
