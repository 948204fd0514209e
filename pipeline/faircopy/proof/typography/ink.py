"""Where anything is drawn on a page: text, pictures, rules, of any kind."""

from __future__ import annotations

from typing import Any

_SCALE = 0.5
"""Pixels a point: two points more or less are no line."""
_LARGEST = 20_000_000
"""Pixels of a page that is looked at, at most."""


class Inked:
    """The pages of a PDF as pictures, each made when it is asked about."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        self._document = pypdfium2.PdfDocument(data)
        self._pictures: dict[int, Any] = {}

    def lowest(self, page: int, left: float, right: float, foot: float) -> float:
        """Return the lowest height above ``foot`` at which something is drawn, in points.

        Args:
            page: counts from 1.
            left: from where across the page,
            right: and to where is looked.
            foot: how low is looked.
        """
        from PIL import Image, ImageChops

        picture = self._picture(page)
        if picture is None:
            return foot
        size = picture.size[1]
        box = (int(left * _SCALE), 0, int(right * _SCALE) + 1, size - int(foot * _SCALE))
        part = picture.crop(box)
        ground = Image.new("L", part.size, picture.getpixel((0, 0)))
        inked = ImageChops.difference(part, ground).getbbox()
        return float((size - inked[3]) / _SCALE) if inked else float(size / _SCALE)

    def _picture(self, number: int) -> Any:
        if number not in self._pictures:
            page = self._document[number - 1]
            width, height = page.get_size()
            small = width * height * _SCALE * _SCALE <= _LARGEST
            picture = page.render(scale=_SCALE).to_pil().convert("L") if small else None
            self._pictures = {number: picture}
        return self._pictures[number]

    def __enter__(self) -> Inked:
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()
