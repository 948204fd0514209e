"""Style sheets that fetch nothing but what is beside them (CSS Syntax 3, read as tokens)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from faircopy.proof.static.fault import Fault, shown

Beside = Callable[[str], bool]
"""Says whether an address leads to something that is beside the sheet."""

_RULES = frozenset(
    {"charset", "container", "counter-style", "font-face", "font-feature-values", "layer", "media"}
    | {"namespace", "page", "supports"}
)
_FUNCTIONS = frozenset({"-moz-element", "-webkit-image-set", "attr", "cross-fade", "element"})
_FUNCTIONS |= {"expression", "image", "image-set", "paint", "src", "url-prefix"}
"""Functions that fetch or run something; ``url`` is looked at by its address."""
_PROPERTIES = frozenset({"-moz-binding", "behavior", "-ms-behavior"})
_DEEPEST = 40
"""Levels of brackets; a sheet of ours has five."""


def faults(text: str, beside: Beside) -> Iterator[Fault]:
    """Yield what in a style sheet, or in the text of a style attribute, fetches or runs."""
    import tinycss2

    yield from _faults(tinycss2.parse_component_value_list(text, skip_comments=True), beside)


def _faults(tokens: Iterable[Any], beside: Beside, depth: int = 0) -> Iterator[Fault]:
    if depth > _DEEPEST:
        yield Fault("", "its style goes deeper than any edition's")
        return
    for token in tokens:
        line = int(token.source_line)
        match token.type:
            case "url":
                yield from _address(token.value, line, beside)
            case "function" if token.lower_name == "url":
                said = "".join(part.value for part in token.arguments if part.type == "string")
                yield from _address(said, line, beside)
            case "function":
                if token.lower_name in _FUNCTIONS:
                    yield Fault("", f"its style has {shown(token.lower_name)}()", line)
                yield from _faults(token.arguments, beside, depth + 1)
            case "at-keyword" if token.lower_value not in _RULES:
                yield Fault("", f"its style has @{shown(token.lower_value)}", line)
            case "ident" if token.lower_value in _PROPERTIES:
                yield Fault("", f"its style has {shown(token.lower_value)}", line)
            case "() block" | "[] block" | "{} block":
                yield from _faults(token.content, beside, depth + 1)
            case "error" if token.kind in ("bad-url", "bad-string"):
                yield Fault("", "its style has something that is no CSS", line)


def _address(address: str, line: int, beside: Beside) -> Iterator[Fault]:
    if not beside(address.strip()):
        yield Fault("", f"its style leads to “{shown(address)}”", line)
