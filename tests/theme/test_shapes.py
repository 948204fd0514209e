"""A font for a text keeps the shapes that its words take, and those alone."""

from __future__ import annotations

import pytest
import uharfbuzz as hb
from faircopy.theme import Face, fonts, load, shapes
from fontTools.pens.recordingPen import RecordingPen

TEXT = "آہنگ آئینی بحث ابراہیمی اعظم قازقستان کے صدر کا انٹرویو میں ہے۔ نستعلیق"
WORDS = frozenset(TEXT.split())


def face(family: str) -> Face:
    return next(one for one in load().faces if one.family == family and one.weight == 400)


def drawn(font: bytes, word: str) -> list[tuple[object, ...]]:
    """Return the outlines of a word, each with its place."""
    made = hb.Font(hb.Face(hb.Blob(font)))
    buffer = hb.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    hb.shape(made, buffer, {})
    out: list[tuple[object, ...]] = []
    for glyph, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        pen = RecordingPen()
        made.draw_glyph_with_pen(glyph.codepoint, pen)
        out.append((pen.value, at.x_advance, at.x_offset, at.y_offset))
    return out


def test_words_of_nastaliq_keep_their_shapes_in_a_smaller_font() -> None:
    nastaliq = face("Noto Nastaliq Urdu")
    small, whole = shapes.fitted(nastaliq, WORDS), fonts.data(nastaliq)
    assert len(small) < 0.7 * len(fonts.subset(nastaliq, "".join(WORDS)))
    assert {word: drawn(small, word) for word in WORDS} == {w: drawn(whole, w) for w in WORDS}
    assert small == shapes.fitted(nastaliq, sorted(WORDS, reverse=True))


def test_where_a_shape_would_change_nothing_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "_substitutions", lambda path: {})  # no step on the way is known
    nastaliq = face("Noto Nastaliq Urdu")
    assert shapes.fitted(nastaliq, WORDS) == fonts.subset(nastaliq, "".join(WORDS))


def test_a_font_with_shapes_that_a_style_may_ask_for_is_cut_by_its_letters() -> None:
    serif = face("Faircopy Serif")  # it has small capitals, and a lead-in is set in them
    assert shapes.fitted(serif, {"office"}) == fonts.subset(serif, "office")
