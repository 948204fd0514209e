"""TOML that a stranger may have written (TOML 1.0): whatever is wrong with it is one error.

`tomllib` calls itself for each bracket, keeps every beginning of a dotted key, and hands on what
`int` says of a number without end.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

Wrong = tomllib.TOMLDecodeError
"""What is raised; it ends in ``(at line 1, column 1)``."""

_DEEPEST = 60
_LONGEST = 20
"""Levels of brackets, and names in a dotted key; a theme has three of both."""

_TEXTS = re.compile(
    r'"""(?:[^"\\]|\\.?|"{1,2}(?!"))*+(?:"""|\Z)'
    r"|'''(?:[^']|'{1,2}(?!'))*+(?:'''|\Z)"
    r'|"(?:[^"\\\n]|\\.?)*+(?:"|(?=\n)|\Z)'
    r"|'[^'\n]*+(?:'|(?=\n)|\Z)|\#[^\n]*+",
    re.DOTALL,
)
"""Texts and remarks. One that has no end, which is no TOML, goes to the end of its line or of all:
so nothing is looked through twice.
"""
_DOTTED = re.compile(rf"(?<![\w-])(?:[\w-]++[ \t]*+\.[ \t]*+){{{_LONGEST}}}")


def loads(text: str) -> dict[str, Any]:
    """Return the tables of a TOML document.

    Raises:
        Wrong: it is no TOML, or nests more deeply than any file of ours.
    """
    _bounded(text)
    try:
        return tomllib.loads(text)
    except Wrong:
        raise
    except ValueError as error:  # a number of more digits than Python reads
        raise Wrong("A number is longer than any that is meant (at line 1, column 1)") from error


def _bounded(text: str) -> None:
    bare = _TEXTS.sub(lambda found: "_" + "\n" * found[0].count("\n"), text)
    if found := _DOTTED.search(bare):
        raise Wrong(f"A key has more than {_LONGEST} names {_at(bare, found.start())}")
    depth = 0
    for found in re.finditer(r"[][{}]", bare):
        depth += 1 if found[0] in "[{" else -1
        if depth > _DEEPEST:
            raise Wrong(f"Brackets nest more than {_DEEPEST} levels {_at(bare, found.start())}")


def _at(text: str, place: int) -> str:
    """Return a place as `tomllib` writes it."""
    return f"(at line {text.count(chr(10), 0, place) + 1}, column 1)"
