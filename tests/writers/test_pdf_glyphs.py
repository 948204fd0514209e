"""How the PDF writer draws text: as WeasyPrint does, operator by operator."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from faircopy.manuscript import read
from faircopy.theme import load
from faircopy.writers import Options, pdf
from faircopy.writers.pdf import engine, shaping
from faircopy.writers.pdf.compositor import set_in_type
from faircopy.writers.pdf.textlayer import Fonts
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from weasyprint.layout import inline
from weasyprint.text import line_break
from weasyprint.text.line_break import Layout

from tests.editions import edition
from tests.writers.test_pdf import publication

THEME = load()
NEAR = {"interview": 0.5, "every-construct": 1.0, "ar": 0.5, "ur": 15.0, "zh": 0.5}
"""Pixels by which a letter may stand elsewhere than where WeasyPrint draws it.

It moves by whole thousandths of the type's size, a spread space twice. In Urdu it draws spaces of
another font than those that it has measured.
"""


def composed(name: str) -> Any:
    galley = set_in_type(publication(name), THEME, "a5")
    room = pdf.room(THEME.page("a5"))
    return engine.Press(galley.css, map(Path, galley.fonts)).compose(galley.html, room)


def drawn(name: str, fonts: dict[Any, Any]) -> list[list[Any]]:
    """Return the operators of each page."""
    pages: list[list[Any]] = []
    document = composed(name).finished()
    document.fonts = fonts

    def finisher(_: Any, made: Any) -> None:
        for page in made.page_references:
            contents = made.objects[int(page.split()[0])]["Contents"]
            pages.append(made.objects[int(contents.split()[0])].stream)

    document.write_pdf(finisher=finisher)
    return pages


@functools.cache
def blank(data: bytes) -> frozenset[int]:
    """Return the numbers of a font's glyphs that draw nothing: spaces, and helpers of Nastaliq.

    Of these some depend on the words around a line, which is not broken where it is drawn again.
    """
    font = TTFont(BytesIO(data))
    glyphs = font.getGlyphSet()
    found = set()
    for number, name in enumerate(font.getGlyphOrder()):
        pen = BoundsPen(glyphs)
        glyphs[name].draw(pen)
        if pen.bounds is None:
            found.add(number)
    return frozenset(found)


def letters(operators: list[Any], fonts: dict[Any, Any]) -> Iterator[tuple[str, str, float]]:
    """Yield font, code and line, and place, in pixels, of each glyph that can be seen."""
    named: dict[str, list[Any]] = {}
    for font in fonts.values():
        named.setdefault(font.hash, []).append(font)
    name, size, x, y = "", 0.0, 0.0, ""
    for item in operators:
        if not isinstance(item, bytes):
            continue
        if match := re.fullmatch(rb"/(\w+) (\S+) Tf", item):
            name, size = match[1].decode(), float(match[2]) / 1000
        elif item.endswith(b" Tm"):
            *_, at, y, _ = item.decode().split()
            x = float(at)
        elif item.endswith(b"] TJ"):
            for codes, moved in re.findall(rb"<([0-9a-f]*)>|([-+.\d]+)", item):
                x -= float(moved or 0) * size
                for code in re.findall(r"....", codes.decode()):
                    font = next(font for font in named[name] if int(code, 16) in font.widths)
                    if int(code, 16) not in blank(font.file_content):
                        yield name, f"{code} at {y}", x
                    x += font.widths[int(code, 16)] * size


def others(operators: list[Any]) -> list[str]:
    """Return the operators that show no text, as text, but for where a text begins.

    WeasyPrint draws no space by itself; where letters begin, ``letters`` says.
    """
    return [
        str(item)
        for item in operators
        if not (isinstance(item, bytes) and item.endswith((b"] TJ", b" Tf", b" Ts", b" Tm")))
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", NEAR)
def test_lines_are_drawn_as_weasyprint_draws_them(name: str) -> None:
    fonts: tuple[dict[Any, Any], ...] = (Fonts(), {})
    ours, by_glyph = (drawn(name, item) for item in fonts)
    assert len(ours) == len(by_glyph)
    for one, other in zip(ours, by_glyph, strict=True):
        assert others(one) == others(other)
        mine, theirs = (list(letters(*item)) for item in zip((one, other), fonts, strict=True))
        assert [item[:2] for item in mine] == [item[:2] for item in theirs]
        assert max(abs(a[2] - b[2]) for a, b in zip(mine, theirs, strict=True)) < NEAR[name]


def test_what_is_drawn_is_written_down() -> None:
    fonts = Fonts()
    drawn("ar", fonts)
    for font in fonts.values():
        shown = fonts.shown[font.hash]
        at = 0
        for stream, index, count in shown.operators:
            codes = "".join(re.findall(r"<([0-9a-f]+)>", stream.stream[index].decode()))
            written = [f"{glyph:04x}" for glyph in shown.glyphs[at : at + count]]
            assert codes == "".join(written)
            at += count
        assert at == len(shown.glyphs) == len(shown.letters)


def test_a_font_that_draws_elsewhere_keeps_its_codes() -> None:
    fonts = Fonts()
    drawn("interview", fonts)
    streams = [stream for shown in fonts.shown.values() for stream, *_ in shown.operators]
    names = [name for name, _ in fonts.rewritable(streams)]
    assert len(names) > len(list(fonts.rewritable(streams[:1])))
    fonts.set_aside(list(fonts.values())[:1])
    assert [name for name, _ in fonts.rewritable(streams)] == names[1:]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["every-construct", "ar"])
def test_layouts_that_are_copied_give_the_same_file(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, options = publication(name), Options(page="a5")
    quick = edition(name, "pdf.a5").data
    monkeypatch.setattr(Layout, "setup", shaping._setup)
    monkeypatch.setattr(inline, "create_layout", line_break.create_layout)
    monkeypatch.setattr(inline, "strut", line_break.strut)
    assert pdf.write(source, THEME, options).data == quick


@pytest.mark.parametrize("mark", ["[{}]{{.underline}}", "~~{}~~"])
def test_a_line_is_drawn_at_words_that_are_spread(tmp_path: Path, mark: str) -> None:
    words = mark.format("Обмен соседних элементов (bubble sort), сравнение")
    text = f"{words} реализует сортировку путём последовательного сравнения. " * 3
    front = "---\ntitle: T\nlang: ru\n---\n\n"
    (tmp_path / "manuscript.md").write_text(front + text, "utf-8")
    made = pdf.write(read(tmp_path), THEME, Options(page="a5"))
    assert made.data.startswith(b"%PDF")
