"""Pango's layouts, made from a pattern, and what they gave.

WeasyPrint 70 makes a layout for each line several times over: when it breaks the text, when it
tries a hyphen, when it spreads the words and when it draws. Each time it tells Pango anew about
the language, the font and its features, word for word. Here that is told once for all styles
that say the same, and a layout is a copy.

A line is shaped when it is broken, and its glyphs are kept: to be drawn they only need their
words spread. WeasyPrint shapes each line again with wider spaces, which are runs of their own,
so that a letter kerned with a space stands elsewhere than it was measured.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from weasyprint.css import AnonymousStyle, Style
from weasyprint.layout import inline
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, gobject, pango
from weasyprint.text.line_break import Layout, create_layout

ffi.cdef("gpointer g_object_ref(gpointer object);")
ffi.cdef("PangoLayout *pango_layout_copy(PangoLayout *layout);")

_TOLD = (
    *("direction", "lang", "font_language_override", "font_family", "font_style"),
    *("font_stretch", "font_weight", "font_size", "font_variation_settings"),
    *("font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps"),
    *("font_variant_numeric", "font_variant_alternates", "font_variant_east_asian"),
    *("font_feature_settings", "text_decoration_line"),
)
"""The properties of a style that ``Layout.setup`` tells Pango of."""
_MEASURES = (
    *("ascent", "underline_position", "strikethrough_position"),
    *("underline_thickness", "strikethrough_thickness"),
)
_setup, _deactivate, _reactivate = Layout.setup, Layout.deactivate, Layout.reactivate
_add_word_spacing = inline.add_word_spacing
_strut = line_break.strut


class _Pattern(msgspec.Struct, frozen=True):
    """A layout without a text, and what else ``Layout.setup`` finds out."""

    layout: Any
    language: Any
    measures: dict[str, float | None]


class Shaped(msgspec.Struct, frozen=True):
    """A run of a line: glyphs of one font in the order of drawing.

    Attributes:
        font: Pango's.
        glyphs: as in Pango's memory (``PangoGlyphInfo``).
        clusters: where in ``text`` the letters of each glyph begin, as in Pango's memory.
        text: the run's letters in UTF-8.
        from_right: whether they read from right to left.
    """

    font: Any
    glyphs: bytes
    clusters: bytes
    text: bytes
    from_right: bool


def shaped(layout: Any) -> tuple[Shaped, ...]:
    """Return the runs of a layout's first line, if it is awake, or as they were kept."""
    if layout.layout is None:
        kept: tuple[Shaped, ...] = layout.runs
        return kept
    return tuple(_shaped(layout))


def _shaped(layout: Any) -> Iterator[Shaped]:
    line, _ = layout.get_first_line()
    encoded = layout.text.encode()
    run = line.runs[0]
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        count = glyphs.num_glyphs
        yield Shaped(
            item.analysis.font,
            ffi.buffer(glyphs.glyphs, count * ffi.sizeof("PangoGlyphInfo"))[:],
            ffi.buffer(glyphs.log_clusters, count * ffi.sizeof("gint"))[:],
            encoded[item.offset : item.offset + item.length],
            item.analysis.level % 2 == 1,
        )
        run = run.next


def fonts(configuration: Any) -> dict[Any, Any]:
    """Return Pango's fonts that lines were shaped with, each with what keeps it."""
    kept: dict[Any, Any] = configuration.__dict__.setdefault("faircopy_fonts", {})
    return kept


def wake(layout: Any, style: Any) -> None:
    """Let a layout that WeasyPrint has reactivated have Pango's layout again."""
    if layout.layout is None:
        layout.runs = None
        _reactivate(layout, style)


def _keep(self: Any) -> None:
    """Do what ``Layout.deactivate`` does, and keep the glyphs of the line."""
    if "runs" not in self.__dict__ and self.text.strip():
        kept = fonts(self.style.font_config)
        self.runs = tuple(_shaped(self))
        for run in self.runs:
            if run.font not in kept:  # as long as it is kept, no other gets its address
                kept[run.font] = ffi.gc(gobject.g_object_ref(run.font), gobject.g_object_unref)
    _deactivate(self)


def _doze(self: Any, style: Any) -> None:
    """Do what ``Layout.reactivate`` does, but leave Pango alone while its glyphs are there."""
    if self.__dict__.get("runs"):
        self.layout = self.language = None
        self.style = style
    else:
        self.runs = None
        _reactivate(self, style)


def _setup_by_pattern(self: Any, style: Any) -> None:
    """Do what ``Layout.setup`` does."""
    if not isinstance(style, Style):
        _setup(self, style)  # of a picture
        return
    pattern = _pattern(style)
    self.style = style
    self.first_line_direction = 0
    self.language = pattern.language
    self.layout = ffi.gc(pango.pango_layout_copy(pattern.layout), gobject.g_object_unref)
    self.__dict__.update(pattern.measures)


def _pattern(style: Any) -> _Pattern:
    kept: _Pattern | None = style.__dict__.get("faircopy_pattern")
    if kept is None and _like_its_parent(style):
        kept = style.faircopy_pattern = _pattern(style.parent_style)
    if kept is None:
        patterns = style.font_config.__dict__.setdefault("faircopy_patterns", {})
        key = repr([style[name] for name in _TOLD])
        kept = patterns.get(key)
        if kept is None:
            kept = patterns[key] = _made(style)
        style.faircopy_pattern = kept
    return kept


def _like_its_parent(style: Any) -> bool:
    """Say whether all that Pango is told of is inherited, as with boxes that have no element."""
    parent = style.parent_style
    return isinstance(style, AnonymousStyle) and all(
        style[name] == parent[name] for name in _TOLD if name in style
    )


def _made(style: Any) -> _Pattern:
    layout = Layout.__new__(Layout)
    _setup(layout, style)
    measures = {name: getattr(layout, name) for name in _MEASURES if hasattr(layout, name)}
    return _Pattern(layout.layout, layout.language, measures)


def _spread(
    text: str, style: Any, context: Any, max_width: float | None, justification_spacing: float
) -> Any:
    """Do what ``create_layout`` does for a line whose words are spread.

    WeasyPrint makes a layout and puts it aside at once, until the line is drawn.
    """
    layout = Layout.__new__(Layout)
    layout.justification_spacing, layout.max_width = justification_spacing, max_width
    layout.text = text
    layout.layout = layout.language = layout.style = layout.runs = None
    layout.first_line_direction = 0
    return layout


def _spread_kept(context: Any, box: Any, justification_spacing: float, x_advance: float) -> float:
    """Do what ``add_word_spacing`` does, and hand on the glyphs of the text."""
    before: Any = getattr(box, "pango_layout", None)
    advance: float = _add_word_spacing(context, box, justification_spacing, x_advance)
    layout: Any = getattr(box, "pango_layout", None)
    if layout is not before:
        if layout.text == before.text:
            layout.runs = before.__dict__.get("runs")
        else:  # a space at its end was dropped
            layout = create_layout(layout.text, box.style, context, None, justification_spacing)
            layout.deactivate()
            box.pango_layout = layout
        if isinstance(box.style, Style):  # a line may be drawn under the words, or through them
            layout.__dict__.update(_pattern(box.style).measures)
    return advance


def _strut_by_style(style: Any) -> tuple[float, float]:
    """Do what ``strut`` does, which puts fourteen properties into words for each box."""
    kept: tuple[float, float] | None = style.__dict__.get("faircopy_strut")
    if kept is None:
        kept = style.faircopy_strut = _strut(style)
    return kept


def install() -> None:
    """Let WeasyPrint make its layouts so."""
    Layout.setup = _setup_by_pattern
    Layout.deactivate, Layout.reactivate = _keep, _doze
    inline.add_word_spacing = _spread_kept
    inline.create_layout = _spread
    inline.strut = _strut_by_style
