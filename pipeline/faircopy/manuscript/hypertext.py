"""HTML in a manuscript: what has its like in Markdown is read as that, all else is left out.

``<br>`` is a line break; ``<b>``, ``<i>``, ``<u>``, ``<s>``, ``<sup>``, ``<sub>`` and their kin are
what they say, where one begins and ends in the same paragraph. What is left is told and taken out
by `faircopy.manuscript.checks`; what stood between tags of blocks is a paragraph for itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TypeVar, cast

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Attr, Blocks, Inline, Inlines, MetaValue
from faircopy.passes.permitted import LANG

_ALIKE: dict[str, Callable[[Inlines], Inline]] = {
    **dict.fromkeys(("b", "strong"), ast.Strong),
    **dict.fromkeys(("i", "em"), ast.Emph),
    **dict.fromkeys(("u", "ins"), ast.Underline),
    **dict.fromkeys(("s", "del", "strike"), ast.Strikeout),
    "sup": ast.Superscript,
    "sub": ast.Subscript,
}
_BREAK, _MAY_BREAK = "br", "wbr"
_REMEDIES = {
    "a": "Write [words](address).",
    "img": "Write ![words](file).",
    "p": "Leave an empty line between paragraphs.",
    "hr": "Write * * * on a line of its own.",
    "li": "Begin each item of a list with a hyphen and a space.",
    "blockquote": "Begin the quotation's lines with >.",
    "code": "Write the code between backticks.",
    **{f"h{level}": f"Write {'#' * level} and the heading." for level in range(1, 7)},
    **dict.fromkeys(("table", "tr", "td", "th"), "Write a table with | between its cells."),
}
_ELSE = "Write it in Markdown, or as plain text with a backslash before it."

T = TypeVar("T")


class Tag(msgspec.Struct, frozen=True):
    """A tag: its element's name, whether it ends that, its language and its attributes.

    ``alone`` says that the markup holds nothing else.
    """

    name: str
    ends: bool = False
    lang: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    alone: bool = True


def tag(node: object) -> Tag | None:
    """Return the tag that raw markup is, if it is HTML's."""
    if not isinstance(node, ast.RawInline | ast.RawBlock) or node.format != "html":
        return None
    from html.parser import HTMLParser  # most manuscripts have no HTML

    found: list[Tag] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = tuple((key, value or "") for key, value in attrs)
            lang = dict(given).get("lang", "")
            found.append(Tag(tag, lang=lang if LANG.fullmatch(lang) else "", attributes=given))

        handle_startendtag = handle_starttag

        def handle_endtag(self, tag: str) -> None:
            found.append(Tag(tag, ends=True))

        def handle_data(self, data: str) -> None:
            if data.strip():
                found.append(Tag(""))

    reader = Reader()
    reader.feed(node.text)
    reader.close()
    first = next((item for item in found if item.name), None)
    return msgspec.structs.replace(first, alone=len(found) == 1) if first else None


def dropped(value: object) -> Iterator[str]:
    """Yield the attributes of tags that are read as Markdown, which has no place for them."""
    for node in ast.find(value, ast.RawInline, ast.RawBlock):
        found = tag(node)
        if found and (found.name in _ALIKE or found.name in (_BREAK, _MAY_BREAK)):
            yield from (key for key, _ in found.attributes if key not in ("lang", "class", "id"))


def remedy(node: ast.RawInline | ast.RawBlock) -> str:
    """Return what to write instead of raw markup."""
    found = tag(node)
    if found and found.name in _ALIKE:
        return f"Begin and end it in the same paragraph: <{found.name}>words</{found.name}>."
    return _REMEDIES.get(found.name, _ELSE) if found else _ELSE


def read(blocks: Blocks) -> Blocks:
    """Return a tree in which the tags that have their like in Markdown are nodes."""
    if not any(ast.find(blocks, ast.RawInline, ast.RawBlock)):
        return blocks
    return _read(blocks)


def read_value(value: MetaValue) -> MetaValue:
    """Return a text of the front matter in which such tags are nodes."""
    if not any(ast.find(value, ast.RawInline, ast.RawBlock)):
        return value
    read = _read(value)
    return ast.MetaInlines(_trimmed(read.c)) if isinstance(read, ast.MetaInlines) else read


def _read(value: T) -> T:
    if isinstance(value, tuple):
        items = tuple(_read(item) for item in value)
        if any(isinstance(item, ast.RawInline) for item in items):
            items = _inlines(cast(Inlines, items))
        elif any(isinstance(item, ast.RawBlock) for item in items):
            items = tuple(_paragraph(item) for item in items)
        return cast(T, tuple(item for item in items if not _is_empty(item)))
    if not isinstance(value, msgspec.Struct) or isinstance(value, ast.Str | Attr):
        return value
    fields = [_read(getattr(value, name)) for name in value.__struct_fields__]
    if isinstance(value, ast.Para | ast.Plain):
        return cast(T, type(value)(_trimmed(fields[0])))
    return type(value)(*fields)


def _is_empty(item: object) -> bool:
    """Whether a paragraph had nothing but tags that are read: ``<br>`` on a line of its own."""
    return isinstance(item, ast.Para) and not item.inlines


def _paragraph(block: object) -> object:
    """Make words that stood between tags a paragraph: as they are they would run on."""
    return ast.Para(block.inlines) if isinstance(block, ast.Plain) else block


def _trimmed(inlines: Inlines) -> Inlines:
    start, end = 0, len(inlines)
    while start < end and isinstance(inlines[start], ast.LineBreak):
        start += 1
    while start < end and isinstance(inlines[end - 1], ast.LineBreak):
        end -= 1
    return inlines[start:end]


def _inlines(inlines: Inlines) -> Inlines:
    out: list[Inline] = []
    opened: list[tuple[int, Tag]] = []
    names: Counter[str] = Counter()
    for item in inlines:
        found = tag(item)
        if found is None:
            if isinstance(item, ast.Str) and out and isinstance(out[-1], ast.Str):
                out[-1] = ast.Str(out[-1].c + item.c)
            elif not (isinstance(item, ast.Space | ast.SoftBreak) and _breaks(out)):
                out.append(item)
        elif found.name == _BREAK:
            while out and isinstance(out[-1], ast.Space | ast.SoftBreak):
                out.pop()
            out.append(ast.LineBreak())
        elif found.name in _ALIKE and not found.ends:
            opened.append((len(out), found))
            names[found.name] += 1
            out.append(item)
        elif found.name in _ALIKE and names[found.name]:
            start, beginning = opened.pop()
            names[beginning.name] -= 1
            while beginning.name != found.name:
                start, beginning = opened.pop()
                names[beginning.name] -= 1
            out[start:] = _wrapped(tuple(out[start + 1 :]), beginning)
        elif found.name != _MAY_BREAK:
            out.append(item)
    return tuple(out)


def _breaks(inlines: list[Inline]) -> bool:
    return bool(inlines) and isinstance(inlines[-1], ast.LineBreak)


def _wrapped(inlines: Inlines, start: Tag) -> Inlines:
    if not inlines:
        return ()
    node = _ALIKE[start.name](inlines)
    return (ast.Span((Attr("", (), (("lang", start.lang),)), (node,))) if start.lang else node,)
