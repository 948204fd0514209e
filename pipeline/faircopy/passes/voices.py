"""Who speaks: where a turn begins, and which headings part an interview (house rule Q1)."""

from __future__ import annotations

from faircopy.core import ast
from faircopy.core.ast import Attr, Blocks, Header, Span
from faircopy.core.model import Kind, Role
from faircopy.passes.units import SPEAKER, UNIT

TURN = "turn"
"""Class of the unit that a speaker's name begins."""
SECTION = "section-head"
"""Class of a heading that stands above an interview's questions, and is none itself."""
LEVEL = 2
"""Level of such headings: the questions', where these are headings."""


def mark(blocks: Blocks, kind: Kind) -> Blocks:
    """Return a tree whose turns and, in an interview, whose sections are marked for the eye."""

    def change(node: ast.Node) -> ast.Node:
        match node:
            case Span((attr, (Span((label, _)), *_) as inlines)) if (
                UNIT in attr.classes and SPEAKER in label.classes
            ):
                return Span((_with(attr, TURN), inlines))
            case Header((level, attr, inlines)) if is_section(node, kind):
                return Header((level, _with(attr, SECTION), inlines))
        return node

    return ast.rewrite(blocks, change, Span, Header)


def is_section(header: Header, kind: Kind) -> bool:
    """Whether a heading parts an interview."""
    return (
        kind is Kind.INTERVIEW
        and header.level == LEVEL
        and Role.QUESTION.value not in header.attr.classes
    )


def _with(attr: Attr, name: str) -> Attr:
    return Attr(attr.id, (*attr.classes, name), attr.attributes)
