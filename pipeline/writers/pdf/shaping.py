"""Pango's layouts, made from a pattern.

WeasyPrint 70 makes a layout for each line several times over: when it breaks the text, when it
tries a hyphen, when it spreads the words and when it draws. Each time it tells Pango anew about
the language, the font and its features, word for word. Here that is told once for all styles
that say the same, and a layout is a copy.
"""

from __future__ import annotations

from typing import Any

import msgspec
from weasyprint.css import AnonymousStyle, Style
from weasyprint.layout import inline
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, gobject, pango
from weasyprint.text.line_break import Layout

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
_setup = Layout.setup
_strut = line_break.strut


class _Pattern(msgspec.Struct, frozen=True):
    """A layout without a text, and what else ``Layout.setup`` finds out."""

    layout: Any
    language: Any
    measures: dict[str, float | None]


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
    layout.layout = layout.language = layout.style = None
    layout.first_line_direction = 0
    return layout


def _strut_by_style(style: Any) -> tuple[float, float]:
    """Do what ``strut`` does, which puts fourteen properties into words for each box."""
    kept: tuple[float, float] | None = style.__dict__.get("faircopy_strut")
    if kept is None:
        kept = style.faircopy_strut = _strut(style)
    return kept


def install() -> None:
    """Let WeasyPrint make its layouts so."""
    Layout.setup = _setup_by_pattern
    inline.create_layout = _spread
    inline.strut = _strut_by_style
