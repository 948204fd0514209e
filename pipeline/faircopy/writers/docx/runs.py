"""Runs of text: a named style in place of what pandoc formats directly."""

from __future__ import annotations

from faircopy.passes.drawings import columns, is_drawing
from faircopy.writers.docx.apart import DRAWINGS
from faircopy.writers.docx.looks import style_id
from faircopy.writers.docx.ooxml import Element, local, make, put, q, value

_BOLD, _ITALIC = frozenset({"b", "bCs"}), frozenset({"i", "iCs"})
_STYLES: tuple[tuple[frozenset[str], str], ...] = (
    (_BOLD | _ITALIC, "Strong Emphasis"),
    (_BOLD, "Strong"),
    (_ITALIC, "Emphasis"),
    (frozenset({"smallCaps"}), "Small Caps"),
    (frozenset({"strike"}), "Strikethrough"),
    (frozenset({"u"}), "Underline"),
)
_RAISED = {"superscript": "Superscript", "subscript": "Subscript"}
_LISTING, _CODE = style_id("Source Code"), style_id("Verbatim Char")
_NEVER_AGAIN = {style_id("Speaker"): _BOLD}
"""What a character style says itself, so that saying it again would undo it."""


def name_styles(root: Element) -> None:
    """Give each run the character style for its emphasis, small capitals and the like.

    A run has one character style at most (ECMA-376, 17.3.2.29). What is left after the first
    that fits, such as a struck-out superscript's line, stays with the run.
    """
    for paragraph in root.iter(q("p")):
        style = paragraph.find(f"{q('pPr')}/{q('pStyle')}")
        listing = style is not None and value(style) == _LISTING
        for formats in list(paragraph.iter(q("rPr"))):
            _once(formats)
            if listing:
                _plain(formats)
            else:
                _name(formats)
        if style is not None and listing:
            _draw(style, paragraph)


def _draw(style: Element, paragraph: Element) -> None:
    """Give a drawing in code the style in which its lines are not broken, if there is one."""
    said = (item.text if item.tag == q("t") else "\n" for item in paragraph.iter(q("t"), q("br")))
    text = "".join(part or "" for part in said)
    wide = columns(text)
    name = next((name for most, name in DRAWINGS.items() if wide <= most), "")
    if name and is_drawing(text):
        style.set(q("val"), style_id(name))


def _once(formats: Element) -> None:
    """Say each property once (ECMA-376, 17.3.2.28): pandoc writes emphasis in emphasis twice."""
    there: set[str] = set()
    for child in list(formats):
        if child.tag in there:
            formats.remove(child)
        there.add(str(child.tag))


def _plain(formats: Element) -> None:
    """Leave a listing to its paragraph's style; pandoc gives it that of code in a line too."""
    style = formats.find(q("rStyle"))
    if style is not None and value(style) == _CODE:
        formats.remove(style)
    run = formats.getparent()
    if run is not None and not len(formats):
        run.remove(formats)


def _name(formats: Element) -> None:
    given = {local(child): child for child in formats}
    style = given.get("rStyle")
    if style is not None:
        for name in _NEVER_AGAIN.get(value(style), frozenset()) & given.keys():
            formats.remove(given[name])
        return
    for names, style_name in _STYLES:
        if names <= given.keys():
            _replace(formats, [given[name] for name in names], style_name)
            return
    raised = given.get("vertAlign")
    if raised is not None and (style_name := _RAISED.get(value(raised), "")):
        _replace(formats, [raised], style_name)


def _replace(formats: Element, old: list[Element], style_name: str) -> None:
    for child in old:
        formats.remove(child)
    put(formats, make("rStyle", val=style_id(style_name)))
