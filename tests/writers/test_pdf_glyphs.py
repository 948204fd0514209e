"""How the PDF writer draws text: as WeasyPrint does, operator by operator."""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from typing import Any

import pydyf
import pytest
from weasyprint.layout import inline
from weasyprint.text import line_break
from weasyprint.text.line_break import Layout

from pipeline.theme import load
from pipeline.writers import Options, pdf
from pipeline.writers.pdf import engine, sealing, shaping
from pipeline.writers.pdf.galley import Galley
from pipeline.writers.pdf.textlayer import Fonts
from tests.writers.test_pdf import publication

THEME = load()


def composed(name: str) -> Any:
    options = Options(page="a5")
    galley = Galley.unpacked(pdf.prepare(publication(name), THEME, options))
    return engine.Press(galley.css, map(Path, galley.fonts)).compose(galley.html)


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


def plainly(operators: list[Any]) -> list[Any]:
    """Leave out what moves nothing: 0, and the joints of strings."""
    texts = [
        re.sub(rb"<>", b"", re.sub(rb">0?<", b"", re.sub(rb">0\]", b">]", item)))
        if isinstance(item, bytes)
        else str(item)
        for item in operators
    ]
    return [text for text in texts if text != b"[] TJ"]


@pytest.mark.parametrize("name", ["interview", "every-construct", "ar", "ur", "zh"])
def test_a_run_at_a_time_gives_what_a_glyph_at_a_time_gives(name: str) -> None:
    ours, by_glyph = drawn(name, Fonts()), drawn(name, {})
    assert len(ours) == len(by_glyph)
    assert [*map(plainly, ours)] == [*map(plainly, by_glyph)]


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


@pytest.mark.parametrize("name", ["every-construct", "ar"])
def test_layouts_that_are_copied_give_the_same_file(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, options = publication(name), Options(page="a5")
    quick = pdf.write(source, THEME, options).data
    monkeypatch.setattr(Layout, "setup", shaping._setup)
    monkeypatch.setattr(inline, "create_layout", line_break.create_layout)
    monkeypatch.setattr(inline, "strut", line_break.strut)
    assert pdf.write(source, THEME, options).data == quick


def test_a_sealed_object_has_the_bytes_that_it_had() -> None:
    made = pydyf.PDF()
    content = pydyf.Stream([b"q", "/Span", pydyf.Dictionary({"MCID": 1}), b"Q"], {"Type": "/X"})
    packed = pydyf.Stream(content.stream, {"Type": "/X"}, compress=True)
    for item in (pydyf.Dictionary({"Of": pydyf.Array([1, 0.5])}), content, packed):
        made.add_object(item)
    before = [item.data for item in made.objects[1:-1]]
    sealing.seal(made)
    assert [item.data for item in made.objects[1:-1]] == before
    assert [item.compressible for item in made.objects[-2:]] == [False, False]
    header, _, body = made.objects[-1].data.partition(b"stream\n")
    assert header.startswith(b"<</Type /X/Filter /FlateDecode/Length ")
    assert zlib.decompress(body.removesuffix(b"\nendstream")) == b"q\n/Span\n<</MCID 1>>\nQ"
