"""Where addresses and code may be broken: before or after their signs, without one of ours.

As books of style have it, after a slash and before any other sign: a stop or a hyphen at a
line's end would read as the sentence's, or as ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from faircopy.passes.shown_addresses import ADDRESS
from faircopy.writers import html
from faircopy.writers.html import Element, local

MAY = "\u200b"
"""Lets a line end (zero width space); it is not drawn, and not in the file's text."""
NOT = "\u2060"
"""Lets no line end (word joiner)."""
_LONG = 16
"""Letters of a word of code that need not be broken."""
_HYPHENED = 30
"""Letters of one that need not be broken at its hyphens: a space is near."""
_EDGE = 3
"""Fewest characters before and after a break."""
_WORDS = re.compile(r"(\s+)")
_SIGN = re.compile(r"(?<=[^/])/(?=[^/])|//|(?<=[^.\s])[.?&=_%#~@+-](?=[^\s.])")


def break_up(body: Element) -> None:
    """Put the places where addresses and longer code may be broken into their text."""
    for item in html.with_class(body, ADDRESS):
        _break_up(item)
    for item in html.find(body, "code"):
        outer = item.getparent()
        if outer is not None and local(outer) != "pre":
            _break_up(item, _code)


def _break_up(item: Element, broken: Callable[[str | None], str | None] | None = None) -> None:
    broken = broken or _broken
    for element in item.iter():
        element.text = broken(element.text)
        if element is not item:
            element.tail = broken(element.tail)


def _code(text: str | None) -> str | None:
    """Break code at its spaces, and within a word of it only where that is long.

    A hyphen of a short word, as of an option, begins and ends no line: it would read as ours.
    """
    if not text or MAY in text or NOT in text:
        return text
    return "".join(map(_code_word, _WORDS.split(text)))


def _code_word(word: str) -> str:
    if len(word) > _HYPHENED:
        return _broken(word) or ""
    parts = word.split("-") if len(word) <= _LONG else ["".join(_pieces(word, hyphens=False))]
    return f"-{NOT}".join(parts)


def _broken(text: str | None) -> str | None:
    return text if not text or MAY in text else "".join(_pieces(text))


def _pieces(text: str, *, hyphens: bool = True) -> Iterator[str]:
    at = 0
    for found in _SIGN.finditer(text):
        sign, start, end = found[0], *found.span()
        place = end if sign.startswith("/") else start
        whole = place < _EDGE or len(text) - place < _EDGE
        yield text[at:start]
        if sign == "-":
            yield sign + NOT if whole or not hyphens else MAY + sign + NOT
        elif whole:
            yield sign
        else:
            yield sign + MAY if sign.startswith("/") else MAY + sign + NOT
        at = end
    yield text[at:]
