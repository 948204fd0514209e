"""Fences of code whose first line pandoc does not take for one.

Three backticks and ``js run`` begin code for CommonMark (section 4.5: an info string may have
several words) and for every site that shows it. Pandoc takes one word, or attributes in braces,
and reads the line as text: the code becomes prose, and the prose behind it code. Here the words
that are too many are blanked out, character for character, so that every place stays where it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import msgspec

_LINE = re.compile(r"(?P<before>[ \t>]*)(?P<fence>`{3,}|~{3,})(?P<info>[^\n]*)")
_ITEM = re.compile(r"[ \t>]*(?:[-*+:~]|\(?(?:\d{1,9}|[A-Za-z]|#|@)[.)])[ \t]")
_ONE = r"""(?:[#.][^\s{}]+|[^\s{}="']+=(?:"[^"]*"|'[^']*'|[^\s{}"']*)|=\w+|-)"""
_TAKEN = re.compile(rf"\s*[^\s{{}}`]*\s*(?:\{{\s*(?:{_ONE}(?:\s+{_ONE})*)?\s*\}})?\s*")
_WORD = re.compile(r"[{.\s]*(?P<word>[\w+#/:-]+)")
_NONE: Mapping[str, int] = MappingProxyType({"`": 1 << 30, "~": 1 << 30})


class Fence(msgspec.Struct, frozen=True):
    """A fence that is read as what it is: where its words begin, and what they were."""

    offset: int
    info: str
    word: str


def mend(text: str, start: int) -> tuple[str, tuple[Fence, ...]]:
    """Return a text in which every fence is one to pandoc as well, and which were none.

    Args:
        text: the whole manuscript.
        start: where its front matter ends.
    """
    found = tuple(_untaken(text, start))
    if not found:
        return text, ()
    out: list[str] = []
    at = 0
    for fence in found:
        kept = " " * fence.info.find(fence.word) + fence.word
        out += (text[at : fence.offset], kept.ljust(len(fence.info)))
        at = fence.offset + len(fence.info)
    return "".join((*out, text[at:])), found


def _untaken(text: str, start: int) -> Iterator[Fence]:
    """Yield the fences that begin code which ends, and that pandoc does not take for such."""
    if "```" not in text and "~~~" not in text:
        return
    lines = text[start:].split("\n")
    offset, opened = start, ""
    ends_before = dict(_NONE)  # no line from here on ends a fence of so many signs, or more
    for number, line in enumerate(lines):
        found = _LINE.match(line)
        if found and opened:
            if _ends(found, opened):
                opened = ""
        elif found and not (found["fence"][0] == "`" and "`" in found["info"]):
            mark = found["fence"]
            if not _in_indented_code(lines, number, found["before"]):
                known = len(mark) < ends_before[mark[0]]
                if known and _is_ended(lines, number + 1, mark):
                    opened = mark
                    if not _TAKEN.fullmatch(found["info"]):
                        yield _fence(offset + found.start("info"), found["info"])
                elif known:
                    ends_before[mark[0]] = len(mark)
        offset += len(line) + 1


def _fence(offset: int, info: str) -> Fence:
    word = _WORD.match(info)
    return Fence(offset, info.rstrip(), word["word"] if word else "")


def _ends(found: re.Match[str], opened: str) -> bool:
    return found["fence"].startswith(opened) and not found["info"].strip()


def _is_ended(lines: list[str], number: int, mark: str) -> bool:
    for at in range(number, len(lines)):
        found = _LINE.match(lines[at])
        if found and _ends(found, mark):
            return True
    return False


def _in_indented_code(lines: list[str], number: int, before: str) -> bool:
    """Whether a line stands so far in that it is code itself, and in no item of a list."""
    depth = len(before.rpartition(">")[2].expandtabs(4))
    if depth < 4:
        return False
    for at in range(number - 1, max(-1, number - 200), -1):
        line = lines[at]
        if line.strip() and len(line) - len(line.lstrip(" \t>")) < len(before):
            return not _ITEM.match(line)
    return True
