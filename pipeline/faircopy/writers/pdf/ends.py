"""What the text layer says at a line's end: a space, a soft hyphen, or nothing.

WeasyPrint 70 drops the white space at which it breaks a line, and draws none where a space is all
that a box holds; who reads the page must guess whether two lines make one word. In a tagged PDF
all breaks between words are white space, at the ends of lines too, and a hyphen that a line's end
put in is a soft one (ISO 32000-1, 14.8.2.2.3 and 14.8.2.5). Here a line that ends where the text
has white space is marked; ``glyphs`` draws the space, beyond the text, where it moves nothing.
"""

from __future__ import annotations

from typing import Any

from weasyprint.css import AnonymousStyle
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.pdf import tags

from faircopy.writers.pdf.setting import JOINED

_INLINE = frozenset({"/Span", "/NonStruct", "/Link"})
"""Types of elements that stand in a line, if nothing else is said (ISO 32000-1, 14.8.4.4)."""
_get_next_linebox = inline.get_next_linebox


def spaced(box: Any) -> bool:
    """Say whether white space that no box holds follows the text of one."""
    return bool(getattr(box, "before_white_space", False))


def said(box: Any) -> str:
    """Return the text of a box, with the space that follows it."""
    return f"{box.text} " if spaced(box) else str(box.text)


def _next(
    context: Any, lines: Any, y: float, bottom: float, skip: Any, around: Any, *rest: Any
) -> Any:
    """Do what ``get_next_linebox`` does, and mark the text that white space is to follow."""
    line, resume = _get_next_linebox(context, lines, y, bottom, skip, around, *rest)
    if line is not None and (_unnamed(around) if resume is None else _parted(lines, resume)):
        last = _last(line)
        if last is not None and not last.text[-1:].isspace():
            last.before_white_space = True
    return line, resume


def _unnamed(block: Any) -> bool:
    """Whether no element says that a block is one: that of code, or text beside blocks."""
    if not isinstance(block, boxes.BlockLevelBox) or not block.is_in_normal_flow():
        return False
    anonymous = isinstance(block.style, AnonymousStyle)
    if block.element is not None and JOINED in block.element.get("class", "").split():
        return False
    return anonymous or f"/{tags._get_pdf_tag(block.element_tag)}" in _INLINE


def _parted(box: Any, resume: Any) -> bool:
    """Whether white space stands where a line is broken, or a line of the text ends there."""
    before = after = ""
    while resume:
        ((index, resume),) = resume.items()
        if isinstance(box, boxes.TextBox):
            text = box.text.encode()
            before = text[:index].decode() or before
            after = text[index:].decode()
            break
        if not isinstance(box, boxes.ParentBox) or index >= len(box.children):
            break
        before = next(filter(None, map(_text, reversed(box.children[:index]))), before)
        box = box.children[index]
        after = _text(box)
    return before[-1:].isspace() or after[:1].isspace()


def _text(box: Any) -> str:
    """Return the text of what stands in a line, without what was taken out of it."""
    if isinstance(box, boxes.TextBox):
        return str(box.text)
    if isinstance(box, boxes.InlineBox):
        return "".join(map(_text, box.children))
    return ""


def _last(box: Any) -> Any:
    """Return the last box of text in a line that is seen; None if there is none."""
    for child in reversed(box.children):
        if isinstance(child, boxes.TextBox) and child.text.strip():
            return child
        if isinstance(child, boxes.InlineBox):
            found = _last(child)
            if found is not None:
                return found
    return None


def install() -> None:
    """Let WeasyPrint mark its lines so."""
    inline.get_next_linebox = _next
