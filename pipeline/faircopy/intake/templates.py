"""Tags of site generators in Markdown: taken out, each told with its line; what they frame stays.

Hugo and Quarto write ``{{< … >}}`` and ``{{% … %}}``, Jekyll ``{% … %}`` and ``{{ … }}``, mdBook
``{{#include …}}``, and kramdown ``{: …}`` behind what it is about. In code they are code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

_CODE = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*(?:\n.*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$)|.*\Z)"
    r"|(?<![\\`])(?P<ticks>`+)(?!`)(?:[^`\n]|(?!(?P=ticks)(?!`))`){1,500}(?P=ticks)(?!`)",
    re.M | re.S,
)
_BEGINS = re.compile(r"\{\{[<%]?|\{%|\{:")
_ENDS = {"{{<": ">}}", "{{%": "%}}", "{{": "}}", "{%": "%}", "{:": "}"}
_LONGEST = 2_000
_NAME = re.compile(r"\{%-?\s*(\w+)\s*(\S*)")
_SHOWN = 100


class Tag(msgspec.Struct, frozen=True):
    """A tag that was taken out: its line, counted from 1, and how it was written."""

    line: int
    text: str

    def __str__(self) -> str:
        short = self.text if len(self.text) <= _SHOWN else f"{self.text[:_SHOWN]}…"
        return f"line {self.line}: the tag {short} is left out: write what it stands for"


def without(text: str, first: int = 1) -> tuple[str, tuple[Tag, ...]]:
    """Return a text without tags, and the tags; ``first`` is the number of its first line."""
    out: list[str] = []
    tags: list[Tag] = []
    at = 0
    for code in [*_CODE.finditer(text), None]:
        plain = text[at : code.start() if code else len(text)]
        out += _parted(plain, first, tags)
        whole = plain + (code[0] if code else "")
        out.append(whole[len(plain) :])
        first += whole.count("\n")
        at += len(whole)
    return "".join(out), tuple(tags)


def _parted(text: str, line: int, tags: list[Tag]) -> Iterator[str]:
    """Yield a text without its tags, the first line of which has a number."""
    at = 0
    for begin in _BEGINS.finditer(text):
        start = begin.start()
        ends = _ENDS[begin[0]]
        end = text.find(ends, begin.end(), begin.end() + _LONGEST)
        if start < at or end < 0:
            continue
        tag = text[start : end + len(ends)]
        yield text[at:start]
        line += text.count("\n", at, start)
        yield from _instead(tag, line, tags)
        line += tag.count("\n")
        at = start + len(tag)
    yield text[at:]


def _instead(tag: str, line: int, tags: list[Tag]) -> Iterator[str]:
    """Yield what stands in a tag's place: code for Jekyll's code, else nothing."""
    found = _NAME.match(tag)
    name = found[1] if found else ""
    if name == "highlight" and found:
        yield f"\n```{re.sub('[^a-z0-9+#-]', '', found[2])}\n"
    elif name == "endhighlight":
        yield "\n```\n"
    elif name not in ("raw", "endraw"):
        tags.append(Tag(line, " ".join(tag.split())))
