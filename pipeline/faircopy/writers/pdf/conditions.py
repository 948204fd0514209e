"""What is established of a finished PDF, on the objects that are about to be written.

These are the conditions of PDF/UA-1 (ISO 14289-1) and PDF/A-3 (ISO 19005-3) that hang on the
content and that a machine can tell; what hangs on the program alone is proven by the tests.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from faircopy.writers.pdf.claims import Breach, Claims
from faircopy.writers.pdf.structure import PDF, Element, Tree


def establish(tree: Tree) -> Claims:
    """Return what the document may claim, from its finished structure and objects."""
    return Claims.of(
        (
            *_document(tree.pdf),
            *_elements(tree),
            *_links(tree),
            *_content(tree),
            *_fonts(tree.pdf),
            *_images(tree.pdf),
        )
    )


_UA = frozenset({"ua"})
_BOTH = frozenset({"ua", "a"})


def _document(pdf: PDF) -> Iterator[Breach]:
    catalog = pdf.catalog
    title = pdf.info.get("Title")
    shown = catalog.get("ViewerPreferences", {}).get("DisplayDocTitle") == "true"
    if title is None or not _string(title).strip() or not shown:
        yield Breach(_UA, "ISO 14289-1, 7.1", "it shows no title")
    if not _string(catalog.get("Lang", "")).strip():
        yield Breach(_UA, "ISO 14289-1, 7.2", "it names no language")
    if catalog.get("MarkInfo", {}).get("Marked") != "true":
        yield Breach(_BOTH, "ISO 14289-1, 7.1; ISO 19005-3, 6.7.2.2", "it is not tagged")


def _string(value: Any) -> str:
    return str(getattr(value, "string", value))


# --- structure -----------------------------------------------------------------------------------

_HEADING = re.compile(r"/H([1-6])")
_WITHIN = {
    "/TR": ("/Table", "/THead", "/TBody", "/TFoot"),
    "/TH": ("/TR",),
    "/TD": ("/TR",),
    "/THead": ("/Table",),
    "/TBody": ("/Table",),
    "/TFoot": ("/Table",),
    "/LI": ("/L",),
    "/LBody": ("/LI",),
}
"""Where elements may stand (ISO 32000-1, 14.8.4.3)."""


def _elements(tree: Tree) -> Iterator[Breach]:
    level = 0
    names: Counter[str] = Counter()
    for element in tree.all():
        kind = element["S"]
        if match := _HEADING.fullmatch(kind):
            before, level = level, int(match[1])
            if level > before + 1:
                after = f"after one of level {before}" if before else "as the first"
                yield Breach(
                    _UA,
                    "ISO 14289-1, 7.4.2",
                    f"a heading of level {level} stands {after}",
                    _ids(tree, element),
                )
        elif kind in ("/Figure", "/Formula"):
            if not any(_string(element.get(key, "")).strip() for key in ("Alt", "ActualText")):
                what, clause = ("an image", "7.3") if kind == "/Figure" else ("a formula", "7.7")
                said = f"{what} has no alternative text"
                yield Breach(_UA, f"ISO 14289-1, {clause}", said, _ids(tree, element))
        elif kind == "/TH":
            attributes = element.get("A", {})
            if "Scope" not in attributes and "Headers" not in attributes:
                said = "a table’s heading says not what it heads"
                yield Breach(_UA, "ISO 14289-1, 7.5", said, _ids(tree, element))
        elif kind == "/Table" and not _is_regular(tree, element):
            said = "the rows of a table do not all have as many cells"
            yield Breach(_UA, "ISO 14289-1, 7.2", said, _ids(tree, element))
        elif kind == "/Link":
            for link in tree.annotations(element):
                if not _string(link.get("Contents", "")).strip():
                    said = "a link has no words and no description"
                    yield Breach(_UA, "ISO 14289-1, 7.18.5", said, _ids(tree, element))
        elif kind == "/Note":
            names[_string(element.get("ID", ""))] += 1
        if kind in _WITHIN and tree.parent(element).get("S") not in _WITHIN[kind]:
            said = f"the element {kind[1:]} stands outside of {_WITHIN[kind][0][1:]}"
            yield Breach(_UA, "ISO 14289-1, 7.2", said, _ids(tree, element))
    if names[""] or any(number > 1 for number in names.values()):
        yield Breach(_UA, "ISO 14289-1, 7.9", "a note has no ID of its own")


def _is_regular(tree: Tree, table: Element) -> bool:
    """Say whether every row has cells, and all are as wide, counting what spans from above."""
    groups = [item for item in tree.kids(table) if item["S"] in ("/THead", "/TBody", "/TFoot")]
    rows = [row for group in groups or [table] for row in tree.kids(group) if row["S"] == "/TR"]
    widths: set[int] = set()
    above: list[tuple[int, int]] = []  # (columns, rows still to come) of cells that span down
    for row in rows:
        spans = [
            (int(at.get("ColSpan", 1)), int(at.get("RowSpan", 1)))
            for at in (cell.get("A", {}) for cell in tree.kids(row))
        ]
        if not spans:
            return False
        widths.add(sum(columns for columns, _ in (*spans, *above)))
        above = [(columns, left - 1) for columns, left in (*above, *spans) if left > 1]
    return len(widths) < 2 and not above


def _ids(tree: Tree, element: Element) -> tuple[str, ...]:
    """Return the ids in the HTML of an element, of what is in it, and of what is around it."""
    found: list[str] = []
    at = element
    while at.get("S") is not None:
        source = tree.source(at)
        if source is not None:
            found += [item.get("id", "") for item in (source, *source.iter())]
        if "P" not in at:
            break
        at = tree.parent(at)
    return tuple(dict.fromkeys(name for name in found if name))


def _links(tree: Tree) -> Iterator[Breach]:
    """A link belongs to an element of the text."""
    for page in tree.pdf.page_references:
        for reference in tree.object(page).get("Annots", ()):
            if "StructParent" not in tree.object(reference):
                yield Breach(_UA, "ISO 14289-1, 7.18.5", "a link is no part of the text")


def _content(tree: Tree) -> Iterator[Breach]:
    """All text is marked: as part of an element, or as artifact."""
    rule = "ISO 14289-1, 7.1; ISO 19005-3, 6.7.3"
    for number, page in enumerate(tree.pdf.page_references, start=1):
        depth = 0
        for operator in tree.object(tree.object(page)["Contents"]).stream:
            if operator in (b"BDC", b"BMC"):
                depth += 1
            elif operator == b"EMC":
                depth -= 1
            elif depth == 0 and isinstance(operator, bytes) and operator.endswith(_SHOWS):
                yield Breach(_BOTH, rule, f"text on page {number} is not tagged")
                break


_SHOWS = (b" TJ", b" Tj")


# --- fonts and images ----------------------------------------------------------------------------

_MAPPED = re.compile(rb"<([0-9a-fA-F]+)> <([0-9a-fA-F]+)>")
_NO_TEXT = frozenset({0x0000, 0xFEFF, 0xFFFE, 0xFFFD})
_EMBEDDED = frozenset({"FontFile", "FontFile2", "FontFile3"})


def _fonts(pdf: PDF) -> Iterator[Breach]:
    for font in pdf.objects:
        if isinstance(font, dict) and font.get("Subtype") == "/Type0":
            yield from _font(pdf, font)


def _font(pdf: PDF, font: Any) -> Iterator[Breach]:
    name = _text(font["BaseFont"]).lstrip("/")
    below = _object(pdf, font["DescendantFonts"][0])
    descriptor = _object(pdf, below["FontDescriptor"])
    if below["Subtype"] != "/CIDFontType0" and not _EMBEDDED & descriptor.keys():
        rule = "ISO 14289-1, 7.21.4.1; ISO 19005-3, 6.2.11.4.1"
        yield Breach(frozenset({"ua", "b"}), rule, f"the font {name} is not embedded")
    codes = set(below["W"][::2])
    if 0 in _glyphs(pdf, below, codes):
        rule = "ISO 14289-1, 7.21.8; ISO 19005-3, 6.2.11.8"
        said = f"the font {name} has no glyph for a character"
        yield Breach(frozenset({"ua", "b"}), rule, said)
    stream = b"\n".join(_object(pdf, font["ToUnicode"]).stream) if "ToUnicode" in font else b""
    letters = {int(code, 16): bytes.fromhex(to.decode()) for code, to in _MAPPED.findall(stream)}
    silent = [code for code in codes if not letters.get(code) or _bare(letters[code])]
    if silent:
        rule = "ISO 14289-1, 7.21.7; ISO 19005-3, 6.2.11.7.2"
        said = f"{len(silent)} glyphs of the font {name} stand for no character"
        yield Breach(frozenset({"ua", "u"}), rule, said)
    private = {char for to in letters.values() for char in _decoded(to) if _is_private(char)}
    for char in sorted(private):
        said = f"U+{ord(char):04X} is a character of private use, which says nothing"
        yield Breach(frozenset({"a"}), "ISO 19005-3, 6.2.11.7.3", said, char=char)


def _glyphs(pdf: PDF, font: Any, codes: Iterable[int]) -> Iterable[int]:
    """Return the numbers of the glyphs that codes stand for."""
    mapping = font.get("CIDToGIDMap", "/Identity")
    if isinstance(mapping, str):
        return codes
    data = b"".join(_object(pdf, mapping).stream)
    return [int.from_bytes(data[2 * code : 2 * code + 2]) for code in codes]


def _bare(to: bytes) -> bool:
    return any(ord(char) in _NO_TEXT for char in _decoded(to))


def _decoded(to: bytes) -> str:
    return to.decode("utf-16-be", "replace")


def _is_private(char: str) -> bool:
    return "\ue000" <= char <= "\uf8ff" or char >= "\U000f0000"


def _images(pdf: PDF) -> Iterator[Breach]:
    for item in pdf.objects:
        extra = getattr(item, "extra", None)
        if not extra or extra.get("Subtype") != "/Image":
            continue
        if extra.get("ColorSpace") == "/DeviceCMYK":  # the output intent is sRGB
            said = "an image is in printing inks"
            yield Breach(frozenset({"b"}), "ISO 19005-3, 6.2.4.3", said)
        if extra.get("Interpolate") == "true":
            said = "an image is to be smoothed by whoever shows it"
            yield Breach(frozenset({"b"}), "ISO 19005-3, 6.2.8", said)


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _object(pdf: PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
