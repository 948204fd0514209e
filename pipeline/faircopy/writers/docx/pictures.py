"""Pictures: data URIs on the way in, sizes and descriptions on the way out."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from lxml import etree

from faircopy.core import ast
from faircopy.core.ast import Blocks, Node
from faircopy.core.model import Asset
from faircopy.passes import figures
from faircopy.writers.docx.ooxml import EMU, Element, q
from faircopy.writers.html import data_uri


def embed(blocks: Blocks, assets: Mapping[str, Asset], width: float) -> Blocks:
    """Return blocks whose pictures carry their bytes, for pandoc's sandbox opens no file.

    Parts of ``width``, the text's in mm, become millimetres: pandoc passes over percentages.
    """

    def change(node: Node) -> Node:
        if isinstance(node, ast.Image) and (asset := assets.get(node.url)):
            source = data_uri(asset.media_type, asset.data)
            sizes = tuple(
                (key, _in_mm(value, width) if key == "width" else value)
                for key, value in node.attr.attributes
            )
            attr = msgspec.structs.replace(node.attr, attributes=sizes)
            return ast.Image((attr, node.inlines, (source, node.title)))
        return node

    return ast.rewrite(ast.rewrite(blocks, _narrow, ast.Figure), change) if assets else blocks


PORTRAIT = "45%"
"""Width of an interviewee's portrait: a share of the text's."""


def _narrow(node: Node) -> Node:
    """Give a portrait that opens a text its width."""

    def sized(image: Node) -> Node:
        if isinstance(image, ast.Image) and not image.attr.get("width"):
            wide = (*image.attr.attributes, ("width", PORTRAIT))
            attr = msgspec.structs.replace(image.attr, attributes=wide)
            return ast.Image((attr, image.inlines, (image.url, image.title)))
        return image

    if isinstance(node, ast.Figure) and figures.OPENING[1] in node.attr.classes:
        return ast.rewrite(node, sized, ast.Image)
    return node


def _in_mm(value: str, width: float) -> str:
    part = value.removesuffix("%")
    if part == value or not part.replace(".", "", 1).isdecimal():
        return value
    return f"{float(part) / 100 * width:.2f}mm"


def bound(root: Element, width: float, height: float) -> None:
    """Shrink drawings that are wider or higher than the text, and tidy their names.

    Args:
        root: a part of the document.
        width: the widest that a picture may be, in points.
        height: the highest that a picture may be, in points.
    """
    for number, drawing in enumerate(root.iter(q("wp:inline")), 1):
        extents = [*drawing.iter(q("wp:extent")), *drawing.iter(q("a:ext"))]
        sized = [extent for extent in extents if extent.get("cx")]
        for extent in sized:
            wide, high = int(extent.get("cx") or 0), int(extent.get("cy") or 0)
            scale = min(1.0, width * EMU / max(wide, 1), height * EMU / max(high, 1))
            extent.set("cx", str(max(1, round(wide * scale))))
            extent.set("cy", str(max(1, round(high * scale))))
        for side in ("distT", "distB", "distL", "distR"):
            drawing.set(side, "0")  # LibreOffice puts an eighth of an inch where none is given
        _describe(drawing, number)


def _describe(drawing: Element, number: int) -> None:
    """Say the alternative text where screen readers look; pandoc repeats the data URI there."""
    about = drawing.find(q("wp:docPr"))
    words = "" if about is None else about.get("descr") or ""
    for element in (about, *drawing.iter(q("pic:cNvPr"))):
        if element is not None:
            element.set("name", f"Picture {number}")
            element.set("descr", words)
    if about is not None and not words:
        _decorate(about)


_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ADEC = "{http://schemas.microsoft.com/office/drawing/2017/decorative}"


def _decorate(about: Element) -> None:
    """Say that a picture without words is decoration ([MS-ODRAWXML], 2.10.1)."""
    extensions = etree.SubElement(about, f"{_A}extLst", nsmap={"a": _A[1:-1]})
    extension = etree.SubElement(extensions, f"{_A}ext")
    extension.set("uri", "{C183D7F6-B498-43B3-948B-1728B52AA6E4}")
    mark = etree.SubElement(extension, f"{_ADEC}decorative", nsmap={"adec": _ADEC[1:-1]})
    mark.set("val", "1")
