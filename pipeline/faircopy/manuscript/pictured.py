"""Pictures, figures, folded passages and links in HTML, read into the tree as what they are.

``<img>`` is an image, ``<figure>`` with its ``<figcaption>`` a figure, ``<details>`` its summary
in bold and the text under it, for print has nothing to fold, ``<a href>`` a link and ``<a id>`` a
place to lead to. What they say of themselves then passes the checks of what Markdown has written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TypeVar, cast
from urllib.parse import quote

import msgspec

from faircopy.core import ast
from faircopy.core.ast import Attr, Block, Blocks, Inline, Inlines
from faircopy.core.limits import NESTING
from faircopy.manuscript.hypertext import Tag
from faircopy.manuscript.hypertext import tag as any_tag

T = TypeVar("T")

_DECORATIVE = "decorative"
_READ = ("<img", "<figure", "<details", "<a ", "<picture")
_ABOUT_FILES = frozenset({"picture", "source"})
"""Tags around an image that offer the same in other files."""
_SAFE = "/:?#[]@!$&'()*+,;=%~"


def read(blocks: Blocks) -> Blocks:
    """Return a tree in which such tags are nodes, where each that begins ends at its level."""
    raws = ast.find(blocks, ast.RawInline, ast.RawBlock)
    if not any(raw.text.lower().startswith(_READ) for raw in raws):
        return blocks
    return _read(blocks)


def _read(value: T) -> T:
    if isinstance(value, tuple):
        items = tuple(_read(item) for item in value)
        if any(isinstance(item, ast.RawBlock) for item in items):
            return cast(T, tuple(_blocks(items)))
        if any(isinstance(item, ast.RawInline) for item in items):
            return cast(T, tuple(_inlines(items)))
        return cast(T, items)
    if not isinstance(value, msgspec.Struct) or isinstance(value, ast.Str | Attr):
        return value
    fields = [_read(getattr(value, name)) for name in value.__struct_fields__]
    return type(value)(*fields)


def tag(node: object) -> Tag | None:
    """Return the tag that raw markup is, and no more than that."""
    found = any_tag(node)
    return found if found and found.alone else None


# --- in a line -----------------------------------------------------------------------------------


def _inlines(items: Inlines) -> list[Inline]:
    pictured = any((found := tag(item)) and found.name == "img" for item in items)
    out: list[Inline] = []
    opened: tuple[int, Tag] | None = None  # a link holds no link
    for item in items:
        found = tag(item)
        if found and found.name == "img":
            out.append(_image(found))
        elif found and found.name == "a" and found.ends and opened:
            start, beginning = opened
            out[start:] = _anchor(beginning, tuple(out[start + 1 :]))
            opened = None
        elif not (found and pictured and found.name in _ABOUT_FILES):
            if found and found.name == "a" and not found.ends:
                opened = len(out), found
            out.append(item)
    return out


def _image(found: Tag) -> Inline:
    """Return an image with the words of ``alt``; empty ones say that it is decoration (HTML)."""
    given = dict(found.attributes)
    url, alt, title = (given.pop(key, None) for key in ("src", "alt", "title"))
    decorative = (_DECORATIVE,) if alt is not None and not alt.strip() else ()
    return ast.Image((_attr(given, decorative), _words(alt or ""), (_address(url), title or "")))


def _anchor(found: Tag, inlines: Inlines) -> Iterator[Inline]:
    """Yield a link, or a place to lead to before what it holds."""
    given = dict(found.attributes)
    url, title, name = (given.pop(key, "") for key in ("href", "title", "name"))
    attr = _attr({"id": name, **given} if name else given, ())
    if url:
        yield ast.Link((attr, inlines, (_address(url), title)))
    else:
        if attr.id:
            yield ast.Span((Attr(attr.id), ()))
        yield from inlines


def _attr(given: dict[str, str], classes: tuple[str, ...]) -> Attr:
    rest = dict(given)
    id, own = rest.pop("id", ""), rest.pop("class", "").split()
    return Attr(id, (*classes, *own), tuple(rest.items()))


def _address(url: str | None) -> str:
    return quote((url or "").strip(), safe=_SAFE)


def _words(text: str) -> Inlines:
    out: list[Inline] = []
    for word in text.split():
        out += [*([ast.Space()] if out else []), ast.Str(word)]
    return tuple(out)


# --- blocks --------------------------------------------------------------------------------------


class _Opened:
    """An element whose end is not read yet: where it begins, and what names or explains it."""

    def __init__(self, start: int, tag: Tag) -> None:
        self.start, self.tag = start, tag
        self.head: Blocks = ()


def _blocks(items: Blocks) -> list[Block]:
    out: list[Block] = []
    opened: list[_Opened] = []
    names: Counter[str] = Counter()
    for item in items:
        found = tag(item)
        if found and found.ends and names[found.name]:
            while True:  # what never ends stays as it is written
                element = opened.pop()
                names[element.tag.name] -= 1
                if element.tag.name == found.name:
                    break
            inner = tuple(out[element.start + 1 :])
            if found.name in _ELEMENTS:
                out[element.start :] = _ELEMENTS[found.name](element, inner)
                continue
            if opened and _HEADS[found.name] == opened[-1].tag.name and not opened[-1].head:
                opened[-1].head = inner
                del out[element.start :]
                continue
        known = found and not found.ends and (found.name in _ELEMENTS or found.name in _HEADS)
        if found and known and len(opened) < NESTING.most:
            opened.append(_Opened(len(out), found))
            names[found.name] += 1
        out.append(item)
    return out


def _figure(element: _Opened, shown: Blocks) -> Iterator[Block]:
    caption = element.head
    if len(shown) == 1 and _is_picture(shown[0]):
        picture = ast.Plain(_trimmed(_inlines_of(shown[0])))
        lines = tuple(ast.Plain(_inlines_of(item)) if _is_text(item) else item for item in caption)
        attr = _attr(dict(element.tag.attributes), ())
        yield ast.Figure((attr, ast.Caption(None, lines), (picture,)))
    else:
        yield from (*map(_paragraph, shown), *map(_paragraph, caption))


def _details(element: _Opened, shown: Blocks) -> Iterator[Block]:
    for item in element.head:
        inlines = _trimmed(_inlines_of(item)) if _is_text(item) else ()
        yield ast.Para((ast.Strong(inlines),)) if inlines else item
    yield from map(_paragraph, shown)


_ELEMENTS = {"figure": _figure, "details": _details}
_HEADS = {"figcaption": "figure", "summary": "details"}


def _is_text(block: Block) -> bool:
    return isinstance(block, ast.Plain | ast.Para)


def _inlines_of(block: Block) -> Inlines:
    return block.inlines if isinstance(block, ast.Plain | ast.Para) else ()


def _is_picture(block: Block) -> bool:
    """Whether a block is one or more images, each perhaps a link."""
    found = False
    for item in _inlines_of(block):
        inner = item.inlines if isinstance(item, ast.Link) else (item,)
        if not all(isinstance(one, ast.Image | ast.Space | ast.SoftBreak) for one in inner):
            return False
        found = found or any(isinstance(one, ast.Image) for one in inner)
    return found


def _paragraph(block: Block) -> Block:
    """Make words that stood between tags a paragraph: as they are they would run on."""
    return ast.Para(_trimmed(block.inlines)) if isinstance(block, ast.Plain) else block


def _trimmed(inlines: Inlines) -> Inlines:
    blank = (ast.Space, ast.SoftBreak)
    start, end = 0, len(inlines)
    while start < end and isinstance(inlines[start], blank):
        start += 1
    while start < end and isinstance(inlines[end - 1], blank):
        end -= 1
    return inlines[start:end]
