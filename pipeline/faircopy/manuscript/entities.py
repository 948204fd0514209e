"""Characters that no text has, spelt: as entities (``&#x4;``) or by escapes of YAML's.

What stands in the manuscript as it is `faircopy.manuscript.source` refuses; these come into being
when it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5

import msgspec

from faircopy.core import ast
from faircopy.core.diagnostics import Diagnostic, Severity
from faircopy.manuscript import characters
from faircopy.manuscript.source import Source

_SPELT = re.compile(
    r"&#[xX]([0-9A-Fa-f]{1,6});?|&#(\d{1,7});?|&(\w+;)"
    r"|\\x([0-9A-Fa-f]{2})|\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})|\\([0abtnvferNLP_])"
)
_YAML = dict(zip("0abtnvferNLP_", "\0\a\b\t\n\v\f\x1b\r\x85\u2028\u2029\xa0", strict=True))
"""YAML 1.2.2, section 5.7. One letter stands for one character."""

_WHITE = re.compile("[\t\n\r\x0b\u2028]")


def refused(document: ast.Document, source: Source) -> Iterator[Diagnostic]:
    """Find each character that must not be, once, with the place where it is spelt."""
    if "&" not in source.text and "\\" not in source.text[: source.body]:
        return
    tree = (tuple(document.meta.values()), document.blocks)
    texts = "\n".join(_strings(tree))
    found = dict(characters.refused(texts))
    signs = {texts[at]: item for at, item in found.items()}
    for word in ast.find(tree, ast.Str):
        for white in _WHITE.findall(word.c):
            signs.setdefault(white, _white(white))
    for sign, item in signs.items():
        at = next(
            (found.start() for found in _SPELT.finditer(source.text) if _meant(found) == sign),
            source.body,
        )
        yield msgspec.structs.replace(item, place=source.place(at))


def _white(sign: str) -> Diagnostic:
    return Diagnostic(
        "control-character",
        Severity.ERROR,
        f"the character {characters.name(sign)} is not allowed within a word",
        "Type a space, or a backslash at the line's end for a line break.",
    )


def _meant(found: re.Match[str]) -> str:
    """Return the character that an entity or escape stands for; "" for several or none."""
    hexadecimal = found[1] or found[4] or found[5] or found[6]
    number = int(hexadecimal, 16) if hexadecimal else int(found[2] or 0)
    if hexadecimal or found[2]:
        return chr(number) if number <= 0x10FFFF else ""
    return html5.get(found[3] or "", "") or _YAML.get(found[7] or "", "")


def _strings(value: object) -> Iterator[str]:
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, tuple):
            stack += item
        elif isinstance(item, dict):
            stack += item.values()
        elif isinstance(item, msgspec.Struct):
            stack += [getattr(item, name) for name in item.__struct_fields__]
