"""Rules on pictures: words that say nothing, and too few pixels for the place they fill."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from faircopy.core import ast
from faircopy.core.diagnostics import Diagnostic, Place, Severity
from faircopy.core.model import Asset
from faircopy.manuscript import images
from faircopy.manuscript.lint.context import Context, warning

_INCH = 25.4
_UNITS = {"": _INCH / 96, "px": _INCH / 96, "pt": _INCH / 72, "in": _INCH, "cm": 10.0, "mm": 1.0}
"""Millimetres in each unit that a picture's width may have."""

_SIZE = re.compile(r"\s*(\d*\.?\d+)\s*(%|[a-z]*)\s*")
_FINE = 150
"""Pixels to the inch below which print shows them; printers ask for 300."""

_COARSE = 75
"""Below, screens show them too, for a picture's own pixels are 96 to the inch."""

_PLACEHOLDERS = """
alt bild chart diagram figura figure foto fotografie graph graphic icon illustration image imagen
img logo photo photograph pic picture placeholder screenshot tbd thumbnail todo untitled xxx
изображение картинка рисунок сурет фото تصویر صورة תמונה 图 图片 图像
"""
"""Words that one who cannot see a picture has nothing of, alone or with a number."""

_NAMED = re.compile(r"[\w -]+\.(?:gif|heic|jpe?g|png|svg|tiff?|webp)|(?:dsc|img|pxl)[_-]?\d+\w*")


def says_nothing(context: Context) -> Iterator[Diagnostic]:
    """Words for those who cannot see a picture that are a placeholder, or its file's name."""
    for node, place in _shown(context):
        words = " ".join(ast.text(node.inlines).split())
        plain = words.casefold()
        bare = re.sub(r"[\s\d.:_#№-]+", "", plain)
        stem = PurePosixPath(unquote(node.url)).stem.casefold()
        if plain and (bare in _PLACEHOLDERS.split() or _NAMED.fullmatch(plain) or plain == stem):
            yield warning(
                "alt-placeholder",
                place,
                f"“{words}” says nothing to those who cannot see the image “{unquote(node.url)}”",
                "Say what it shows, or mark it {.decorative} if that does not matter.",
            )


def few_pixels(context: Context) -> Iterator[Diagnostic]:
    """A picture with fewer pixels than it takes to fill its place on the widest page."""
    for node, place in _shown(context):
        asset = context.publication.assets.get(node.url)
        if asset is None or asset.media_type == "image/svg+xml":
            continue
        asked = dict(node.attr.attributes).get("width", "")
        wide = _width(asked, asset, context.measure)
        across = asset.width / (wide / _INCH)
        if across >= _FINE or (not asked and not _fills(asset, context.measure)):
            continue
        needed = round(wide / _INCH * _FINE)
        yield Diagnostic(
            "image-coarse",
            Severity.WARNING if across < _COARSE else Severity.NOTE,
            f"the image “{unquote(node.url)}” has {asset.width}×{asset.height} pixels: "
            f"{across:.0f} to the inch where it is {wide:.0f} mm wide",
            f"Use a picture that is {needed} pixels wide, or show it smaller with {{width=…mm}}.",
            place,
        )


def _shown(context: Context) -> Iterator[tuple[ast.Image, Place]]:
    blocks = context.publication.blocks
    places = (place for _, place in images.used(blocks, context.source))
    nodes = (node for node in ast.find(blocks, ast.Image))
    return zip(nodes, places, strict=True)


def _width(asked: str, asset: Asset, measure: float) -> float:
    """Return how wide a picture is, in mm, on the page where it is widest."""
    found = _SIZE.fullmatch(asked)
    if found and found[2] == "%":
        wide = float(found[1]) / 100 * measure
    elif found and found[2] in _UNITS:
        wide = float(found[1]) * _UNITS[found[2]]
    else:
        wide = asset.width * _UNITS["px"]
    return max(0.1, min(wide, measure))


def _fills(asset: Asset, measure: float) -> bool:
    """Say whether a picture of no stated width fills half of the page, and so is no small sign."""
    return asset.width * _UNITS["px"] >= measure / 2


RULES = (says_nothing, few_pixels)
