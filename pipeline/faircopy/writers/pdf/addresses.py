"""Where addresses and code may be broken: before or after their signs, without one of ours.

As books of style have it, after a slash and before any other sign: a stop or a hyphen at a
line's end would read as the sentence's, or as ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from faircopy.passes.shown_addresses import ADDRESS
from faircopy.writers import html
from faircopy.writers.html import Element, local

MAY = "\u200b"
"""Lets a line end (zero width space); it is not drawn, and not in the file's text."""
NOT = "\u2060"
"""Lets no line end (word joiner)."""
_LONG = 16
"""Letters of a piece of code that need not be broken."""
_EDGE = 3
"""Fewest characters before and after a break."""
_SIGN = re.compile(r"(?<=[^/])/(?=[^/])|//|(?<=[^.\s])[.?&=_%#~@+-](?=[^\s.])")


def break_up(body: Element) -> None:
    """Put the places where addresses and longer code may be broken into their text."""
    for item in html.with_class(body, ADDRESS):
        _break_up(item)
    for item in html.find(body, "code"):
        outer = item.getparent()
        if outer is not None and local(outer) != "pre" and len(html.words(item)) > _LONG:
            _break_up(item)


def _break_up(item: Element) -> None:
    for element in item.iter():
        element.text = _broken(element.text)
        if element is not item:
            element.tail = _broken(element.tail)


def _broken(text: str | None) -> str | None:
    return text if not text or MAY in text else "".join(_pieces(text))


def _pieces(text: str) -> Iterator[str]:
    at = 0
    for found in _SIGN.finditer(text):
        sign, start, end = found[0], *found.span()
        place = end if sign.startswith("/") else start
        whole = place < _EDGE or len(text) - place < _EDGE
        yield text[at:start]
        if sign == "-":
            yield sign + NOT if whole else MAY + sign + NOT
        elif whole:
            yield sign
        else:
            yield sign + MAY if sign.startswith("/") else MAY + sign
        at = end
    yield text[at:]
