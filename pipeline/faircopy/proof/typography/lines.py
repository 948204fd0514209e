"""The lines of a finished PDF: where each stands, what it says, how wide its word spaces are.

They are read from the glyphs that the pages draw and from the structure tree, which says which of
them are a paragraph. Nothing is known here of who set them. Lengths are points; y grows upwards.
"""

from __future__ import annotations

import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any

import msgspec

from faircopy.languages.tags import direction
from faircopy.proof.extractors.pdf.bidi import logical
from faircopy.proof.extractors.pdf.content import Interpreter, Resources, Run
from faircopy.proof.extractors.pdf.fonts import Font
from faircopy.proof.extractors.pdf.structure import INLINE, stream

SOFT_HYPHEN = "\u00ad"
"""What a hyphen says that a line's end has put in (ISO 32000-1, section 14.8.2.2.3)."""
SPACES = " \u00a0"
"""What grows where lines are justified."""
_TEXT = re.compile(r"P|H\d?|Title|LBody|LI|BlockQuote|Quote")
"""Tags of the blocks of the running text."""
_ASIDE = frozenset(("Table", "Figure", "Formula", "Caption", "TOC", "Note", "Lbl", "Code"))
"""What stands beside it, with all that it holds."""
_BARE = re.compile(
    "[ \u00a0\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u200b-\u200f]*"
)
"""Spaces, marks of Latin, Hebrew and Arabic, and signs without a glyph."""
_SAME = 0.6
"""Runs no farther apart in height than this times the size of their type share a line."""
_INITIAL = 1.8
"""A run so many times as large as its paragraph's type is an initial over several lines."""


class Space(msgspec.Struct, frozen=True):
    """A word space: how wide it is, and how much wider than the font has it, in em."""

    width: float
    grown: float


class Line(msgspec.Struct, frozen=True):
    """One line.

    Attributes:
        block: number of the paragraph, heading or other block that it is of.
        kind: what that is, by its tag: P, H2, LBody; what stands aside has the outermost's.
        lang: its language.
        page: counts from 1.
        left, right: where what it prints begins and ends.
        y: its baseline.
        size: of its block's type.
        text: in reading order.
        spaces: between its words.
    """

    block: int
    kind: str
    lang: str
    page: int
    left: float
    right: float
    y: float
    size: float
    text: str
    spaces: tuple[Space, ...] = ()

    @property
    def aside(self) -> bool:
        """Whether it is no running text: it stands in a table, a caption, a note, a listing."""
        return not _TEXT.fullmatch(self.kind)

    @property
    def broken(self) -> bool:
        """Whether it ends within a word that is broken for it."""
        return self.text.endswith(SOFT_HYPHEN)


class Pages(msgspec.Struct, frozen=True):
    """The lines of a document, those of its text in reading order first, and its pages' sizes."""

    lines: tuple[Line, ...]
    sizes: tuple[tuple[float, float], ...]


class _Content(msgspec.Struct, frozen=True):
    """What is marked on a page as content of a block."""

    block: int
    kind: str
    lang: str
    page: int
    mcid: int


def read(data: bytes) -> Pages:
    """Read the lines of a tagged PDF.

    Raises:
        pikepdf.PdfError: it is no PDF.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts: dict[Any, Font] = {}
        runs: dict[tuple[int, int], list[Run]] = defaultdict(list)
        sizes = []
        for number, page in enumerate(pdf.pages, 1):
            box = [float(side) for side in page.mediabox]
            sizes.append((box[2] - box[0], box[3] - box[1]))
            interpreter = Interpreter(one_by_one=True)
            interpreter.run(stream(page), Resources(page.get("/Resources"), fonts))
            for run in interpreter.runs:
                if run.mcid >= 0 and not run.artifact and run.glyphs:
                    runs[number, run.mcid].append(run)
        drawn = [
            (content, run)
            for content in _Tree(pdf).contents()
            for run in runs.pop((content.page, content.mcid), [])
        ]
    lines = (line for block in _blocks(drawn) for line in _lines(block))
    return Pages(tuple(lines), tuple(sizes))


class _Tree:
    """The structure tree of a document."""

    def __init__(self, pdf: Any) -> None:
        self._root = pdf.Root.get("/StructTreeRoot", {})
        self._lang = str(pdf.Root.get("/Lang", ""))
        roles = self._root.get("/RoleMap", {})
        self._roles = {str(name)[1:]: str(role)[1:] for name, role in roles.items()}
        self._pages = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        self._blocks = 0

    def contents(self) -> Iterator[_Content]:
        """Yield what is marked as content, in reading order."""
        yield from self._within(self._root.get("/K"), _Content(0, "", self._lang, 0, -1))

    def _within(self, kid: Any, around: _Content) -> Iterator[_Content]:
        import pikepdf

        if isinstance(kid, pikepdf.Array):
            for item in kid:
                yield from self._within(item, around)
        elif isinstance(kid, int):
            yield msgspec.structs.replace(around, mcid=kid)
        elif isinstance(kid, pikepdf.Dictionary):
            here = self._entered(kid, around)
            if kid.get("/Type") == "/MCR":
                yield msgspec.structs.replace(here, mcid=int(kid.MCID))
            elif "/K" in kid:
                yield from self._within(kid.K, here)

    def _entered(self, element: Any, around: _Content) -> _Content:
        """Return where one is within an element."""
        page = self._pages.get(element.Pg.objgen, 0) if "/Pg" in element else around.page
        lang = str(element.get("/Lang", around.lang))
        name = str(element.get("/S", "/Span"))[1:]
        name = self._roles.get(name, name)
        if name in INLINE:
            return msgspec.structs.replace(around, page=page, lang=lang)
        self._blocks += 1
        kind = around.kind if around.kind in _ASIDE else name
        return _Content(self._blocks, kind, lang, page, -1)


def _blocks(drawn: Sequence[tuple[_Content, Run]]) -> Iterator[list[tuple[_Content, Run]]]:
    """Yield what is drawn of each block of text, and then of what stands aside.

    A note that is read within a paragraph does not part it; a list within an item does.
    """
    text = [one for one in drawn if _TEXT.fullmatch(one[0].kind)]
    aside = [one for one in drawn if not _TEXT.fullmatch(one[0].kind)]
    for parts in (text, aside):
        for _, block in groupby(parts, lambda one: one[0].block):
            yield list(block)


def _lines(parts: Sequence[tuple[_Content, Run]]) -> Iterator[Line]:
    """Yield the lines of a block."""
    size = _size(run for _, run in parts)
    line: list[tuple[_Content, Run]] = []
    for content, run in parts:
        before = line[-1] if line else None
        if before and not _together(before, (content, run), size):
            yield from _line(line, size)
            line = []
        line.append((content, run))
    yield from _line(line, size)


def _size(runs: Iterable[Run]) -> float:
    """Return the size that most of a block's glyphs have."""
    sizes: Counter[float] = Counter()
    for run in runs:
        sizes[round(run.size, 1)] += len(run.glyphs)
    return max(sizes, key=lambda size: (sizes[size], size))


def _together(one: tuple[_Content, Run], other: tuple[_Content, Run], size: float) -> bool:
    """Whether two runs share a line; an initial belongs to the line that follows it."""
    same = one[0].page == other[0].page
    near = abs(one[1].y - other[1].y) < _SAME * size
    return same and (near or one[1].size > _INITIAL * size)


def _line(parts: Sequence[tuple[_Content, Run]], size: float) -> Iterator[Line]:
    """Yield a line, if it prints something."""
    runs = [run for _, run in parts]
    plain = [run for run in runs if run.size <= _INITIAL * size] or runs
    edges = [edge for run in plain for edge in _edges(run)]
    if not edges:
        return
    content = parts[0][0]
    yield Line(
        block=content.block,
        kind=content.kind,
        lang=content.lang,
        page=content.page,
        left=min(edges),
        right=max(edges),
        y=max(plain, key=lambda run: (run.size, run.y)).y,
        size=size,
        text=_text(runs, content.lang),
        spaces=tuple(_spaces(plain)),
    )


def _edges(run: Run) -> Iterator[float]:
    """Yield where the first and the last glyph of a run stand that print something.

    A mark above or below a letter may be drawn beside it.
    """
    printed = [n for n, text in enumerate(run.glyphs) if not _BARE.fullmatch(text)]
    if printed and run.widths:
        first, last = printed[0], printed[-1]
        yield run.x + run.size * _advance(run, first)
        yield run.x + run.size * (_advance(run, last) + run.widths[last])


def _advance(run: Run, count: int) -> float:
    """Return how far the glyph stands from the run's begin that so many stand before."""
    return sum(run.widths[:count]) + sum(run.moved[: count + 1])


def _spaces(runs: Sequence[Run]) -> Iterator[Space]:
    """Yield the spaces that stand between words of a line."""
    glyphs = [
        (run, at, bool(text.strip(SPACES)))
        for run in runs
        for at, text in enumerate(run.glyphs)
        if text
    ]
    printed = [n for n, (*_, prints) in enumerate(glyphs) if prints]
    within = glyphs[printed[0] : printed[-1] + 1] if printed else []
    for run, at, prints in within:
        if not prints and run.widths:
            grown = run.moved[at] + run.moved[at + 1]
            yield Space(run.widths[at] + grown, grown)


def _text(runs: Sequence[Run], lang: str) -> str:
    """Return what runs say; what several stand for together is said once."""
    right = direction(lang) == "rtl"
    said = ""
    for before, run in pairwise((None, *runs)):
        assert run is not None
        if run.actual is None:
            said += logical(run.glyphs, right=right)
        elif before is None or before.actual is not run.actual:
            said += run.actual
    return said.rstrip(SPACES)
