"""How deep a text goes, told from its lines alone: where pandoc would not come to an end.

Pandoc tries every way to read brackets that stand in brackets, so that its time doubles with each
(measured: ten take 6 s, twelve more than a minute). What is found here is no error by itself, since
brackets in code are harmless: it makes the reader impatient, and says where to look when pandoc
had to be stopped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from faircopy.core.limits import BRACKETS, NESTING
from faircopy.manuscript.source import Source

_BLANK = re.compile(r"\n[ \t]*(?=\n)")
_CODE = re.compile(r"(?s)\\.|(`+)(?!`).*?(?<!`)\1(?!`)")
_LINE = re.compile(r"(?m)^.+$")
_BRACKET = re.compile(r"[\[\]]")
_OPENERS = re.compile(r"[\[<`$*_^~|\"]")
_LEADING = re.compile(r"(?m)^[ \t>]*(?:(?:[-+*]|\d+[.)]|\(@?\w*\))[ \t>]+)*")
_FENCE = re.compile(r"(?m)^[ \t]*:{3,}[ \t]*(\S?)")
_DEEP_INDENT = 4 * NESTING.most
_MANY = 200
"""Backticks in a paragraph above which their pairing is pandoc's affair, within its haste."""


def is_suspicious(source: Source) -> bool:
    """Whether a text has brackets or lists so deep that pandoc may not end."""
    text = source.text
    return any(found.end() - found.start() > _DEEP_INDENT for found in _leads(source)) or any(
        text.count("[", start, end) > BRACKETS.most
        and _open_at_a_time(text[start:end]) > BRACKETS.most
        for start, end in _paragraphs(source)
    )


def _paragraphs(source: Source) -> Iterator[tuple[int, int]]:
    start = source.body
    for blank in _BLANK.finditer(source.text, source.body):
        yield start, blank.start()
        start = blank.end() + 1
    yield start, len(source.text)


def _leads(source: Source) -> Iterator[re.Match[str]]:
    """Yield, for each line, the marks of quotations and lists that it begins with."""
    return _LEADING.finditer(source.text, source.body)


def _open_at_a_time(paragraph: str) -> int:
    """Return how many brackets stand open at the deepest point; code and escapes do not count."""
    if paragraph.count("`") > _MANY:
        return paragraph.count("[")
    depth = most = 0
    for bracket in _BRACKET.finditer(_CODE.sub("", paragraph)):
        depth = depth + 1 if bracket[0] == "[" else max(0, depth - 1)
        most = max(most, depth)
    return most


def hardest(source: Source) -> int:
    """Return the offset of the paragraph that gives pandoc most to try."""
    start, end = max(
        _paragraphs(source),
        key=lambda span: sum(1 for _ in _OPENERS.finditer(source.text, *span)),
    )
    ink = re.compile(r"\S").search(source.text, start, end)
    return ink.start() if ink else start


def deepest(source: Source) -> int:
    """Return the offset at which lists, quotations, divs or inlines seem to nest deepest."""
    for line in _LINE.finditer(source.text, 0, source.body):
        indent = len(line[0]) - len(line[0].lstrip())
        if indent > NESTING.most or sum(line[0].count(mark) for mark in "[{") > NESTING.most:
            return line.start()
    fences, fence_at = _deepest_fence(source)
    if fences > NESTING.most:
        return fence_at
    leads = ((found.end() - found.start(), -found.start()) for found in _leads(source))
    length, start = max(leads, default=(0, 0))
    if length > NESTING.most:
        return -start
    return hardest(source)


def _deepest_fence(source: Source) -> tuple[int, int]:
    depth, most = 0, (0, source.body)
    for found in _FENCE.finditer(source.text, source.body):
        depth = depth + 1 if found[1] else max(0, depth - 1)
        most = max(most, (depth, found.start()), key=lambda item: item[0])
    return most
