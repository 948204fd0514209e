"""Titles that break by sense: a short word stays on a line with the word that it leads to.

Word breaks a title where the line is full, and knows no balance. A no-break space after an
article, a preposition or a conjunction (a word of three letters at most) leaves it better places.
"""

from __future__ import annotations

from faircopy.core import ast
from faircopy.core.ast import Block, Inline, Inlines, Node
from faircopy.core.model import Role
from faircopy.passes import sense

_SHORT = 3
_NBSP = "\u00a0"
_TITLES = frozenset({Role.TITLE.value, Role.SUBTITLE.value})


def by_sense(opener: Block) -> Block:
    """Return the title block with its title and subtitle bound; no word changes."""
    return ast.rewrite(opener, _bound)


def _bound(node: Node) -> Node:
    if not isinstance(node, ast.Span) or _TITLES.isdisjoint(node.attr.classes):
        return node
    out: list[Inline] = []
    for at, inline in enumerate(node.inlines):
        leads = isinstance(inline, ast.Space | ast.SoftBreak) and _short(node.inlines[:at])
        out.append(ast.Str(_NBSP) if leads else inline)
    sense.close(out)
    return ast.Span((node.attr, tuple(out)))


def _short(before: Inlines) -> bool:
    """Whether the last word, all of letters or an ampersand, is a short one."""
    words = ast.text(before, ast.Omit.NOTES).split()
    word = words[-1] if words else ""
    return 0 < len(word) <= _SHORT and (word.isalpha() or word == "&")
