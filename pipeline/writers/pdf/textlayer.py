"""The text that a page gives to whoever copies, searches or hears it.

A PDF maps each code of a font to letters (``ToUnicode``, ISO 32000-1, 9.10.3). WeasyPrint 70
uses a glyph's number as its code, so that a glyph stands for the letters it was first drawn
for: a small capital for "s" or "S" but not both, the dotless tooth of Nastaliq for one of its
six letters (issue 2841). Here every pair of a glyph and its letters gets a code of its own,
and the font maps codes to glyphs (``CIDToGIDMap``, 9.7.4.2).

The glyphs drawn are written down while the pages are painted, in order; afterwards the codes in
the pages' content are replaced in the same order.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, TypeAlias

import pydyf

from pipeline.writers.pdf.layout import HYPHEN

Shown: TypeAlias = list[tuple[int, str]]
"""Glyphs in the order of drawing, each with the letters it stands for."""

SOFT_HYPHEN = "\u00ad"
NOTHING = "\u200b"
"""What a glyph says that only completes another, such as the dots of a letter."""
_FONT = re.compile(rb"/(\w+) \S+ Tf")
_CODES = re.compile(rb"<([0-9a-f]*)>")


class Fonts(dict[Any, Any]):
    """The fonts of a document, each told to write down what it draws.

    ``shown`` holds the glyphs by the name of the font in the pages' content.
    """

    def __init__(self) -> None:
        super().__init__()
        self.shown: dict[str, Shown] = {}

    def __setitem__(self, key: Any, font: Any) -> None:
        font.to_unicode = _Written(self.shown.setdefault(font.hash, []))
        super().__setitem__(key, font)


class _Written(dict[int, str]):
    """A map of glyphs to letters that claims to know none, and so is told of each."""

    def __init__(self, shown: Shown) -> None:
        super().__init__()
        self._shown = shown

    def __contains__(self, glyph: object) -> bool:
        return False

    def __setitem__(self, glyph: int, text: str) -> None:
        self._shown.append((glyph, text))
        self.setdefault(glyph, text)


def rewrite(pdf: Any, fonts: Fonts) -> None:
    """Give each pair of a glyph and its letters a code of its own.

    Fonts of other outlines than TrueType keep their codes, which the format ties to glyphs; so
    does a font whose glyphs were drawn elsewhere as well, within pictures.
    """
    streams = [_object(pdf, _object(pdf, page)["Contents"]) for page in pdf.page_references]
    drawn = _drawn(streams)
    codes: dict[str, Iterator[bytes]] = {}
    for name, shown in fonts.shown.items():
        used = [font for font in fonts.values() if font.hash == name]
        fits = [glyph for glyph, _ in shown] == drawn.get(name)
        if fits and all(font.type == "ttf" and not font.missing for font in used):
            widths = {glyph: width for font in used for glyph, width in font.widths.items()}
            pairs = [(glyph, _said(text)) for glyph, text in _placed(shown, widths)]
            table = _table(pairs)
            _describe(pdf, name, table, widths)
            if any(code != glyph for (glyph, _), code in table.items()):
                written = {pair: b"%04x" % code for pair, code in table.items()}
                codes[name] = iter([written[pair] for pair in pairs])
    for stream in streams:
        _replace(stream, codes)


# --- letters -------------------------------------------------------------------------------------


def _placed(shown: Shown, widths: Mapping[int, float]) -> Shown:
    """Give the letters of a cluster to the glyph that has a width; the rest say nothing.

    WeasyPrint gives them to a cluster's leftmost glyph when it reads from right to left, to
    its last one otherwise.
    """
    if all(text for _, text in shown):
        return shown  # as in Latin: a glyph to a cluster
    out: Shown = []
    for cluster in _clusters(shown):
        text = "".join(part for _, part in cluster)
        bearer = max(range(len(cluster)), key=lambda n: (widths.get(cluster[n][0], 0), -n))
        out += [
            (glyph, (text if n == bearer else "") or NOTHING)
            for n, (glyph, _) in enumerate(cluster)
        ]
    return out


def _clusters(shown: Shown) -> Iterator[Shown]:
    """Yield the glyphs that stand for some letters together."""
    cluster: Shown = []
    for glyph, text in shown:
        if text and cluster and any(part for _, part in cluster):
            yield cluster
            cluster = []
        cluster.append((glyph, text))
        if text and not _from_right(text):
            yield cluster
            cluster = []
    if cluster:
        yield cluster


def _from_right(text: str) -> bool:
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


def _said(text: str) -> str:
    """A hyphen that the layout put in is a soft one (ISO 32000-1, 14.8.2.2.3)."""
    return SOFT_HYPHEN if text == HYPHEN else text


def _table(pairs: Shown) -> dict[tuple[int, str], int]:
    """Return a code for each pair: the glyph's own number for its first, then new ones."""
    table: dict[tuple[int, str], int] = {}
    taken = {glyph for glyph, _ in pairs}
    free = max(taken, default=0) + 1
    first: set[int] = set()
    for pair in pairs:
        if pair in table:
            continue
        if pair[0] not in first:
            table[pair] = pair[0]
            first.add(pair[0])
        else:
            table[pair] = free
            free += 1
    return table


# --- content -------------------------------------------------------------------------------------


def _runs(stream: Any) -> Iterator[tuple[int, str]]:
    """Yield (index, font's name) of the operators that show text."""
    name = ""
    for index, operator in enumerate(stream.stream):
        if isinstance(operator, bytes):
            if match := _FONT.fullmatch(operator):
                name = match[1].decode()
            elif operator.endswith(b"] TJ"):
                yield index, name


def _drawn(streams: list[Any]) -> dict[str, list[int]]:
    """Return the codes in the pages' content, by font, in order."""
    drawn: dict[str, list[int]] = {}
    for stream in streams:
        for index, name in _runs(stream):
            codes = b"".join(_CODES.findall(stream.stream[index]))
            drawn.setdefault(name, []).extend(_split(codes))
    return drawn


def _split(codes: bytes) -> list[int]:
    whole = codes[: len(codes) // 4 * 4]
    return list(struct.unpack(f">{len(whole) // 4}H", bytes.fromhex(whole.decode())))


def _replace(stream: Any, codes: Mapping[str, Iterator[bytes]]) -> None:
    for index, name in _runs(stream):
        if name in codes:
            following = codes[name]

            def changed(match: re.Match[bytes], following: Iterator[bytes] = following) -> bytes:
                return b"<" + b"".join(islice(following, len(match[1]) // 4)) + b">"

            stream.stream[index] = _CODES.sub(changed, stream.stream[index])


# --- fonts ---------------------------------------------------------------------------------------


def _describe(
    pdf: Any, name: str, table: Mapping[tuple[int, str], int], widths: Mapping[int, float]
) -> None:
    """Tell a font its codes' glyphs, widths and letters."""
    font = next(
        item
        for item in pdf.objects
        if isinstance(item, dict)
        and item.get("Subtype") == "/Type0"
        and bytes(item["BaseFont"]).startswith(b"/" + name.encode() + b"+")
    )
    descendant = _object(pdf, font["DescendantFonts"][0])
    by_code = {code: pair for pair, code in sorted(table.items(), key=lambda item: item[1])}
    glyphs = bytearray(2 * (max(by_code, default=0) + 1))
    array = pydyf.Array()
    for code, (glyph, _) in by_code.items():
        glyphs[2 * code : 2 * code + 2] = glyph.to_bytes(2, "big")
        array.extend([code, pydyf.Array([widths[glyph]])])
    mapping = pydyf.Stream([bytes(glyphs)], compress=True)
    pdf.add_object(mapping)
    descendant["CIDToGIDMap"] = mapping.reference
    descendant["W"] = array
    _object(pdf, font["ToUnicode"]).stream = list(_cmap({c: t for c, (_, t) in by_code.items()}))


def _cmap(texts: Mapping[int, str]) -> Iterator[bytes]:
    """Yield the lines of a ToUnicode CMap (ISO 32000-1, 9.10.3)."""
    yield from (
        b"/CIDInit /ProcSet findresource begin",
        b"12 dict begin",
        b"begincmap",
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        b"/CMapName /Adobe-Identity-UCS def",
        b"/CMapType 2 def",
        b"1 begincodespacerange",
        b"<0000> <ffff>",
        b"endcodespacerange",
    )
    items = list(texts.items())
    for start in range(0, len(items), 100):
        part = items[start : start + 100]
        yield b"%d beginbfchar" % len(part)
        for code, text in part:
            yield b"<%04x> <%s>" % (code, text.encode("utf-16-be").hex().encode())
        yield b"endbfchar"
    yield from (b"endcmap", b"CMapName currentdict /CMap defineresource pop", b"end", b"end")


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
