"""From the colours of the screen to inks.

A theme says its colours twice, in sRGB and in ink; what is in one of its colours is printed in the
theme's own inks. Anything else (figures) goes through the profiles, but greys are black ink alone,
so that no letter is printed four times over.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Mapping
from typing import Any, Protocol, TypeAlias

from PIL import Image, ImageCms

from faircopy.core.diagnostics import EditionError
from faircopy.theme import Theme

Rgb: TypeAlias = tuple[int, int, int]
"""Red, green and blue, each from 0 to 255."""

Tints: TypeAlias = tuple[float, ...]
"""Amounts from 0 to 1: cyan, magenta, yellow, black; or one of grey."""

NEUTRAL = 2
"""Two channels that differ by no more are equal: figures are rounded on their way."""


class Inks(Protocol):
    """What colours become, and the operators that set them (ISO 32000-1, 8.6.8)."""

    fill: str
    stroke: str
    space: str

    def of(self, rgb: Rgb) -> Tints:
        """Return the amounts of ink, as many as the operators take."""

    def of_grey(self, grey: float) -> Tints:
        """Return the amounts for a grey, from 0 (black) to 1."""


class Press:
    """Cyan, magenta, yellow and black."""

    fill, stroke, space = "k", "K", "/DeviceCMYK"

    def __init__(self, named: Mapping[Rgb, Tints], profile: bytes) -> None:
        self._named = named
        self._profile = profile
        self._seen: dict[Rgb, Tints] = {}

    def of(self, rgb: Rgb) -> Tints:
        """Return a colour of the theme in its inks, a grey in black, others by the profile."""
        if rgb in self._named:
            return self._named[rgb]
        if max(rgb) - min(rgb) <= NEUTRAL:
            return self.of_grey(sum(rgb) / 3 / 255)
        if rgb not in self._seen:
            self._seen[rgb] = self._converted(rgb)
        return self._seen[rgb]

    def of_grey(self, grey: float) -> Tints:
        """Return a tint of black."""
        return (0.0, 0.0, 0.0, round(1 - grey, 4))

    def _converted(self, rgb: Rgb) -> Tints:
        image = ImageCms.applyTransform(Image.new("RGB", (1, 1), rgb), self._transform)
        assert image is not None
        pixel: Any = image.getpixel((0, 0))
        return tuple(round(part / 255, 3) for part in pixel)

    @functools.cached_property
    def _transform(self) -> Any:
        return ImageCms.buildTransform(
            ImageCms.createProfile("sRGB"),
            ImageCms.getOpenProfile(io.BytesIO(self._profile)),
            "RGB",
            "CMYK",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )


class Luminosity:
    """Grey, for masks: what is light there lets through (ISO 32000-1, 11.5.3)."""

    fill, stroke, space = "g", "G", "/DeviceGray"

    def of(self, rgb: Rgb) -> Tints:
        """Return the luma of a colour (ITU-R BT.709)."""
        red, green, blue = (part / 255 for part in rgb)
        return (round(0.2126 * red + 0.7152 * green + 0.0722 * blue, 4),)

    def of_grey(self, grey: float) -> Tints:
        """Return the grey as it is."""
        return (round(grey, 4),)


def named(theme: Theme) -> dict[Rgb, Tints]:
    """Return the theme's colours on screen with those for the press.

    Raises:
        EditionError: two colours are the same on screen and not on the press.
    """
    found: dict[Rgb, Tints] = {}
    names: dict[Rgb, str] = {}
    press = theme.colour.press
    for name in press.__struct_fields__:
        screen: str = getattr(theme.colour, name)
        rgb = (int(screen[1:3], 16), int(screen[3:5], 16), int(screen[5:7], 16))
        tints = tuple(round(per_cent / 100, 4) for per_cent in getattr(press, name))
        if found.setdefault(rgb, tints) != tints:
            raise EditionError.because(
                "press-colour",
                f"{names[rgb]} and {name} are both {screen} on screen, but not the same on the"
                f" press.",
                "Give them the same values in [colour.press], or other ones in [colour].",
            )
        names.setdefault(rgb, name)
    return found
