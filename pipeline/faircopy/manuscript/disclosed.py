"""The manuscript as anybody may have it: what editors say among themselves is left out.

A PDF holds the text that it was made from. Of the front matter that text has the keys that are
published, and no comment of Markdown's or YAML's, since those may name a source or a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from faircopy.core import ast
from faircopy.core.ast import Blocks, Code, CodeBlock
from faircopy.manuscript.front_matter import FIELDS
from faircopy.manuscript.source import KEY, Source
from faircopy.manuscript.works import KEYS, PASSED_ON

_PUBLISHED = frozenset((*(field.name for field in FIELDS if field.published), *PASSED_ON, *KEYS))
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_QUOTED = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'""")
_LITERAL = re.compile(r":\s*(?:[|>][-+0-9]*)\s*(?:#.*)?$")


def disclosed(source: Source, blocks: Blocks) -> bytes:
    """Return the manuscript's text for its readers, in UTF-8.

    Args:
        source: as it was written.
        blocks: as pandoc read it; what is code there is text, whatever it looks like.
    """
    front, body = source.text[: source.body], source.text[source.body :]
    if "<!--" in body:
        code = "\n".join(node.text for node in ast.find(blocks, Code, CodeBlock))
        body = _COMMENT.sub(lambda match: match[0] if match[0] in code else "", body)
    return (_front(front) + body).encode()


def _front(text: str) -> str:
    """Return a block of metadata with what is published of it."""
    first, *lines = text.split("\n")
    return "\n".join((first, *_kept(lines[:-1]), *lines[-1:])) if lines else text


def _kept(lines: list[str]) -> Iterator[str]:
    keep = literal = False
    for line in lines:
        key = KEY.match(line)
        if key:
            keep = key[1].strip("'\"") in _PUBLISHED
            literal = bool(_LITERAL.search(line))
        if keep and (not line.lstrip().startswith("#") or (literal and line[:1] == " ")):
            yield line if literal and not key else _without_aside(line)


def _without_aside(line: str) -> str:
    """Return a line of YAML without the comment at its end."""
    quoted = [match.span() for match in _QUOTED.finditer(line)]
    for match in re.finditer(r"\s#", line):
        if not any(start <= match.start() < end for start, end in quoted):
            return line[: match.start()].rstrip()
    return line
