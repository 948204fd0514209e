"""The sheet around a page: boxes, bleed and printer's marks (ISO 32000-1, 14.11.2 and 14.11.3)."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from faircopy.theme import MM, Theme
from faircopy.theme.formats import PressFile
from faircopy.writers.pdf.press import bleed
from faircopy.writers.pdf.press.bleed import Box
from faircopy.writers.pdf.press.inks import Tints

_ALL = "/AllInks"
_RADIUS = 1.6
"""Of a registration mark's circle, in millimetres."""


class Sheet(msgspec.Struct, frozen=True):
    """How pages stand on their sheets, in points."""

    bleed: float
    slug: float
    gap: float
    length: float
    weight: float
    paper: Tints

    @classmethod
    def of(cls, theme: Theme) -> Sheet:
        """Return the sheet of a theme."""
        press: PressFile = theme.press
        return cls(
            bleed=press.bleed * MM,
            slug=press.slug * MM,
            gap=max(press.mark_gap, press.bleed) * MM,
            length=press.mark_length * MM,
            weight=press.mark_weight,
            paper=tuple(part / 100 for part in theme.colour.press.paper),
        )

    def mount(self, pdf: Pdf, page: pikepdf.Page) -> None:
        """Set a page, whose size is its MediaBox, on a sheet with bleed and marks.

        The page's own coordinates stay, so that the sheet begins below zero: what is moved leaves
        its patterns behind, which lie in the page's first coordinates (ISO 32000-1, 8.7.3.1).
        """
        left, low, right, high = (float(value) for value in page.mediabox)
        trim = (left, low, right, high)
        _box(page, Name.MediaBox, _grown(trim, self.slug))
        _box(page, Name.TrimBox, trim)
        _box(page, Name.BleedBox, _grown(trim, self.bleed))
        for name in (Name.CropBox, Name.ArtBox):
            if name in page:
                del page[name]
        ground = _rectangle(self.paper, _grown(trim, self.bleed)) if any(self.paper) else ""
        larger = bleed.enlarged(trim, self.bleed) if bleed.is_filled(page, trim) else ""
        page.contents_add(pdf.make_stream(f"{ground}q\n{larger}".encode()), prepend=True)
        page.contents_add(pdf.make_stream(f"\nQ\n{self._marks(trim)}".encode()))
        page.contents_coalesce()
        _add_space(pdf, page)

    def _marks(self, trim: Box) -> str:
        """Draw the marks, in all inks, as no part of the text (ISO 32000-1, 14.8.2.2.2)."""
        lines = "".join(
            f"{x0:.3f} {y0:.3f} m {x1:.3f} {y1:.3f} l S\n"
            for x0, y0, x1, y1 in (
                *self._crops(trim),
                *self._crosses(trim),
            )
        )
        circles = "".join(_circle(x, y, _RADIUS * MM) for x, y in self._middles(trim))
        return (
            f"/Artifact <</Type /Page>> BDC\nq {_ALL} CS 1 SCN {self.weight:g} w 0 J [] 0 d\n"
            f"{lines}{circles}Q\nEMC\n"
        )

    def _crops(self, trim: Box) -> Iterator[tuple[float, ...]]:
        """Yield the two lines at each corner that point to where the knife goes."""
        left, low, right, high = trim
        near, far = self.gap, self.gap + self.length
        for x, out in ((left, -1), (right, 1)):
            for y, up in ((low, -1), (high, 1)):
                yield x + out * near, y, x + out * far, y
                yield x, y + up * near, x, y + up * far

    def _middles(self, trim: Box) -> Iterator[tuple[float, float]]:
        """Yield where the registration marks stand: beyond the middle of each side."""
        left, low, right, high = trim
        away = self.gap + self.length / 2
        across, up = (left + right) / 2, (low + high) / 2
        yield from ((left - away, up), (right + away, up), (across, low - away))
        yield across, high + away

    def _crosses(self, trim: Box) -> Iterator[tuple[float, ...]]:
        arm = self.length / 2
        for x, y in self._middles(trim):
            yield x - arm, y, x + arm, y
            yield x, y - arm, x, y + arm


def _grown(box: Box, by: float) -> Box:
    left, low, right, high = box
    return left - by, low - by, right + by, high + by


def _box(page: pikepdf.Page, name: Name, box: tuple[float, ...]) -> None:
    page[name] = Array([round(value, 4) for value in box])


def _rectangle(tints: Tints, box: Box) -> str:
    left, low, right, high = box
    ink = " ".join(f"{part:g}" for part in tints)
    size = f"{left:.4f} {low:.4f} {right - left:.4f} {high - low:.4f}"
    return f"/Artifact <</Type /Background>> BDC q {ink} k {size} re f Q EMC\n"


def _circle(x: float, y: float, radius: float) -> str:
    """Draw a circle of four Bézier curves."""
    k = 0.5523 * radius
    points = (
        (radius, k, k, radius, 0, radius),
        (-k, radius, -radius, k, -radius, 0),
        (-radius, -k, -k, -radius, 0, -radius),
        (k, -radius, radius, -k, radius, 0),
    )
    curves = "".join(
        " ".join(f"{at + base:.3f}" for at, base in zip(curve, (x, y) * 3, strict=True)) + " c "
        for curve in points
    )
    return f"{x + radius:.3f} {y:.3f} m {curves}S\n"


def _add_space(pdf: Pdf, page: pikepdf.Page) -> None:
    """Give a page the colour space that marks all separations (ISO 32000-1, 8.6.6.4)."""
    every = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    spaces = page.Resources.get(Name.ColorSpace)
    if spaces is None:
        page.Resources[Name.ColorSpace] = spaces = Dictionary()
    if Name(_ALL) not in spaces:
        space = Array([Name.Separation, Name.All, Name.DeviceCMYK, every])
        spaces[Name(_ALL)] = pdf.make_indirect(space)
