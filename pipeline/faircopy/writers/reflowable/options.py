"""Words of code with hyphens stay whole in a line: at its end a hyphen would read as a word's.

Browsers break a line behind any hyphen (UAX 14, class HY). No sign is put into the code, which may
be copied out of the book.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from faircopy.writers.markup import Element
from faircopy.writers.reflowable.xhtml import XHTML

WHOLE = "whole"
"""Class of what stays in one line."""
_LONGEST = 24
"""Letters of a word that stays whole: a line of a telephone has some forty of code."""
_WORD = re.compile(r"\S*-\S*")
_NAME = re.compile(r"-+\w{1,20}")
"""The name of an option that is too long with its value."""


def keep(root: Element) -> None:
    """Put the words of code below ``root`` that stay whole into elements of their own."""
    for code in root.iter(f"{{{XHTML}}}code"):
        outer = code.getparent()
        if code.text and outer is not None and outer.tag != f"{{{XHTML}}}pre":
            _part(code, code.text)


def _part(code: Element, text: str) -> None:
    at, last = 0, None
    for place, (start, end) in enumerate(_wholes(text)):
        between = text[at:start]
        if last is None:
            code.text = between
        else:
            last.tail = between
        last = code.makeelement(f"{{{XHTML}}}span", {"class": WHOLE})
        last.text = text[start:end]
        code.insert(place, last)
        at = end
    if last is not None:
        last.tail = text[at:]


def _wholes(text: str) -> Iterator[tuple[int, int]]:
    for word in _WORD.finditer(text):
        short = len(word[0]) <= _LONGEST
        found = word if short else _NAME.match(text, word.start(), word.end())
        if found:
            yield found.span()
