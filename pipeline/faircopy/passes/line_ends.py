"""Line ends of the manuscript between East Asian characters, which mean no space.

The rules are those of segment breaks in CSS Text Module Level 4, section 4.1.3: between two
characters that are wide, and neither Hangul nor a symbol, a line end is nothing; in Chinese and
Japanese a mark that others share, such as ” or —, counts as wide beside a wide one. Korean keeps
its spaces.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from faircopy.core import ast
from faircopy.core.ast import Inline, Inlines, Omit
from faircopy.languages.tags import primary

_WIDE = frozenset("FWH")
_SHARING = frozenset({"zh", "ja", "yue", "wuu", "nan", "ii"})
"""Languages in which marks of ambiguous width stand in a wide place."""


def close_up(value: ast.T, lang: str) -> ast.T:
    """Return a tree without the line ends that mean no space; ``lang`` is that of the text."""
    sharing = primary(lang) in _SHARING

    def change(node: ast.Node) -> ast.Node:
        if isinstance(node, ast.Para | ast.Plain):
            kept = _kept(node.inlines, sharing)
            return node if kept is node.inlines else type(node)(kept)
        if isinstance(node, ast.Header):
            return ast.Header((node.level, node.attr, _kept(node.inlines, sharing)))
        if isinstance(node, ast.HOLDERS):
            return ast.holding(node, _kept(node.inlines, sharing))
        return node

    return ast.rewrite(value, change, ast.Para, ast.Plain, ast.Header, *ast.HOLDERS)


def _kept(inlines: Inlines, sharing: bool) -> Inlines:
    if not any(isinstance(item, ast.SoftBreak) for item in inlines):
        return inlines
    return ast.joined(
        item
        for at, item in enumerate(inlines)
        if not (isinstance(item, ast.SoftBreak) and _is_nothing(inlines, at, sharing))
    )


def _is_nothing(inlines: Inlines, at: int, sharing: bool) -> bool:
    before = _shown(reversed(inlines[:at]))[-1:]
    after = _shown(inlines[at + 1 :])[:1]
    wide = (_is_wide(before), _is_wide(after))
    if all(wide):
        return True
    if not (sharing and any(wide)):
        return False
    return _is_shared(after if wide[0] else before)


def _shown(inlines: Iterable[Inline]) -> str:
    """Return the text of the first inline that has any; a note's is not in the line."""
    for item in inlines:
        if not isinstance(item, ast.Note) and (found := _words(item)):
            return found
    return ""


def _words(item: Inline) -> str:
    return ast.text(item, Omit.NOTES, Omit.ALT)


def _is_wide(sign: str) -> bool:
    if not sign or unicodedata.east_asian_width(sign) not in _WIDE:
        return False
    return unicodedata.category(sign) != "So" and "HANGUL" not in unicodedata.name(sign, "")


def _is_shared(sign: str) -> bool:
    """Whether a sign is punctuation of ambiguous width (UAX #11): “ ” ‘ ’ … — ·."""
    if not sign or unicodedata.category(sign)[0] != "P":
        return False
    return unicodedata.east_asian_width(sign) == "A"
