"""Colours: whatever a picture's profile says, every edition gets sRGB or grey.

The PDF's output intent is sRGB and its images have no profile of their own, Word and many reading
systems heed none: a picture in inks or in a phone's wide colours would look different, or wrong,
in each. The profile (ICC.1) is applied here, once.
"""

from __future__ import annotations

import io
from typing import Any

import msgspec

from faircopy.manuscript.pictures.picture import Remark

_NEAR = 3
"""Steps of 255 by which a profile may differ from sRGB and still be one by another name."""


class Reading(msgspec.Struct, frozen=True):
    """What a profile does to colours.

    Attributes:
        transform: Pillow's way from the picture's colours to sRGB; none for plain ones.
        is_srgb: the numbers mean what they mean in sRGB.
        is_known: there is a profile that fits the picture, or none.
    """

    transform: Any
    is_srgb: bool
    is_known: bool
    remarks: tuple[Remark, ...] = ()


def read(profile: bytes, mode: str) -> Reading:
    """Read the profile of a picture of one of Pillow's modes: L, RGB or CMYK."""
    from PIL import ImageCms

    inks = mode == "CMYK"
    if not profile:
        return Reading(None, not inks, is_known=True, remarks=(_GUESSED,) if inks else ())
    try:
        transform = ImageCms.buildTransform(
            ImageCms.getOpenProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            mode,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        remark = _GUESSED if inks else _UNREADABLE
        return Reading(None, not inks, is_known=False, remarks=(remark,))
    return Reading(transform, not inks and _changes_nothing(transform, mode), is_known=True)


def in_srgb(image: Any, reading: Reading) -> Any:
    """Return a picture of mode L, RGB or CMYK in the colours of sRGB; grey stays grey."""
    from PIL import ImageCms

    if reading.is_srgb:
        return image
    if reading.transform is None:
        return image.convert("RGB")
    shown = ImageCms.applyTransform(image, reading.transform)
    assert shown is not None  # only a transform in place returns nothing
    return shown.getchannel("G") if image.mode == "L" else shown


_GUESSED = Remark(
    "image-inks",
    "is in printing inks and says not which: its colours are a guess",
    "Save it as RGB, or with the profile of its inks.",
)
_UNREADABLE = Remark(
    "image-profile",
    "has a colour profile that does not fit or cannot be read; it is taken for sRGB",
    "Save it as sRGB.",
)


def _changes_nothing(transform: Any, mode: str) -> bool:
    from PIL import Image, ImageCms

    steps = range(0, 256, 51)
    if mode == "L":
        asked = [(step,) * 3 for step in steps]
    else:
        asked = [(red, green, blue) for red in steps for green in steps for blue in steps]
    test = Image.new("RGB", (len(asked), 1))
    test.putdata(asked)
    shown = ImageCms.applyTransform(test.convert(mode), transform)
    assert shown is not None  # as above
    pairs = zip(test.tobytes(), shown.tobytes(), strict=True)
    return all(abs(before - after) <= _NEAR for before, after in pairs)
