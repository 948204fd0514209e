"""Styles in a drawing (CSS Syntax 3): read as tokens, so that no escape hides an address.

What is let pass is written again from the tokens: another reader of CSS cannot find anything in it
that was not seen here.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from typing import Any

from faircopy.manuscript.pictures.picture import Unfit
from faircopy.manuscript.pictures.svg_names import names

_FUNCTIONS = names(
    """
    blur brightness calc circle clamp color color-mix contrast cubic-bezier drop-shadow ellipse
    grayscale hsl hsla hue-rotate hwb inset invert lab lch linear matrix matrix3d max min oklab
    oklch opacity path polygon rect rgb rgba rotate saturate scale scalex scaley sepia skewx skewy
    steps translate translatex translatey var
    """
)
"""Functions that compute; all others (``url``, ``src``, ``image-set``, ``attr`` …) are refused."""

_SELECTORS = frozenset(("is", "not", "where", "nth-child", "nth-last-child", "nth-of-type", "lang"))


def sheet(text: str, element: Any) -> str:
    """Return a style element's text.

    Raises:
        Unfit: it fetches something, sets the drawing in motion, or cannot be understood.
    """
    import tinycss2

    return _rules(tinycss2.parse_stylesheet(text, skip_comments=True), element)


def declarations(text: str, element: Any) -> str:
    """Return a style attribute's text.

    Raises:
        Unfit: as above.
    """
    import tinycss2

    return _declared(tinycss2.parse_blocks_contents(text, skip_comments=True), element)


def value(text: str, element: Any, name: str) -> str:
    """Return the value of an attribute that may lead somewhere.

    Raises:
        Unfit: it leads out of the file.
    """
    import tinycss2

    tokens = _by_day(tinycss2.parse_component_value_list(text, skip_comments=True))
    _look(tokens, element, name, _FUNCTIONS)
    return str(tinycss2.serialize(tokens)).strip()


def _rules(rules: Iterable[Any], element: Any) -> str:
    import tinycss2

    out: list[str] = []
    for rule in rules:
        if rule.type == "qualified-rule":
            _look(rule.prelude, element, "a selector", _SELECTORS)
            inside = tinycss2.parse_blocks_contents(rule.content, skip_comments=True)
            out.append(f"{tinycss2.serialize(rule.prelude)}{{{_declared(inside, element)}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content:
            _look(rule.prelude, element, "@media", frozenset())
            inside = tinycss2.parse_stylesheet(rule.content, skip_comments=True)
            out.append(f"@media{tinycss2.serialize(rule.prelude)}{{{_rules(inside, element)}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword != "charset":
            raise _refused(element, f"@{rule.lower_at_keyword}", rule)
        elif rule.type == "error":
            raise _refused(element, f"something that is no CSS ({rule.message})", rule)
    return "\n".join(out)


def _declared(items: Iterable[Any], element: Any) -> str:
    import tinycss2

    out: list[str] = []
    for item in items:
        if item.type == "declaration":
            item.value = _by_day(item.value)
            _look(item.value, element, item.name, _FUNCTIONS)
            out.append(tinycss2.serialize([item]))
        elif item.type in ("at-rule", "qualified-rule"):
            raise _refused(element, "a rule within a rule", item)
        elif item.type == "error" and item.kind != "invalid":
            raise _refused(element, f"something that is no CSS ({item.message})", item)
    return "".join(out)


def _by_day(tokens: Iterable[Any]) -> list[Any]:
    """Return a value with the first colour of each ``light-dark()`` (CSS Color 5, section 7).

    Drawing programs write it; a page is light, and WeasyPrint 70 does not know it.
    """
    out: list[Any] = []
    for token in tokens:
        if token.type == "function" and token.lower_name == "light-dark":
            out += _by_day(takewhile(lambda part: part != ",", token.arguments))
        else:
            out.append(token)
    return out


def _look(tokens: Iterable[Any], element: Any, name: str, functions: frozenset[str]) -> None:
    """Look at tokens and what is inside them."""
    for token in tokens:
        if token.type == "url" or (token.type == "function" and token.lower_name == "url"):
            address = _address(token)
            if not address.startswith("#"):
                raise _refused(element, f"{name} with the address “{address[:60]}”", token)
        elif token.type == "function":
            if token.lower_name not in functions:
                raise _refused(element, f"{name} with {token.lower_name}()", token)
            _look(token.arguments, element, name, functions)
        elif token.type in ("() block", "[] block", "{} block"):
            _look(token.content, element, name, functions)
        elif token.type == "error":
            raise _refused(element, f"{name} with something that is no CSS", token)


def _address(token: Any) -> str:
    if token.type == "url":
        return str(token.value).strip()
    return "".join(str(part.value) for part in token.arguments if part.type == "string").strip()


def _refused(element: Any, what: str, token: Any) -> Unfit:
    line = element.sourceline or 1
    if element.tag.endswith("}style"):
        line += token.source_line - 1
    return Unfit(
        "image-active",
        f"has, in line {line}, a style that draws something in or moves: {what}",
        "Save it as a plain SVG with its texts as paths, or as PNG.",
    )
