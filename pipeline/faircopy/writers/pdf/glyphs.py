"""Drawing lines of text as WeasyPrint 70 does, but by the run and not by the glyph.

A book has half a million glyphs. WeasyPrint asks the C library for the parts of each and makes
its code anew; here a run's glyphs are read at one go, and what a glyph of some width adds to
the page is made once. The operators that come out are the same, but that they move nothing by 0;
what was drawn is written down for ``faircopy.writers.pdf.textlayer``.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, TypeAlias

import msgspec
from weasyprint.draw import text as weasyprint_text
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, harfbuzz, pango

from faircopy.writers.pdf import ends, shaping
from faircopy.writers.pdf.setting.rules import HYPHEN
from faircopy.writers.pdf.textlayer import SOFT_HYPHEN, Fonts

ffi.cdef("hb_bool_t hb_font_get_nominal_glyph(hb_font_t *, hb_codepoint_t, hb_codepoint_t *);")

_EMPTY: int = pango.PANGO_GLYPH_EMPTY
_UNKNOWN: int = pango.PANGO_GLYPH_UNKNOWN_FLAG
"""Numbers from here on are characters that no font draws."""
_GLYPH = struct.Struct(f"=Iiii{ffi.sizeof('PangoGlyphInfo') - 16}x")
_SPACES = frozenset(" \u00a0")
_SPACE = re.compile(b"[ \xa0]")
"""What may be in a text in UTF-8 that has one of them."""
_SILENT = frozenset(("", " ", *"\u00a0\n\u00ad\u200b\u200e\u200f\u2060\ufeff"))
"""What an empty glyph need not say: white space, and where a line may break or how it runs."""
_SMALLEST = 1e-6
"""Sizes of type below this are not drawn: pydyf would write them as 0."""
_draw_by_glyph = weasyprint_text.draw_first_line

_Glyph: TypeAlias = tuple[int, int, int, int]
"""Number, width, and how far it is moved to the right and down, in units of Pango."""


class Face(dict[_Glyph, str]):
    """A font in one size: what each of its glyphs adds to a ``TJ`` operator.

    Attributes:
        font: WeasyPrint's font.
        size: of the type, in CSS pixels.
        plain: whether its glyphs are outlines; WeasyPrint draws pictures.
        new: whether a glyph has come since this was last set to False.
    """

    def __init__(self, pango_font: Any, font: Any, size: float) -> None:
        super().__init__()
        self._pango_font = pango_font
        self._extents = ffi.new("PangoRectangle *")
        self.font, self.size, self.new = font, size, False
        self.plain = not (font.bitmap or font.svg or font.png or font.colr)
        self._space: int | None = None

    def __missing__(self, glyph: _Glyph) -> str:
        self.new = True
        number, width, right, _ = glyph
        if number == _EMPTY:
            piece = f">{-width / self.size}<"
        else:
            offset = right / self.size
            moved = f">{-offset}<" if offset else ""
            piece = f"{moved}{number:04x}{self.kerning(glyph)}"
        self[glyph] = piece
        return piece

    def kerning(self, glyph: _Glyph) -> str:
        """Return what brings the next glyph to its place."""
        number, width, right, _ = glyph
        wide = self.width(number)
        kerning = int(wide + right / self.size - width * 1000 * FROM_UNITS / self.size)
        return f">{kerning}<" if kerning else ""

    def space(self) -> int:
        """Return the glyph of a space; 0 if the font has none."""
        if self._space is None:
            found = ffi.new("hb_codepoint_t *")
            there = harfbuzz.hb_font_get_nominal_glyph(self.font.hb_font, ord(" "), found)
            self._space = int(found[0]) if there else 0
        return self._space

    def width(self, number: int) -> float:
        """Return the width that the font gives to a glyph, in thousandths of its size."""
        widths: dict[int, float] = self.font.widths
        if number not in widths:
            extents = self._extents
            pango.pango_font_get_glyph_extents(self._pango_font, number, ffi.NULL, extents)
            widths[number] = round(extents.width * 1000 * FROM_UNITS / self.size)
        return widths[number]


class _Run(msgspec.Struct, frozen=True):
    """Glyphs of one face in the order of drawing, and the letters that each stands for."""

    face: Face
    glyphs: list[_Glyph]
    numbers: list[int]
    texts: str | list[str]

    @property
    def plain(self) -> bool:
        return self.face.plain and max(self.numbers, default=0) < _UNKNOWN


def draw(
    stream: Any, textbox: Any, text_overflow: str, block_ellipsis: str, matrix: Any
) -> list[Any]:
    """Do what ``weasyprint.draw.text.draw_first_line`` does."""
    layout, fonts = textbox.pango_layout, stream._fonts
    if not textbox.text or textbox.style["font_size"] < _SMALLEST:
        return []
    whole = text_overflow != "ellipsis" and block_ellipsis == "none"
    if whole and isinstance(fonts, Fonts):
        if layout.layout is not None:
            pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
        runs = list(_runs(stream, layout))
        if all(run.plain for run in runs):
            stream.set_text_matrix(*matrix.values)
            line = _Line(stream, fonts)
            from_right = textbox.style["direction"] == "rtl"
            if ends.spaced(textbox) and from_right:
                line.space(runs[0].face, before=True)
            for run in runs:
                line.add(run)
            if ends.spaced(textbox) and not from_right:
                line.space(runs[-1].face)
            line.show()
            return []
    shaping.wake(layout, textbox.style)
    pictures: list[Any] = _draw_by_glyph(stream, textbox, text_overflow, block_ellipsis, matrix)
    if isinstance(fonts, Fonts):
        runs = list(_runs(stream, layout))
        fonts.set_aside(run.face.font for run in runs)
        if ends.spaced(textbox):
            line = _Line(stream, fonts)
            line.space(runs[-1].face)
            line.show()
    return pictures


def _runs(stream: Any, layout: Any) -> Iterator[_Run]:
    """Yield the runs of a layout's first line, with its words spread."""
    wider = int(layout.justification_spacing * TO_UNITS) if layout.layout is None else 0
    for run in shaping.shaped(layout):
        glyphs = list(_GLYPH.iter_unpack(run.glyphs))
        clusters = memoryview(run.clusters).cast("i").tolist()
        texts = _letters(run.text, clusters, from_right=run.from_right)
        if wider and _SPACE.search(run.text):
            spread = zip(glyphs, texts, strict=True)
            glyphs = [
                (glyph[0], glyph[1] + wider, *glyph[2:]) if text in _SPACES else glyph
                for glyph, text in spread
            ]
        numbers = [number for number, *_ in glyphs]
        if _EMPTY in numbers:
            texts = _kept(numbers, list(texts), from_right=run.from_right)
        yield _Run(_face(stream, run.font), glyphs, numbers, texts)


def _face(stream: Any, pango_font: Any) -> Face:
    faces: dict[Any, Face] = stream._fonts.faces
    if pango_font not in faces:
        faces[pango_font] = Face(pango_font, *stream.add_font(pango_font))
    return faces[pango_font]


def _letters(text: bytes, clusters: list[int], *, from_right: bool) -> str | list[str]:
    """Return the letters of each glyph; ``clusters`` says where in the text they begin."""
    if len(text) == len(clusters) and text.isascii() and not from_right:
        return text.decode()  # a glyph to a letter
    if from_right:
        return [text[at:end].decode() for end, at in pairwise([len(text), *clusters])]
    return [text[at:end].decode() for at, end in pairwise([*clusters, len(text)])]


def _kept(numbers: list[int], texts: list[str], *, from_right: bool) -> list[str]:
    """Let a neighbour say what is not drawn: the sign that parts or joins letters (U+200C, U+200D).

    It is the glyph of the letter before, which stands to the right where one reads from there. So
    does a hyphen say that it is a soft one.
    """
    step = 1 if from_right else -1
    for at in range(len(numbers) - 1):
        if texts[at] + texts[at + 1] == HYPHEN:
            texts[at], texts[at + 1] = SOFT_HYPHEN, ""
    order = range(len(numbers))
    for at in order if not from_right else reversed(order):
        if numbers[at] == _EMPTY and texts[at] not in _SILENT:
            before, after = at + step, at - step
            if before in order and numbers[before] != _EMPTY:
                texts[before] += texts[at]
            elif after in order:
                texts[after] = texts[at] + texts[after]
            texts[at] = ""
    return texts


class _Line:
    """A line that is being drawn."""

    def __init__(self, stream: Any, fonts: Fonts) -> None:
        self._stream, self._fonts = stream, fonts
        self._face: Face | None = None
        self._text = ""
        self._numbers: list[int] = []
        self._letters: list[str] = []

    def add(self, run: _Run) -> None:
        """Draw a run."""
        face = run.face
        self._take(face)
        if any(down for *_, down in run.glyphs):
            self._text += "<"
            for number, glyph in enumerate(run.glyphs):
                self._draw(glyph, run.texts[number])
        else:
            self._text += "<" + "".join([face[glyph] for glyph in run.glyphs])
            self._write_down(run.numbers, run.texts)
        self._close()

    def space(self, face: Face, *, before: bool = False) -> None:
        """Draw a space behind what was drawn, or to the left of what will be, and move nothing."""
        number = face.space()
        if not number:
            return
        self._take(face)
        width = face.width(number)
        self._text += f"{width}<{number:04x}>" if before else f"<{number:04x}>"
        face.new = True
        self._write_down([number], " ")

    def _take(self, face: Face) -> None:
        """Draw with a face from here on."""
        if face is not self._face:
            if self._text:
                self.show()
            self._face = face
            self._stream.set_font_size(face.font.hash, face.size)

    def _draw(self, glyph: _Glyph, letters: str) -> None:
        """Draw a glyph of a run in which some are raised."""
        face, (number, _, right, down) = self._face, glyph
        assert face is not None
        piece = face[glyph]
        if number == _EMPTY or not down:
            self._text += piece
            self._write_down([number], [letters])
            return
        self._close()
        if self._text:
            self.show()
        offset = right / face.size
        self._stream.set_text_rise(-(down / 1000))
        self._text = (f"{-offset}" if offset else "") + f"<{number:04x}>"
        self._write_down([number], [letters])
        self.show()
        self._stream.set_text_rise(0)
        self._text = "<" + face.kerning(glyph)

    def _close(self) -> None:
        self._text = self._text[:-1] if self._text[-1] == "<" else self._text + ">"

    def _write_down(self, numbers: list[int], letters: str | list[str]) -> None:
        if _EMPTY in numbers:
            drawn = [(n, text) for n, text in zip(numbers, letters, strict=True) if n != _EMPTY]
            numbers, letters = [n for n, _ in drawn], [text for _, text in drawn]
        self._numbers += numbers
        self._letters += letters
        face = self._face
        if face is not None and face.new:
            for number, text in zip(numbers, letters, strict=True):
                face.font.to_unicode.setdefault(number, text)
            face.new = False

    def show(self) -> None:
        """Write the operator that shows what was added."""
        # PDFium, and so Chrome, loses what moves a glyph behind a string that is empty.
        self._stream.show_text(self._text.replace("><", "").replace("<>", " "))
        if self._face is not None:
            shown = self._fonts.shown[self._face.font.hash]
            shown.add(self._stream, self._numbers, self._letters)
        self._text, self._numbers, self._letters = "", [], []


def install() -> None:
    """Let WeasyPrint draw text so in documents whose fonts are ours."""
    weasyprint_text.draw_first_line = draw
