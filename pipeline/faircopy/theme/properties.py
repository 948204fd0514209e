"""What a house's own style sheet may say: properties, each with the values that it may have.

Whatever hides words, adds some, moves them from their place or fetches anything is not here, and
colours are those of the theme, whose contrast is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

TEXT = frozenset({"ink", "muted", "accent"})
"""The theme's colours in which words can be read,"""
GROUND = frozenset({"paper", "tint"})
"""those that they can be read on,"""
LINE = TEXT | GROUND | {"rule"}
"""and those of lines."""
_INHERIT = frozenset({"inherit"})


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """The values of a property.

    Attributes:
        words: the keywords that it may have.
        colours: the theme's colours that it may name.
        lengths: the least and the most of a number, by its unit; "" is a number without one.
        text: whether it may hold names between quotation marks.
        paints: whether no line becomes longer, shorter, higher or lower by it.
    """

    words: frozenset[str] = frozenset()
    colours: frozenset[str] = frozenset()
    lengths: Mapping[str, tuple[float, float]] = {}
    text: bool = False
    paints: bool = False


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split()) | _INHERIT


def _lengths(most: float) -> Mapping[str, tuple[float, float]]:
    """Return the bounds of a distance: ``most`` in em, and as much in units of print."""
    em = dict.fromkeys(("em", "rem", "ex", "ch"), (0.0, most))
    print_ = {"pt": (0.0, most * 12), "px": (0.0, most * 16), "mm": (0.0, most * 4)}
    return {**em, **print_, "": (0.0, 0.0)}


_STYLES = "none solid dotted dashed double"
_SPACE = Form(words=_words("auto"), lengths=_lengths(10))
_LINE = Form(words=_words(_STYLES), colours=LINE, lengths=_lengths(1))
_SIDES = (
    *("top", "right", "bottom", "left", "block", "block-start", "block-end"),
    *("inline", "inline-start", "inline-end"),
)
_BREAK = Form(words=_words("auto avoid page avoid-page"))

PROPERTIES: Mapping[str, Form] = {
    "color": Form(words=_words("currentcolor"), colours=TEXT, paints=True),
    "background-color": Form(words=_words("transparent"), colours=GROUND, paints=True),
    "text-decoration": Form(
        words=_words("none underline overline solid dotted dashed double"),
        colours=LINE,
        lengths=_lengths(0.3),
        paints=True,
    ),
    "text-underline-offset": Form(words=_words("auto"), lengths=_lengths(1), paints=True),
    "border-color": Form(words=_words("currentcolor"), colours=LINE, paints=True),
    "border-radius": Form(words=_INHERIT, lengths=_lengths(2), paints=True),
    "border-width": Form(words=_INHERIT, lengths=_lengths(1)),
    "border-style": Form(words=_words(_STYLES)),
    "border": _LINE,
    **{f"border-{side}": _LINE for side in _SIDES},
    "margin": _SPACE,
    **{f"margin-{side}": _SPACE for side in _SIDES},
    "padding": _SPACE,
    **{f"padding-{side}": _SPACE for side in _SIDES},
    "max-width": Form(
        words=_words("none"),
        lengths={"em": (8, 80), "rem": (8, 80), "ch": (15, 150), "mm": (30, 400), "%": (30, 100)},
    ),
    "font-family": Form(text=True),
    "font-size": Form(lengths={"em": (0.7, 4), "rem": (0.7, 4), "%": (70, 400)}),
    "font-style": Form(words=frozenset({"normal", "italic"})),
    "font-weight": Form(words=frozenset({"normal", "bold"}), lengths={"": (400, 700)}),
    "font-variant-caps": Form(words=_words("normal small-caps")),
    "font-variant-numeric": Form(
        words=_words("normal lining-nums oldstyle-nums tabular-nums proportional-nums")
    ),
    "letter-spacing": Form(words=_words("normal"), lengths={"em": (-0.05, 0.4), "": (0, 0)}),
    "line-height": Form(
        words=_words("normal"), lengths={"": (1, 3), "em": (1, 3), "%": (100, 300)}
    ),
    "text-align": Form(words=_words("start end left right center justify")),
    "text-indent": Form(words=_INHERIT, lengths=_lengths(4)),
    "hyphens": Form(words=_words("none manual auto")),
    "break-before": _BREAK,
    "break-after": _BREAK,
    "break-inside": _BREAK,
}


def wrong(form: Form, token: Any, families: frozenset[str]) -> str:
    """Return what is wrong with a token of a value, "" where nothing is.

    Args:
        form: what the property may have.
        token: a component value of tinycss2.
        families: those of the theme's faces, in small letters.
    """
    match token.type:
        case "whitespace" | "comment":
            return ""
        case "literal" if token.value in (",", "/"):
            return ""
        case "ident" if token.lower_value in form.words:
            return ""
        case "ident" | "string" if form.text:
            if token.value.casefold() in families:
                return ""
            return f"“{token.value[:60]}” is no family of the theme's, between quotation marks"
        case "number" | "dimension" | "percentage":
            return _out_of_bounds(form, token)
        case "function" if token.lower_name == "var":
            return _no_colour(form, token)
        case "hash":
            return "a colour is named as var(--accent): the theme has its value by day and by night"
    return f"it cannot have “{token.serialize()[:60]}”"


def _out_of_bounds(form: Form, token: Any) -> str:
    unit = getattr(token, "lower_unit", "%" if token.type == "percentage" else "")
    if unit not in form.lengths:
        known = ", ".join(name or "a number" for name in form.lengths) or "no number"
        return f"“{token.serialize()[:60]}” is in no unit that it has here: {known}"
    least, most = form.lengths[unit]
    if not least <= token.value <= most:
        return f"“{token.serialize()[:60]}” is not from {least:g} to {most:g}{unit}"
    return ""


def _no_colour(form: Form, token: Any) -> str:
    name = colour(token)
    if name in form.colours:
        return ""
    known = ", ".join(f"var(--{one})" for one in sorted(form.colours)) or "no var()"
    return f"it has no {token.serialize()[:60]} here, but {known}"


def colour(token: Any) -> str:
    """Return the name of the token that ``var()`` stands for."""
    names = [one.value for one in token.arguments if one.type == "ident"]
    others = [one for one in token.arguments if one.type not in ("ident", "whitespace")]
    return "" if others or len(names) != 1 else names[0].removeprefix("--")
