"""Micro-typography by language: quotation marks, and which words stay on one line.

The pass changes white space and draws quotation marks; it never changes a word. Running it
twice changes nothing, since what it has drawn it does not draw again. House rules M1 to M3.
"""

from __future__ import annotations

import functools
import re
from typing import cast

from faircopy.core import ast
from faircopy.core.ast import Inline, Inlines, Node, Omit
from faircopy.languages import Locale, any_language, locale
from faircopy.languages.language import Glue
from faircopy.passes.units import UNIT

NBSP = "\u00a0"
THIN = "\u202f"
"""Narrow no-break space, as French sets it before tall punctuation."""

_DASHES = ("–", "—", "——")
_FRENCH = (";", ":", "!", "?", "»")
_INITIAL = re.compile(r"[^\W\d_]\.(?:-[^\W\d_]\.)?")
_NUMBER = re.compile(r"[\d٠-٩۰-۹][\d٠-٩۰-۹.,٫٬\u202f–-]*")
_BREAKS = re.compile(r"[\s\u00a0\u202f]")
_OPENING = "(«“„‘‚"
_SPACES = frozenset({ast.Space, ast.SoftBreak, ast.LineBreak})
_LONGEST_LAST = 8
"""A last word shorter than this is kept with the one before."""

_FEWEST_WORDS, _ABOUT_A_LINE = 8, 48
"""A text of fewer words or characters is left to break as it likes: it is about a line."""


def _holds(glue: Glue, left: str, right: str) -> bool:
    """Say whether two neighbouring words stay on one line."""
    bare = right.rstrip(".,;:!?…)»”’") or right
    return (
        (left in glue.before_number and bool(_NUMBER.match(right)))
        or (
            bool(_NUMBER.fullmatch(left))
            and (bare in glue.after_number or right in glue.after_number)
        )
        or (left in glue.before_name and right[:1].isupper())
        or left.casefold() in glue.short
        or (left[:1].isupper() and bool(_INITIAL.fullmatch(left)) and right[:1].isupper())
    )


@functools.cache
def _glue(language: str) -> Glue:
    return any_language().glue | locale(language).glue


def typeset(value: ast.T, conventions: Locale) -> ast.T:
    """Return a tree with its quotation marks drawn and its words glued, by the locale's rules."""
    glue = _glue(conventions.language)
    french = conventions.tall_space

    def change(node: Node) -> Node | tuple[Node, ...]:
        if isinstance(node, ast.Quoted):
            return _quoted(node, conventions)
        if isinstance(node, _HOLDERS):
            inlines = _settled(node.inlines, glue, french)
            unit = isinstance(node, ast.Span) and UNIT in node.attr.classes
            return ast.holding(node, _keep_last(inlines) if unit else inlines)
        if isinstance(node, ast.Header) and UNIT in node.attr.classes:
            inlines = _keep_last(_settled(node.inlines, glue, french))
            return ast.Header((node.level, node.attr, inlines))
        return node

    return ast.rewrite(value, change, ast.Quoted, ast.Header, *_HOLDERS)


_HOLDERS = tuple(one for one in ast.HOLDERS if one not in (ast.Quoted, ast.Cite))


def _quoted(node: ast.Quoted, locale: Locale) -> tuple[Inline, ...]:
    opening, closing = locale.double if node.double else locale.single
    return (ast.Str(opening), *node.inlines, ast.Str(closing))


def _settled(inlines: Inlines, glue: Glue, french: bool) -> Inlines:
    """Put no-break spaces where neighbours hold on to each other; join the pieces of words."""
    return ast.joined(
        [
            _space(inlines, at, glue, french)
            if isinstance(node, ast.Space | ast.SoftBreak)
            else node
            for at, node in enumerate(inlines)
        ]
    )


def _space(inlines: Inlines, at: int, glue: Glue, french: bool) -> Inline:
    """Return what stands for the space between two words."""
    space, left, right = inlines[at], _last_word(inlines, at), _first_word(inlines, at + 1)
    opened = french and ast.text(inlines[max(at - 1, 0) : at], Omit.NOTES).endswith("«")
    if right in _DASHES or (right[:1] in _DASHES and right[1:2] in ",;:"):
        return ast.Str(NBSP)
    if french and (opened or right[:1] in _FRENCH):
        return ast.Str(NBSP if opened or right[:1] in ":»" else THIN)
    if left and right and _holds(glue, left, right):
        return ast.Str(NBSP)
    return space


def _keep_last(inlines: Inlines) -> Inlines:
    """Keep a short last word with the one before, so that it never has a line to itself."""
    text = ast.text(inlines, Omit.NOTES)
    words = text.split()
    if len(text) < _ABOUT_A_LINE or len(words) < _FEWEST_WORDS or len(words[-1]) >= _LONGEST_LAST:
        return inlines
    for at in range(len(inlines) - 1, -1, -1):
        node = inlines[at]
        if isinstance(node, ast.Space | ast.SoftBreak):
            if not _first_word(inlines, at + 1):
                continue
            if _last_word(inlines, at) in _DASHES:
                return inlines
            return ast.joined([*inlines[:at], ast.Str(NBSP), *inlines[at + 1 :]])
        if not isinstance(node, ast.Str | ast.Note | ast.Code):
            return inlines
        if isinstance(node, ast.Str) and NBSP in node.c:
            return inlines
    return inlines


def _last_word(inlines: Inlines, end: int) -> str:
    """The word that ends before position ``end``, without opening marks."""
    if _alone(inlines, end - 1, end - 2):
        return _BREAKS.split(cast(ast.Str, inlines[end - 1]).c)[-1].lstrip(_OPENING)
    text = ""
    for at in range(end - 1, -1, -1):
        node = inlines[at]
        if isinstance(node, ast.Space | ast.SoftBreak | ast.LineBreak | ast.Note):
            break
        text = ast.text(node, Omit.NOTES) + text
        if " " in text:
            break
    return _BREAKS.split(text)[-1].lstrip(_OPENING)


def _first_word(inlines: Inlines, start: int) -> str:
    """The word that begins at position ``start``."""
    if _alone(inlines, start, start + 1):
        return _BREAKS.split(cast(ast.Str, inlines[start]).c)[0]
    text = ""
    for at in range(start, len(inlines)):
        node = inlines[at]
        if isinstance(node, ast.Space | ast.SoftBreak | ast.LineBreak | ast.Note):
            break
        text += ast.text(node, Omit.NOTES)
        if " " in text:
            break
    return _BREAKS.split(text)[0] if text else ""


def _alone(inlines: Inlines, at: int, beyond: int) -> bool:
    """Whether a word is one ``Str`` with white space or nothing beyond it: the usual case."""
    if not 0 <= at < len(inlines) or type(inlines[at]) is not ast.Str:
        return False
    return not 0 <= beyond < len(inlines) or type(inlines[beyond]) in _SPACES
