"""The context PDF for translators: the edition as it is printed, each unit's id beside it.

It is made of the finished PDF, whose named destinations say where every unit begins (ISO 32000-1,
12.3.2.3). Each page grows by a margin on the side where lines begin, and the ids stand in it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping

import msgspec
import pikepdf

MARGIN = 72.0
"""Width of the added margin in points."""

_SIZE = 6.2
_LEAD = 7.0
_GAP = 10.0
_BASELINE = 9.5
"""From the top of a line of text to its letters' feet, in points, as the house sets it."""

_COLUMN = 100.0
_FACE = "/UnitIds"
_WIDEST = 0.53
"""Advance of an average lower-case letter of Helvetica, in em, taken on the large side."""


class Spot(msgspec.Struct, frozen=True, order=True):
    """Where a unit begins: the page, from 1, and the place on it in points from below."""

    page: int
    down: float
    across: float
    id: str


class Context(msgspec.Struct, frozen=True):
    """A PDF with the ids in its margin, and the page on which each unit begins."""

    pdf: bytes
    pages: Mapping[str, int]


def context(pdf: bytes, ids: Iterable[str], *, rtl: bool = False) -> Context:
    """Return an edition's PDF with the ids of its units in the margin.

    Units that the edition does not show (the front matter's) have no page and no mark.
    """
    wanted = frozenset(ids)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        spots = sorted(spot for spot in _spots(document) if spot.id in wanted)
        for number, page in enumerate(document.pages, start=1):
            _mark(document, page, [spot for spot in spots if spot.page == number], rtl=rtl)
        for name in ("/StructTreeRoot", "/MarkInfo", "/Names", "/AF", "/OutputIntents"):
            if name in document.Root:
                del document.Root[name]  # a working copy: no edition, nothing attached
        if "/Metadata" in document.Root:
            del document.Root.Metadata  # it would claim the edition's conformance
        out = io.BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=_STREAMS)
    return Context(out.getvalue(), {spot.id: spot.page for spot in spots})


_STREAMS = pikepdf.ObjectStreamMode.generate


def _spots(document: pikepdf.Pdf) -> Iterator[Spot]:
    if "/Names" not in document.Root or "/Dests" not in document.Root.Names:
        return
    names = document.Root.Names.Dests
    numbers: dict[tuple[int, int], int] = {
        page.obj.objgen: number for number, page in enumerate(document.pages, start=1)
    }
    for name, value in pikepdf.NameTree(names).items():
        target = value if isinstance(value, pikepdf.Array) else value.D
        page, _, across, down = list(target)[:4]
        number = numbers.get(page.objgen)
        if number:
            yield Spot(number, -float(down), float(across), name)


def _mark(document: pikepdf.Pdf, page: pikepdf.Page, spots: list[Spot], *, rtl: bool) -> None:
    left, low, right, high = (float(value) for value in page.mediabox)
    box = [left, low, right + MARGIN, high] if rtl else [left - MARGIN, low, right, high]
    for name in ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox"):
        if name == "/MediaBox" or name in page:
            page[name] = pikepdf.Array([round(value, 3) for value in box])
    if not spots:
        return
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    page.add_resource(font, pikepdf.Name.Font, pikepdf.Name(_FACE))
    inner = max(min(spot.across for spot in spots) - left, 0.0)  # the page's own margin
    edge = right - inner + _GAP if rtl else left + inner - _GAP
    room = MARGIN + inner - 2 * _GAP
    drawn = "".join(_draw(edge, label, y, room, rtl=rtl) for label, y in _stacked(spots))
    page.contents_add(b"q", prepend=True)
    page.contents_add(document.make_stream(f"Q q\n{drawn}Q\n".encode("latin-1")))


def _stacked(spots: list[Spot]) -> Iterator[tuple[str, float]]:
    """Yield what stands in the margin and how high, so that nothing covers anything.

    Of two columns the second one's units are marked ``>``.
    """
    first = min(spot.across for spot in spots)
    at = float("inf")
    for spot in spots:
        at = min(-spot.down - _BASELINE, at - _LEAD)
        column = "" if spot.across - first < _COLUMN else "> "
        yield column + spot.id, at


def _draw(edge: float, label: str, y: float, room: float, *, rtl: bool) -> str:
    """Return the operators that write a label beside the text, in the letters that Helvetica has.

    It is made smaller where it is longer than ``room``.
    """
    data = label.encode("cp1252", "replace")
    size = min(_SIZE, room / (max(len(data), 1) * _WIDEST))
    x = edge if rtl else edge - len(data) * size * _WIDEST
    return f"0.35 g BT {_FACE} {size:.2f} Tf {x:.2f} {y:.2f} Td <{data.hex()}> Tj ET\n"
