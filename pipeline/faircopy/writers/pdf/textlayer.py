"""The text that a page gives to whoever copies, searches or hears it.

A PDF maps each code of a font to letters (``ToUnicode``, ISO 32000-1, 9.10.3). WeasyPrint 70
uses a glyph's number as its code, so that a glyph stands for the letters it was first drawn
for: a small capital for "s" or "S" but not both, the dotless tooth of Nastaliq for one of its
six letters (issue 2841). Here every pair of a glyph and its letters gets a code of its own,
and the font maps codes to glyphs (``CIDToGIDMap``, 9.7.4.2).

The glyphs drawn are written down while the pages are painted, operator by operator; afterwards
the codes in those operators are replaced that hold another pair than their glyph's first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeAlias

import pydyf

Pair: TypeAlias = tuple[int, str]
"""A glyph and the letters it stands for."""

SOFT_HYPHEN = "\u00ad"
NOTHING = "\u200b"
"""What a glyph says that only completes another, such as the dots of a letter."""
_CODES = re.compile(rb"<([0-9a-f]*)>")


class Shown:
    """What one font shows: glyphs and their letters, in the order of drawing.

    ``operators`` are the operators that draw them: content stream, index in it, and how many
    glyphs it draws.
    """

    def __init__(self) -> None:
        self.glyphs: list[int] = []
        self.letters: list[str] = []
        self.operators: list[tuple[Any, int, int]] = []

    def add(self, stream: Any, glyphs: Iterable[int], letters: Iterable[str]) -> None:
        """Write down what the last operator of ``stream`` draws."""
        before = len(self.glyphs)
        self.glyphs += glyphs
        self.letters += letters
        self.operators.append((stream, len(stream.stream) - 1, len(self.glyphs) - before))


class Fonts(dict[Any, Any]):
    """The fonts of a document, by WeasyPrint's keys, with what they show.

    Attributes:
        shown: by the name of the font in the pages' content.
        faces: the same fonts in their sizes, by Pango's fonts; see ``glyphs``.
    """

    def __init__(self) -> None:
        super().__init__()
        self.shown: dict[str, Shown] = {}
        self.faces: dict[Any, Any] = {}
        self._aside: set[str] = set()

    def __setitem__(self, key: Any, font: Any) -> None:
        self.shown.setdefault(font.hash, Shown())
        super().__setitem__(key, font)

    def set_aside(self, fonts: Iterable[Any]) -> None:
        """Leave the codes of these fonts as they are: not all they draw is written down."""
        self._aside.update(font.hash for font in fonts)

    def rewritable(self, contents: Iterable[Any]) -> Iterator[tuple[str, Shown]]:
        """Yield, by name, what those fonts show that draw in these streams only.

        Fonts of other outlines than TrueType keep their codes, which the format ties to glyphs.
        """
        known = {id(stream) for stream in contents}
        for name, shown in self.shown.items():
            used = [font for font in self.values() if font.hash == name]
            here = shown.glyphs and all(id(stream) in known for stream, *_ in shown.operators)
            fits = all(font.type == "ttf" and not font.missing for font in used)
            if here and fits and name not in self._aside:
                yield name, shown


def rewrite(pdf: Any, fonts: Fonts) -> None:
    """Give each pair of a glyph and its letters a code of its own, where that can be done."""
    streams = [_object(pdf, _object(pdf, page)["Contents"]) for page in pdf.page_references]
    for name, shown in fonts.rewritable(streams):
        used = [font for font in fonts.values() if font.hash == name]
        widths = {glyph: width for font in used for glyph, width in font.widths.items()}
        pairs = _placed(list(zip(shown.glyphs, shown.letters, strict=True)), widths)
        table = _table(pairs)
        _describe(pdf, name, table, widths)
        changed = {pair for pair, code in table.items() if code != pair[0]}
        at = 0
        for stream, index, count in shown.operators if changed else ():
            drawn = pairs[at : at + count]
            at += count
            if not changed.isdisjoint(drawn):
                _replace(stream.stream, index, iter([b"%04x" % table[pair] for pair in drawn]))


def _replace(operators: list[Any], index: int, codes: Iterator[bytes]) -> None:
    """Draw other codes with an operator."""

    def changed(match: re.Match[bytes]) -> bytes:
        return b"<" + b"".join(islice(codes, len(match[1]) // 4)) + b">"

    operators[index] = _CODES.sub(changed, operators[index])


# --- letters -------------------------------------------------------------------------------------


def _placed(shown: list[Pair], widths: Mapping[int, float]) -> list[Pair]:
    """Give the letters of a cluster to the glyph that has a width; the rest say nothing.

    WeasyPrint gives them to a cluster's leftmost glyph when it reads from right to left, to
    its last one otherwise.
    """
    if all(text for _, text in shown):
        return shown  # as in Latin: a glyph to a cluster
    out: list[Pair] = []
    for cluster in _clusters(shown):
        text = "".join(part for _, part in cluster)
        bearer = max(range(len(cluster)), key=lambda n: (widths.get(cluster[n][0], 0), -n))
        out += [
            (glyph, (text if n == bearer else "") or NOTHING)
            for n, (glyph, _) in enumerate(cluster)
        ]
    return out


def _clusters(shown: list[Pair]) -> Iterator[list[Pair]]:
    """Yield the glyphs that stand for some letters together."""
    cluster: list[Pair] = []
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


def _table(pairs: Iterable[Pair]) -> dict[Pair, int]:
    """Return a code for each pair: the glyph's own number for its first, then new ones."""
    different = dict.fromkeys(pairs)
    free = max((glyph for glyph, _ in different), default=0) + 1
    table: dict[Pair, int] = {}
    first: set[int] = set()
    for pair in different:
        if pair[0] not in first:
            table[pair] = pair[0]
            first.add(pair[0])
        else:
            table[pair] = free
            free += 1
    return table


# --- fonts ---------------------------------------------------------------------------------------


def _describe(pdf: Any, name: str, table: Mapping[Pair, int], widths: Mapping[int, float]) -> None:
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
