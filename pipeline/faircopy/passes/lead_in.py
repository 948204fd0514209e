"""The first words of a text, which small capitals lead in: house rule Q5."""

from __future__ import annotations

from collections.abc import Iterable

from faircopy.core import ast
from faircopy.core.ast import Attr, Block, Blocks, Inline, Inlines
from faircopy.core.model import Role
from faircopy.passes.units import SPEAKER, UNIT, role_of

LEAD_IN = "lead-in"
"""Class of the span around the words."""
_MOST = 3
_LONGEST = 28
_PHRASE_ENDS = tuple(",;:.!?—–")
_TEXT_ROLES = (Role.ANSWER, Role.PARAGRAPH)


def words(inlines: Inlines) -> Iterable[Inline]:
    """Return the first words: up to three, of plain text, to the end of a phrase at most."""
    taken: list[Inline] = []
    length = count = 0
    for inline in inlines:
        if not isinstance(inline, ast.Str | ast.Space | ast.SoftBreak):
            break
        if isinstance(inline, ast.Str):
            length += len(inline.c)
            if count and (count == _MOST or length > _LONGEST):
                break
            count += 1
        taken.append(inline)
        if isinstance(inline, ast.Str) and inline.c.endswith(_PHRASE_ENDS):
            break
    while taken and not isinstance(taken[-1], ast.Str):
        taken.pop()
    return taken


def mark(blocks: Blocks) -> Blocks:
    """Return a text whose first paragraph's first words are marked.

    Nothing but headings, questions and pictures may stand before it.
    """
    for index, block in enumerate(blocks):
        if isinstance(block, ast.Header | ast.Figure) or is_question(block):
            continue
        match block:
            case ast.Para((ast.Span((attr, inlines)),)) if is_text(attr):
                para = ast.Para((ast.Span((attr, _marked(inlines))),))
                return (*blocks[:index], para, *blocks[index + 1 :])
        return blocks
    return blocks


def is_text(attr: Attr) -> bool:
    """Whether marked attributes are those of a paragraph of the text."""
    return UNIT in attr.classes and role_of(attr) in _TEXT_ROLES


def is_question(block: Block) -> bool:
    """Whether a paragraph is a question."""
    match block:
        case ast.Para((ast.Span((attr, _)),)):
            return UNIT in attr.classes and role_of(attr) is Role.QUESTION
    return False


def _marked(inlines: Inlines) -> Inlines:
    first, *rest = inlines
    if isinstance(first, ast.Span) and first.inlines and SPEAKER not in first.attr.classes:
        return (ast.Span((first.attr, _marked(first.inlines))), *rest)  # its first sentence
    taken = tuple(words(inlines))
    led = (ast.Span((Attr("", (LEAD_IN,)), taken)),) if taken else ()
    return (*led, *inlines[len(taken) :])
