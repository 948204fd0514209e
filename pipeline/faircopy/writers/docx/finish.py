"""The last hand on the parts of a document that pandoc wrote."""

from __future__ import annotations

from faircopy.theme.tokens import MM
from faircopy.writers.docx import (
    direction,
    dropcap,
    isolates,
    lists,
    losses,
    pictures,
    runs,
    tables,
    theming,
    vectors,
)
from faircopy.writers.docx.looks import style_id
from faircopy.writers.docx.ooxml import MATH, Element, make, parse, q, serialise
from faircopy.writers.docx.package import CONTENT_TYPES, with_images_of, without_spare_links
from faircopy.writers.docx.setting import Setting

DOCUMENT = "word/document.xml"
FOOTNOTES = "word/footnotes.xml"
NUMBERING = "word/numbering.xml"
_TALLEST = 0.85
"""Height of a picture, as a part of the text's, that leaves room for its caption."""


def finish(parts: dict[str, bytes], setting: Setting, titles: dict[str, str]) -> dict[str, bytes]:
    """Return the package's parts with styles, sizes and directions set right.

    ``titles`` are the titles of links, by address.
    """
    page = setting.page
    width = page.text_width * MM
    numbering = parse(parts[NUMBERING])
    step = setting.theme.text.list_indent * page.style.body.size
    out = dict(parts)
    if theming.PART in parts:
        out[theming.PART] = theming.themed(parts[theming.PART], setting.theme)
    for name in (DOCUMENT, FOOTNOTES):
        root = parse(parts[name])
        isolates.settle(root)
        _rules(root)
        _formulas(root)
        dropcap.frame(root, setting.theme.text.drop_cap_lines)
        lists.style_items(root, numbering)
        tables.dress(root, width, page.style.table.size, rtl=setting.rtl)
        pictures.bound(root, width, page.lines * page.lead * _TALLEST)
        losses.keep_titles(root, parts, name, titles)
        runs.name_styles(root)
        direction.mark(root, rtl=setting.rtl)
        out[name] = serialise(root)
    lists.set_levels(numbering, step)
    lists.shorten_ids(numbering)
    out[NUMBERING] = serialise(numbering)
    return _with_pixels(out)


def _with_pixels(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Give vector images a picture of pixels, and the package the type that goes with it."""
    parts = with_images_of(parts, FOOTNOTES, DOCUMENT)
    for name in (DOCUMENT, FOOTNOTES):
        parts = without_spare_links(vectors.add_pixels(parts, name), name)
    types = parse(parts[CONTENT_TYPES])
    vectors.declare(types)
    return parts | {CONTENT_TYPES: serialise(types)}


def _formulas(root: Element) -> None:
    """Say of words in a formula only that they are words, or how they are slanted (22.1.2.91).

    Pandoc says both of TeX's text, which Word would repair.
    """
    for looks in root.iter(f"{{{MATH}}}rPr"):
        if looks.find(f"{{{MATH}}}nor") is not None:
            for name in ("scr", "sty"):
                for spare in looks.findall(f"{{{MATH}}}{name}"):
                    looks.remove(spare)


def _rules(root: Element) -> None:
    """Give horizontal rules, which pandoc draws as VML, a style."""
    for picture in list(root.iter(q("pict"))):
        if picture.find(f"{q('v:rect')}[@{q('o:hr')}]") is None:
            continue
        paragraph = next(picture.iterancestors(q("p")), None)
        if paragraph is not None:
            for child in list(paragraph):
                paragraph.remove(child)
            paragraph.append(make("pPr", make("pStyle", val=style_id("Horizontal Rule"))))
