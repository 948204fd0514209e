"""Display lines that break by sense: a short word stays with the word that it leads to.

House rule Q8: no line of a title ends in an article, a preposition or a conjunction of up to
three letters. Longer ones ("with", "between") may, where lines are more even then. In Kazakh,
Turkish and Urdu such words follow what they belong to, and begin no line. No word stands on the
last line by itself, if two fit there.
"""

from __future__ import annotations

from faircopy.core import ast
from faircopy.core.ast import Inline, Inlines
from faircopy.languages import Locale, ends

NBSP = "\u00a0"
_FEWEST, _LONGEST = 3, 26
"""Gaps of a line whose last words hold together, and the letters that they have at most."""
_OPENING, _CLOSING = "“«„‘(", "”»’),:;" + ends.ALL


def bound(inlines: Inlines, locale: Locale) -> Inlines:
    """Return a text with no-break spaces where words hold on to each other; no word changes."""
    leading, following = locale.display.leading | {"&"}, locale.display.following
    out: list[Inline] = list(inlines)
    for at in range(1, len(out) - 1):
        before, after = out[at - 1], out[at + 1]
        if not isinstance(out[at], ast.Space | ast.SoftBreak):
            continue
        word = before.c.rpartition(NBSP)[2].lstrip(_OPENING) if isinstance(before, ast.Str) else ""
        next_word = after.c.rstrip(_CLOSING) if isinstance(after, ast.Str) else ""
        if word.casefold() in leading or next_word in following:
            out[at] = ast.Str(NBSP)
    close(out)
    return tuple(out)


def close(out: list[Inline]) -> None:
    """Keep the last word with the one before it, so that it is no line by itself."""
    gaps = [at for at, item in enumerate(out) if isinstance(item, ast.Space | ast.SoftBreak)]
    if len(gaps) < _FEWEST:
        return
    before, last = (
        ast.text(tuple(out[gaps[-2] + 1 : gaps[-1]])),
        ast.text(tuple(out[gaps[-1] + 1 :])),
    )
    if NBSP not in last and len(before) + len(last) <= _LONGEST:
        out[gaps[-1]] = ast.Str(NBSP)
