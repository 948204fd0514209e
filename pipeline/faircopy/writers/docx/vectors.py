"""Vector images: a picture of pixels beside each, for programs that show no SVG.

Word shows SVG since 2016, with a picture of pixels in the same place for all others
(MS-ODRAWXML, 2.4.4). Pandoc writes the vector only.
"""

from __future__ import annotations

import posixpath
from io import BytesIO

from lxml import etree

from faircopy.core import pango
from faircopy.writers.docx.ooxml import Element, parse, q, serialise
from faircopy.writers.docx.package import links, links_of
from faircopy.writers.html import data_uri

_SVG_BLIP = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_WIDEST = 1600
"""Pixels across: 300 to the inch on a column of 136 mm."""


def add_pixels(parts: dict[str, bytes], name: str) -> dict[str, bytes]:
    """Return the parts with a PNG beside each SVG that the part ``name`` shows."""
    root = parse(parts[name])
    blips = list(root.iter(_SVG_BLIP))
    if not blips:
        return parts
    folder = posixpath.dirname(name)
    known = links(parts, name)
    targets = {link.get("Id"): link.get("Target") or "" for link in known}
    out = dict(parts)
    drawn: dict[str, str] = {}
    for blip in blips:
        target = targets[blip.get(q("r:embed"))]
        if target not in drawn:
            drawn[target] = f"{blip.get(q('r:embed'))}png"
            picture = posixpath.splitext(target)[0] + ".png"
            out[f"{folder}/{picture}"] = pixels(parts[f"{folder}/{target}"], _ratio(blip))
            etree.SubElement(
                known,
                f"{{{_PACKAGE}}}Relationship",
                {"Id": drawn[target], "Type": _IMAGE, "Target": picture},
            )
        holder = next(blip.iterancestors(q("a:blip")))
        holder.set(q("r:embed"), drawn[target])
    out[name], out[links_of(name)] = serialise(root), serialise(known)
    return out


def declare(types: Element) -> None:
    """Say in ``[Content_Types].xml`` what ``.png`` is."""
    space = etree.QName(types).namespace
    if not any(child.get("Extension") == "png" for child in types):
        default = etree.Element(f"{{{space}}}Default")
        default.set("Extension", "png")
        default.set("ContentType", "image/png")
        types.insert(0, default)


def _ratio(blip: Element) -> float:
    """Height of the drawing that a picture stands in, as a part of its width."""
    extent = next(blip.iterancestors(q("wp:inline"))).find(q("wp:extent"))
    if extent is None:
        return 1.0
    return int(extent.get("cy") or 1) / int(extent.get("cx") or 1)


def pixels(svg: bytes, ratio: float) -> bytes:
    """Return an SVG as PNG on a clear ground, drawn by WeasyPrint; nothing is fetched.

    ``ratio`` is the picture's height as a part of its width.
    """
    import pypdfium2

    pango.require()
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(allowed_protocols={"data"})
    source = data_uri("image/svg+xml", svg)
    body = etree.Element("body")
    etree.SubElement(body, "img", src=source, alt="")
    width, height = f"{_WIDEST}px", f"{max(1, round(_WIDEST * ratio))}px"
    page = f"@page{{size:{width} {height};margin:0}}body{{margin:0}}"
    fit = f"img{{width:{width};height:{height};display:block;object-fit:fill}}"
    html = HTML(string=etree.tostring(body, encoding="unicode"), url_fetcher=fetcher)
    data = html.write_pdf(stylesheets=[CSS(string=page + fit, url_fetcher=fetcher)])
    document = pypdfium2.PdfDocument(bytes(data))
    sheet = document[0]
    scale = _WIDEST / sheet.get_width()
    picture = sheet.render(scale=scale, fill_color=(255, 255, 255, 0), maybe_alpha=True).to_pil()
    document.close()
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
